//! 프로그램이 찍는 이야기.

use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::{Poll, RawWakerVTable, Waker};
use std::thread;

use ch03_07_block_on::answer::{Giver, answer};
use ch03_07_block_on::{Park, Parker, block_on, raw, run};

pub fn tell() {
    println!("== block_on ==");
    ask_worker(|giver, asked| {
        asked.recv().expect("main이 묻는다");
        println!("작업 스레드: 답을 넣는다");
        giver.give("하나");
    });
    println!("== 헛물음 ==");
    ask_worker(|giver, asked| {
        asked.recv().expect("main이 묻는다");
        println!("작업 스레드: 답 없이 깨운다");
        giver.nudge();
        asked.recv().expect("main이 또 묻는다");
        println!("작업 스레드: 답을 넣는다");
        giver.give("하나");
    });
    println!("== 자기 전에 깨우기 ==");
    println!("물은 횟수: {}", wake_twice_while_polled());
    println!("== 참조 세기 ==");
    for (name, counts) in all_counts() {
        println!("[Rust] {name}: {counts:?}");
    }
    println!("== 손으로 만든 Waker ==");
    by_hand();
}

// ANCHOR: ask
/// 작업 스레드가 넣는 답을 기다린다. 한 번 물을 때마다 적고, 작업 스레드에 알린다.
fn ask_worker(work: fn(Giver<&'static str>, Receiver<()>)) {
    let (giver, answer) = answer();
    let (tell, asked) = mpsc::channel();
    let worker = thread::spawn(move || work(giver, asked));
    let name = block_on(noted(answer, tell));
    println!("main: {name}");
    worker.join().expect("작업 스레드는 패닉하지 않는다");
}

async fn noted<F: Future>(future: F, tell: Sender<()>) -> F::Output {
    let mut future = pin!(future);
    let mut turn = 0;
    poll_fn(|cx| {
        turn += 1;
        let poll = future.as_mut().poll(cx);
        let seen = if poll.is_ready() { "Ready" } else { "Pending" };
        println!("main: {turn}번째 poll, {seen}");
        let _ = tell.send(()); // 끝난 뒤에는 받을 쪽이 없을 수 있다.
        poll
    })
    .await
}
// ANCHOR_END: ask

// ANCHOR: twice
/// 폴링하는 동안 스스로를 두 번 깨운다. 물은 횟수를 돌려준다.
fn wake_twice_while_polled() -> u32 {
    let mut turn = 0;
    block_on(poll_fn(|cx| {
        turn += 1;
        if turn == 2 {
            return Poll::Ready(turn);
        }
        cx.waker().wake_by_ref();
        cx.waker().wake_by_ref();
        Poll::Pending
    }))
}
// ANCHOR_END: twice

// ANCHOR: counts
/// 한 걸음마다 `Waker`들과 우리가 함께 쥔 참조의 수를 센다.
fn counts(parker: &Arc<Parker>, spare: usize, waker: Waker) -> [usize; 5] {
    let count = || Arc::strong_count(parker) - spare;
    let made = count();
    let copy = waker.clone();
    let cloned = count();
    copy.wake_by_ref();
    let woken_by_ref = count();
    copy.wake();
    let woken = count();
    drop(waker);
    [made, cloned, woken_by_ref, woken, count()]
}
// ANCHOR_END: counts

fn all_counts() -> [(&'static str, [usize; 5]); 4] {
    let parker = Arc::new(Parker::new());
    let right = counts(&parker, 0, raw::waker(Arc::clone(&parker)));
    [
        ("맞게 셈", right),
        (
            "clone이 늘리지 않음",
            wrong_counts(&raw::faulty::FREE_CLONE),
        ),
        ("wake가 돌려주지 않음", wrong_counts(&raw::faulty::KEPT)),
        ("wake_by_ref가 버림", wrong_counts(&raw::faulty::DROPPED)),
    ]
}

// ANCHOR: wrong_counts
fn wrong_counts(vtable: &'static RawWakerVTable) -> [usize; 5] {
    let parker = Arc::new(Parker::new());
    let spare = 8;
    // 참조를 넉넉히 남겨 둔다. 수가 틀려도 Parker는 풀리지 않고, 프로그램이 끝날 때까지 남는다.
    for _ in 0..spare {
        mem::forget(Arc::clone(&parker));
    }
    // SAFETY: counts는 Waker를 네 번 쓰고, 남겨 둔 참조 여덟과 아래에서 남기는 하나는 아무도 버리지 않는다.
    let waker = unsafe { raw::faulty::waker(Arc::clone(&parker), vtable) };
    let counts = counts(&parker, spare, waker);
    mem::forget(parker);
    counts
}
// ANCHOR_END: wrong_counts

// ANCHOR: by_hand
fn by_hand() {
    let parker = Arc::new(Parker::new());
    let (giver, answer) = answer();
    let worker = thread::spawn(move || giver.give("하나"));
    let waker = raw::waker(Arc::clone(&parker));
    println!("main: {}", run(answer, &*parker, &waker));
    worker.join().expect("작업 스레드는 패닉하지 않는다");
    drop(waker);
    println!("남은 참조: {}", Arc::strong_count(&parker));
}
// ANCHOR_END: by_hand

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use super::*;

    // ANCHOR: count_tests
    #[test]
    fn clones_and_drops_are_balanced() {
        let parker = Arc::new(Parker::new());
        let weak = Arc::downgrade(&parker);
        assert_eq!(
            counts(&parker, 0, raw::waker(Arc::clone(&parker))),
            [2, 3, 3, 2, 1]
        );
        drop(parker);
        assert!(weak.upgrade().is_none(), "남은 참조가 없어야 풀린다");
    }

    #[test]
    fn wrong_counts_are_seen() {
        let [_, wrong @ ..] = all_counts();
        assert_eq!(
            wrong,
            [
                ("clone이 늘리지 않음", [2, 2, 2, 1, 0]),
                ("wake가 돌려주지 않음", [2, 3, 3, 3, 2]),
                ("wake_by_ref가 버림", [2, 3, 2, 1, 0]),
            ]
        );
    }
    // ANCHOR_END: count_tests

    #[test]
    fn the_last_waker_frees_the_parker() {
        let parker = Arc::new(Parker::new());
        let weak = Arc::downgrade(&parker);
        let waker = raw::waker(parker);
        let copies: Vec<Waker> = (0..4).map(|_| waker.clone()).collect();
        // 다른 스레드에서 깨우고 버려도 수가 맞아야 한다.
        let threads = copies.into_iter().map(|copy| {
            thread::spawn(move || {
                copy.wake_by_ref();
                copy.wake();
            })
        });
        threads
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|thread| thread.join().expect("패닉하지 않는다"));
        assert_eq!(weak.strong_count(), 1);
        drop(waker);
        assert!(weak.upgrade().is_none());
    }

    #[test]
    fn both_wakers_finish_a_future_woken_by_another_thread() {
        for _ in 0..200 {
            let (giver, answer) = answer();
            let worker = thread::spawn(move || giver.give(7));
            let parker = Arc::new(Parker::new());
            let waker = raw::waker(Arc::clone(&parker));
            assert_eq!(run(answer, &*parker, &waker), 7);
            worker.join().unwrap();
        }
    }

    #[test]
    fn wakes_before_waiting_count_as_one() {
        assert_eq!(wake_twice_while_polled(), 2);
    }

    // ANCHOR: stale
    /// 첫 물음에서 띄운 스레드가 답할 때까지 물은 횟수.
    fn polls_until_answered() -> u32 {
        let (giver, mut answer) = answer();
        let mut start = Some(|| thread::spawn(move || giver.give(())));
        let (mut turn, mut worker) = (0, None);
        block_on(poll_fn(|cx| {
            turn += 1;
            let poll = Pin::new(&mut answer).poll(cx);
            worker = worker.take().or_else(|| start.take().map(|start| start()));
            poll
        }));
        worker.expect("띄웠다").join().expect("패닉하지 않는다");
        turn
    }

    #[test]
    fn a_waker_left_over_disturbs_nobody() {
        let left_over = block_on(poll_fn(|cx| Poll::Ready(cx.waker().clone())));
        left_over.wake();
        assert_eq!(polls_until_answered(), 2);
    }
    // ANCHOR_END: stale

    // ANCHOR: assumed
    #[test]
    #[should_panic(expected = "깨어났으니 답이 있다")]
    fn a_future_that_takes_a_wake_for_an_answer_panics() {
        let (_giver, answer) = answer::<u32>();
        let mut answer = pin!(answer);
        let mut asked = false;
        block_on(poll_fn(|cx| {
            let poll = answer.as_mut().poll(cx);
            if asked {
                assert!(poll.is_ready(), "깨어났으니 답이 있다");
            }
            asked = true;
            cx.waker().wake_by_ref(); // 답 없이 깨운다.
            poll
        }));
    }
    // ANCHOR_END: assumed
}
