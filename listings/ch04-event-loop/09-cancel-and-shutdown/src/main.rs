//! 태스크를 취소하면 무엇이 버려지고, 끝내라고 하면 받은 일이 어떻게 되는지 본다.

mod lost;
mod story;
mod workers;

use ch04_09_cancel_and_shutdown::day::{Day, Outcome, run};
use ch04_09_cancel_and_shutdown::faulty::{cuts, forgets_queue, leaves};
use ch04_09_cancel_and_shutdown::shop::{Tell, serve};

use story::{evening, print, rush};

fn main() {
    println!("== 바로 끝내기 ==");
    ended(shared(), run(evening(), leaves, print(dropped)));
    println!("== 취소 ==");
    story::aborted();
    println!("== 듣지 않는 태스크 ==");
    story::never_waits();
    println!("== 배압 ==");
    lost::backpressure();
    println!("== 막는 일 ==");
    workers::blocking();
    println!("== 우아한 종료 ==");
    ended(shared(), run(evening(), serve, shared()));
    println!("== 기한 ==");
    let patience = 15;
    let hurried = Day {
        patience,
        ..evening()
    };
    ended(shared(), run(hurried, serve, shared()));
    println!("== 두 번째 신호 ==");
    let second = Some(5);
    let forced = Day {
        second,
        ..evening()
    };
    ended(shared(), run(forced, serve, shared()));
    println!("== 깨우지 않는 취소 ==");
    story::silent();
    println!("== 잘린 요리 ==");
    ended(alone(), run(evening(), cuts, alone()));
    println!("== 잃은 주문 ==");
    ended(alone(), run(rush(), forgets_queue, alone()));
    println!("== 마저 꺼낸 주문 ==");
    ended(alone(), run(rush(), serve, alone()));
    println!("== 반쪽 세트 ==");
    lost::sets();
    println!("== 늦게 들은 신호 ==");
    lost::heard();
    println!("== 차례를 쥐고 떠난 손님 ==");
    lost::turns();
    println!("== 쌓이는 Waker ==");
    lost::piled();
    println!("== 단계를 보는 일 ==");
    workers::told();
}

/// 다른 언어의 원본도 찍는 줄.
fn shared() -> Tell {
    print(|_| false)
}

/// Rust에서만 찍는 줄.
fn alone() -> Tell {
    print(|_| true)
}

/// 버려졌다는 줄. 원본은 버려진 것을 알지 못한다.
fn dropped(line: &str) -> bool {
    line.ends_with("버림")
}

fn ended(tell: Tell, outcome: Outcome) {
    let Outcome { closed, at, .. } = outcome;
    tell(format!("main: {at}ms에 끝남, {closed:?}"));
}
