//! 요청 여럿을 차례로, 함께, 먼저 온 쪽만 기다려 본다.

mod again;
mod clock;
mod fair;
mod polls;
mod steps;
// loom의 뮤텍스는 모델 밖에서 쓸 수 없다.
#[cfg(all(test, not(feature = "loom")))]
mod tests;
mod times;

use std::panic;

fn main() {
    println!("== 차례로 기다리기 ==");
    print(clock::run(times::in_turn));
    println!("== 함께 기다리기 ==");
    print(clock::run(times::together));
    println!("== 넣은 차례 ==");
    print(clock::run(times::input_order));
    println!("== 폴링한 횟수 ==");
    print(polls::table());
    println!("== 먼저 온 쪽 ==");
    print(clock::run(times::first));
    println!("== 진 쪽 버리기 ==");
    print(clock::run(times::loser_dropped));
    println!("== 살아 있는 진 쪽 ==");
    print(clock::run(times::loser_kept));
    println!("== 하나가 실패하면 ==");
    print(clock::run(times::one_fails));
    println!("== 쉬지 않는 퓨처 ==");
    print(clock::run(steps::greedy));
    println!("== 양보하는 퓨처 ==");
    print(clock::run(steps::polite));
    println!("== 스레드 ==");
    print(steps::threads());
    println!("== 공정함 ==");
    print(fair::table());
    println!("== 끝난 뒤의 물음 ==");
    // 여기서 나는 패닉은 일부러 낸 것이라 표준 오류에 적지 않는다.
    panic::set_hook(Box::new(|_| {}));
    print(again::table());
    println!("== 남은 갈래가 없는 select! ==");
    print(again::all_closed());
    let _ = panic::take_hook();
}

fn print(lines: Vec<String>) {
    lines.iter().for_each(|line| println!("{line}"));
}
