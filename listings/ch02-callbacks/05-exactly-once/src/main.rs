//! 한 번도 불리지 않거나 두 번 불리는 콜백을 정확히 한 번으로.

mod charge;

use std::convert::Infallible;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use ch02_01_completion_callback::Pool;
use ch02_05_exactly_once::{Completer, FirstWins, guarded};
use charge::{Outcome, Trouble, calls};

fn main() {
    // 이야기 속의 패닉은 일부러 낸 것이라 오류 출력에 적지 않는다.
    panic::set_hook(Box::new(|_| {}));
    tell_twice();
    tell_lost();
    tell_guarded();
    tell_first_wins();
    tell_where();
}

// ANCHOR: twice
/// 대답이 없어 다시 청구했더니 대답이 둘 다 왔다. 다시 청구한 쪽이 먼저다.
fn charge_with_retry(done: impl FnOnce(Outcome) + Clone) {
    let on_first = done.clone();
    let on_retry = done;
    on_retry(Ok(2));
    on_first(Ok(1));
}

/// 승인이 나면 책을 보내는 콜백.
fn ship(boxes: Arc<AtomicU32>) -> impl FnOnce(Outcome) + Clone + Send {
    move |outcome| {
        if let Ok(approval) = outcome {
            boxes.fetch_add(1, Ordering::Relaxed);
            println!("가게: 승인 {approval}번을 보고 책을 보냄");
        }
    }
}
// ANCHOR_END: twice

fn tell_twice() {
    println!("== 두 번 온 승인 ==");
    let boxes = Arc::new(AtomicU32::new(0));
    charge_with_retry(ship(Arc::clone(&boxes)));
    println!("보낸 상자 {}개", boxes.load(Ordering::Relaxed));
}

fn tell_lost() {
    println!("== 길마다 세기 ==");
    for trouble in Trouble::all() {
        println!("{trouble}: {}번", calls(trouble, |done| done).len());
    }
}

fn tell_guarded() {
    println!("== 가드로 감싸고 세기 ==");
    for trouble in Trouble::all() {
        let told = calls(trouble, |done| Box::new(guarded(done)));
        println!("[Rust] {trouble}: {}번, {:?}", told.len(), told[0]);
    }
}

// ANCHOR: retry
fn charge_first_wins(done: FirstWins<u32, charge::ChargeError>) {
    let answer = |side: FirstWins<_, _>, approval| {
        if let Some(Ok(late)) = side.complete(Ok(approval)) {
            println!("결제: 늦게 온 승인 {late}번을 취소함");
        }
    };
    let on_first = done.clone();
    let on_retry = done;
    answer(on_retry, 2);
    answer(on_first, 1);
}
// ANCHOR_END: retry

fn tell_first_wins() {
    println!("== 처음 한 번만 ==");
    let boxes = Arc::new(AtomicU32::new(0));
    charge_first_wins(FirstWins::new(ship(Arc::clone(&boxes))));
    println!("보낸 상자 {}개", boxes.load(Ordering::Relaxed));
}

// ANCHOR: where
fn tell_where() {
    println!("== 가드가 부르는 곳 ==");
    let tell = |when: &'static str| {
        move |_: Outcome| {
            let thread = thread::current();
            let name = thread.name().unwrap_or("이름 없음");
            let unwinding = thread::panicking();
            println!("[Rust] {when}: {name}, 되감는 중 {unwinding}");
        }
    };
    drop(Completer::new(tell("맡기지 않고 버림")));
    let pool = Pool::new(1);
    pool.run(|| panic!("일이 넘어졌다"), guarded(tell("맡은 일이 패닉")));
    drop(pool);
    let pool = Pool::new(1);
    let done = guarded(tell("콜백을 쥔 채 돌아감"));
    let return_early = move || {
        drop(done);
        Ok::<_, Infallible>(())
    };
    pool.run(return_early, |_| {});
}
// ANCHOR_END: where

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn answer_by_fn(done: &dyn Fn(Outcome)) {
        done(Ok(2));
        done(Ok(1));
    }

    fn answer_by_fn_mut(mut done: impl FnMut(Outcome)) {
        done(Ok(2));
        done(Ok(1));
    }

    #[test]
    fn what_can_be_called_again_may_be_called_twice() {
        let calls = Cell::new(0);
        let count = |_: Outcome| calls.set(calls.get() + 1);
        charge_with_retry(count);
        assert_eq!(calls.take(), 2);
        answer_by_fn(&count);
        assert_eq!(calls.take(), 2);
        answer_by_fn_mut(count);
        assert_eq!(calls.take(), 2);
    }
}
