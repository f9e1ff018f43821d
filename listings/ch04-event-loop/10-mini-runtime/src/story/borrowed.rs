//! 앞에서 만들어 가져다 쓰는 것이 몇 줄인지 센다.

use super::lines::count;

/// 가져다 쓰는 것의 이름과 소스.
pub const BORROWED: [(&str, &[&str]); 4] = [
    (
        "타이밍 휠",
        &[
            include_str!("../../../02-timers/src/lib.rs"),
            include_str!("../../../02-timers/src/clock.rs"),
            include_str!("../../../02-timers/src/slots.rs"),
            include_str!("../../../02-timers/src/wheel.rs"),
        ],
    ),
    ("칸", &[include_str!("../../../01-readiness/src/slots.rs")]),
    ("스레드 풀", &[include_str!("../../../../ch02-callbacks/01-completion-callback/src/lib.rs")]),
    ("oneshot", &[include_str!("../../../../ch03-promises-futures/10-oneshot/src/oneshot.rs")]),
];

/// 끝에 붙은 테스트를 뺀 줄의 수.
pub fn before_tests(source: &str) -> usize {
    count(source.split("#[cfg(test)]").next().unwrap_or_default())
}
