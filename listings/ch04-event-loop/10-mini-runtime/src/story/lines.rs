//! 런타임의 코드가 몇 줄인지 센다.

/// 모듈의 이름과 하는 일과 소스.
pub const MODULES: [(&str, &str, &str); 11] = [
    ("task", "태스크의 상태와 결과, JoinHandle", include_str!("../task.rs")),
    ("runtime", "태스크를 돌리는 루프", include_str!("../runtime.rs")),
    ("mailbox", "다른 스레드가 깨운 열쇠", include_str!("../mailbox.rs")),
    ("reactor", "소켓의 준비와 Waker", include_str!("../reactor.rs")),
    ("net", "TCP와 UDP", include_str!("../net.rs")),
    ("time", "sleep, timeout, interval", include_str!("../time.rs")),
    ("channel", "태스크 사이의 채널", include_str!("../channel.rs")),
    ("select", "먼저 끝난 쪽 고르기", include_str!("../select.rs")),
    ("blocking", "막는 일을 맡는 스레드", include_str!("../blocking.rs")),
    ("sync", "표준 라이브러리와 loom 고르기", include_str!("../sync.rs")),
    ("lib", "밖에 내놓는 이름", include_str!("../lib.rs")),
];

/// 빈 줄과 주석이 아닌 줄의 수.
pub fn count(source: &str) -> usize {
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with("//");
    source.lines().map(str::trim).filter(is_code).count()
}
