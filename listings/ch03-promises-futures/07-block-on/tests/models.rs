//! loom이 스레드의 차례를 빠짐없이 바꿔 가며 깨움을 잃는지 본다.
#![cfg(feature = "loom")]

use std::future::poll_fn;
use std::task::Poll;

use ch03_07_block_on::faulty::{Bell, HalfLockedBell, TokenOnly};
use ch03_07_block_on::park::Flag;
use ch03_07_block_on::{LockedBell, Park, Parker, block_on_with};
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;
use std::sync::Arc;

/// 깃발을 내린 쪽에는 깃발을 세우기 전의 일이 보인다.
#[test]
fn a_taken_flag_shows_what_came_before() {
    loom::model(|| {
        let flag = Arc::new(Flag::new());
        let answered = Arc::new(AtomicBool::new(false));
        let raiser = {
            let (flag, answered) = (Arc::clone(&flag), Arc::clone(&answered));
            thread::spawn(move || {
                answered.store(true, Ordering::Relaxed);
                flag.raise();
            })
        };
        if flag.take() {
            assert!(answered.load(Ordering::Relaxed));
        }
        raiser.join().unwrap();
    });
}

// ANCHOR: raisers
/// 둘이 세운 깃발을 한 번에 내리면 둘의 답이 모두 보여야 한다.
#[test]
fn a_taken_flag_shows_every_answer() {
    loom::model(|| {
        let flag = Arc::new(Flag::new());
        let answers = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        let raisers = answers.clone().map(|answered| {
            let flag = Arc::clone(&flag);
            thread::spawn(move || {
                answered.store(true, Ordering::Relaxed);
                flag.raise();
            })
        });
        let taken = flag.take();
        let seen = answers.map(|answered| answered.load(Ordering::Relaxed));
        raisers
            .into_iter()
            .for_each(|raiser| raiser.join().unwrap());
        if taken && !flag.take() {
            assert_eq!(seen, [true, true], "깃발은 내렸는데 답을 못 보았다");
        }
    });
}
// ANCHOR_END: raisers

// ANCHOR: race
/// 한 스레드가 자려는 동안 다른 스레드가 답을 넣고 깨운다.
fn race<P: Park>() {
    loom::model(|| {
        let parker = Arc::new(P::new());
        let answered = Arc::new(AtomicBool::new(false));
        let waker = {
            let (parker, answered) = (Arc::clone(&parker), Arc::clone(&answered));
            thread::spawn(move || {
                answered.store(true, Ordering::Relaxed);
                parker.wake();
            })
        };
        parker.wait();
        assert!(answered.load(Ordering::Relaxed), "답 없이 깨어났다");
        waker.join().unwrap();
    });
}
// ANCHOR_END: race

// ANCHOR: race_tests
#[test]
#[should_panic(expected = "deadlock")]
fn a_flag_checked_outside_the_lock_loses_a_wake() {
    race::<Bell>();
}

#[test]
fn a_flag_inside_the_lock_loses_nothing() {
    race::<LockedBell>();
}

#[test]
fn a_flag_and_a_token_lose_nothing() {
    race::<Parker>();
}
// ANCHOR_END: race_tests

#[test]
#[should_panic(expected = "deadlock")]
fn a_lock_taken_only_to_wake_is_not_enough() {
    race::<HalfLockedBell>();
}

#[test]
fn a_bare_token_survives_the_race() {
    race::<TokenOnly>();
}

// ANCHOR: spurious
/// 깨우는 쪽과 상관없이 누군가 이 스레드를 `unpark`한다.
fn spurious<P: Park>() {
    loom::model(|| {
        let parker = Arc::new(P::new());
        let answered = Arc::new(AtomicBool::new(false));
        let sleeper = thread::current();
        let waker = {
            let (parker, answered) = (Arc::clone(&parker), Arc::clone(&answered));
            thread::spawn(move || {
                sleeper.unpark();
                answered.store(true, Ordering::Relaxed);
                parker.wake();
            })
        };
        parker.wait();
        assert!(answered.load(Ordering::Relaxed), "답 없이 깨어났다");
        waker.join().unwrap();
    });
}
// ANCHOR_END: spurious

// ANCHOR: eaten
/// `poll`이 깨워 달라고 한 다음, 같은 스레드에서 다른 일로 `park`한다.
fn eaten<P: Park>() {
    loom::model(|| {
        let mut turn = 0;
        block_on_with::<P, _>(poll_fn(|cx| {
            turn += 1;
            if turn == 2 {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            thread::park(); // wake_by_ref가 남긴 토큰을 써 버린다.
            Poll::Pending
        }));
    });
}
// ANCHOR_END: eaten

// ANCHOR: token_tests
#[test]
#[should_panic(expected = "deadlock")]
fn a_bare_token_can_be_eaten_by_the_future() {
    eaten::<TokenOnly>();
}

#[test]
#[should_panic(expected = "답 없이 깨어났다")]
fn a_bare_token_lets_a_stranger_wake_it() {
    spurious::<TokenOnly>();
}

#[test]
fn a_flag_ignores_strangers() {
    spurious::<Parker>();
    spurious::<LockedBell>();
}

#[test]
fn a_flag_survives_an_eaten_token() {
    eaten::<Parker>();
}
// ANCHOR_END: token_tests

/// 첫 물음에서 띄운 스레드가 답을 넣고 깨운다.
fn whole<P: Park>() {
    loom::model(|| {
        let answered = Arc::new(AtomicBool::new(false));
        let mut worker = None;
        let turns = block_on_with::<P, _>(async {
            let mut turns = 0;
            poll_fn(|cx| {
                turns += 1;
                if answered.load(Ordering::Acquire) {
                    return Poll::Ready(());
                }
                let (waker, answered) = (cx.waker().clone(), Arc::clone(&answered));
                worker.get_or_insert_with(|| {
                    thread::spawn(move || {
                        answered.store(true, Ordering::Release);
                        waker.wake();
                    })
                });
                Poll::Pending
            })
            .await;
            turns
        });
        assert_eq!(turns, 2, "한 번 깨우면 한 번 더 묻는다");
        worker.expect("첫 물음이 띄웠다").join().unwrap();
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn block_on_with_a_bell_hangs() {
    whole::<Bell>();
}

#[test]
fn block_on_ends_in_every_order() {
    whole::<Parker>();
    whole::<LockedBell>();
}
