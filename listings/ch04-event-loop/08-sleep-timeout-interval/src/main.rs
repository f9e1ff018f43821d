//! 시간을 기다리는 퓨처가 언제 깨고, 누가 깨우고, 버리면 무엇이 남는지 본다.

mod beats;
mod lateness;
mod outside;
mod skips;
mod story;
mod timeouts;

use std::env;
use std::io;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::faulty::{FirstWaker, left_behind, timer_first};
use ch04_08_sleep_timeout_interval::{Missed, sleep, timeout};

/// 밀리초.
const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn main() -> io::Result<()> {
    if env::args().any(|arg| arg == "--measure") {
        return lateness::measure();
    }
    println!("== 막는 잠 ==");
    story::blocked();
    println!("== 기다리는 잠 ==");
    story::waiting();
    println!("== 건너뛴 시간 ==");
    skips::tell();
    println!("== 처음 맡긴 Waker ==");
    println!(
        "[Rust] 1000ms를 자고 깬 때: {:?}",
        story::moved(FirstWaker::new)
    );
    println!("== 마지막에 맡긴 Waker ==");
    println!("[Rust] 1000ms를 자고 깬 때: {:?}", story::moved(sleep));
    println!("== 타임아웃 ==");
    timeouts::two();
    println!("== 남은 타이머 ==");
    println!("[Rust] left_behind: {}개", timeouts::left(left_behind));
    println!("[Rust] timeout: {}개", timeouts::left(timeout));
    println!("== 같은 때 ==");
    println!("[Rust] timer_first: {:?}", timeouts::tie(timer_first));
    println!("[Rust] timeout: {:?}", timeouts::tie(timeout));
    println!("== 진 쪽 ==");
    timeouts::losers();
    println!("== 포개진 타임아웃 ==");
    let [by_select, by_struct] = timeouts::sizes();
    println!("[Rust] by_select: {by_select:?}바이트");
    println!("[Rust] timeout: {by_struct:?}바이트");
    println!("== 밀리는 반복 ==");
    println!("sleep: {}", beats::by_sleep());
    println!("interval: {}", beats::by_interval());
    println!("== 놓친 틱 ==");
    for missed in [Missed::Burst, Missed::Skip, Missed::Delay] {
        let (due, came) = beats::missed(missed);
        println!("{missed:?}: 왔어야 할 때 {due}, 온 때 {came}");
    }
    println!("== 막는 태스크 ==");
    story::late();
    println!("== 짧은 잠과 긴 잠 ==");
    story::extremes();
    println!("== 밖에서 오는 답 ==");
    for (name, held) in [("쥐지 않으면", false), ("쥐면", true)] {
        let (millis, answer) = outside::answer(held);
        println!("[Rust] {name}: {millis}ms에 {answer:?}");
    }
    println!("== 말 없는 손님 ==");
    outside::silent_guest()
}

#[cfg(test)]
mod tests;
