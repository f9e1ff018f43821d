//! loom이 스레드의 차례를 빠짐없이 바꿔 가며 깨움과 결과를 잃는지 본다.
#![cfg(feature = "loom")]

use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::mem;
use std::sync::Arc;
use std::task::Poll;

use ch04_05_task_queue::faulty::{ClearsLast, LooksAway, Post};
use ch04_05_task_queue::mailbox::Mailbox;
use ch04_05_task_queue::steps::{ClearsFirst, Mark};
use ch04_05_task_queue::{Executor, JoinError, ThreadPark, block_on, spawn, yield_now};
use loom::sync::Mutex;
use loom::sync::atomic::AtomicBool;
use loom::sync::atomic::Ordering::Relaxed;
use loom::thread;
use mio::Token;

// ANCHOR: mark
/// 폴링하는 사이에 다른 스레드가 답을 넣고 깨운다.
fn wake_against_poll<M: Mark>() {
    loom::model(|| {
        let shared = Arc::new((M::default(), AtomicBool::new(false), Mutex::new(0)));
        shared.0.on_wake(); // 줄에 서 있다가 지금 폴링된다.
        let waking = Arc::clone(&shared);
        let waker = thread::spawn(move || {
            let (mark, answered, line) = &*waking;
            answered.store(true, Relaxed);
            if mark.on_wake() {
                *line.lock().unwrap() += 1;
            }
        });
        let (mark, answered, line) = &*shared;
        mark.before_poll();
        let seen = answered.load(Relaxed);
        mark.after_poll();
        waker.join().unwrap();
        let queued = *line.lock().unwrap();
        assert!(seen || queued == 1, "답을 보지 못했는데 줄에도 없다");
    });
}
// ANCHOR_END: mark

// ANCHOR: mark_tests
#[test]
fn a_mark_cleared_before_the_poll_keeps_the_wake() {
    wake_against_poll::<ClearsFirst>();
}

#[test]
#[should_panic(expected = "줄에도 없다")]
fn a_mark_cleared_after_the_poll_loses_the_wake() {
    wake_against_poll::<ClearsLast>();
}
// ANCHOR_END: mark_tests

// ANCHOR: post
/// 실행기가 자려는 동안 다른 스레드가 열쇠를 보낸다.
fn send_against_park<P: Post>() {
    loom::model(|| {
        let runner = thread::current();
        let post = Arc::new(P::new(Box::new(move || runner.unpark())));
        let sending = Arc::clone(&post);
        let sender = thread::spawn(move || sending.send(Token(7)));
        let mut ready = VecDeque::new();
        while ready.is_empty() {
            if post.take_or_park(&mut ready) {
                thread::park();
            }
        }
        assert_eq!(ready, [Token(7)]);
        sender.join().unwrap();
    });
}

// ANCHOR_END: post

// ANCHOR: post_tests
#[test]
fn a_key_sent_while_parking_arrives() {
    send_against_park::<Mailbox>();
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_key_sent_while_looking_away_is_missed() {
    send_against_park::<LooksAway>();
}
// ANCHOR_END: post_tests

/// 깨움 둘이 하나로 합쳐져도 답은 둘 다 보여야 한다.
// ANCHOR: two
#[test]
fn wakes_against_polls() {
    loom::model(|| {
        let answers = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        let mut helpers = Vec::new();
        let given = answers.clone();
        let waits = poll_fn(move |cx| {
            if helpers.is_empty() {
                helpers.extend(given.clone().map(|answered| {
                    let waker = cx.waker().clone();
                    thread::spawn(move || {
                        answered.store(true, Relaxed);
                        waker.wake();
                    })
                }));
            }
            match given.iter().all(|answered| answered.load(Relaxed)) {
                true => Poll::Ready(mem::take(&mut helpers)),
                false => Poll::Pending,
            }
        });
        let helpers = block_on(async { spawn(async { waits.await.len() }).await });
        assert_eq!(helpers.unwrap(), 2);
    });
}
// ANCHOR_END: two

// ANCHOR: late
/// 태스크가 끝나고 다른 태스크가 그 칸에 드는 동안, 다른 스레드가 옛 `Waker`로 깨운다.
#[test]
fn a_wake_after_completion_asks_nobody() {
    loom::model(|| {
        let polls = block_on(async {
            let first = spawn(poll_fn(|cx| {
                let waker = cx.waker().clone();
                thread::spawn(move || waker.wake());
                Poll::Ready(())
            }));
            first.await.unwrap();
            let mut polls = 0;
            let second = spawn(poll_fn(move |cx| {
                polls += 1;
                if polls == 1 {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(polls)
            }));
            second.await.unwrap()
        });
        assert_eq!(polls, 2);
    });
}
// ANCHOR_END: late

// ANCHOR: dropped
/// 핸들을 버리는 스레드와 결과를 내는 스레드가 겹쳐도 결과는 한 번 버려진다.
#[test]
fn a_handle_dropped_against_completion() {
    loom::model(|| {
        let value = Arc::new(7);
        let output = Arc::clone(&value);
        let dropper = block_on(async {
            let handle = spawn(async { output });
            let dropper = thread::spawn(move || drop(handle));
            yield_now().await;
            dropper
        });
        dropper.join().unwrap();
        assert_eq!(Arc::strong_count(&value), 1);
    });
}
// ANCHOR_END: dropped

/// 다른 스레드의 실행기가 결과를 기다린다.
#[test]
fn a_handle_awaited_against_completion() {
    loom::model(|| {
        let waiter = block_on(async {
            let handle = spawn(async { 7 });
            let waiter = thread::spawn(move || block_on(handle).unwrap());
            yield_now().await;
            waiter
        });
        assert_eq!(waiter.join().unwrap(), 7);
    });
}

// ANCHOR: shutdown
/// 실행기를 닫는 동안 다른 스레드가 태스크를 깨운다.
#[test]
fn a_shutdown_against_a_wake() {
    loom::model(|| {
        let held = Arc::new(());
        let executor = Executor::new(ThreadPark::new());
        let (handle, helper) = executor.block_on(async {
            let (inner, slot) = (Arc::clone(&held), Arc::new(Mutex::new(None)));
            let given = Arc::clone(&slot);
            let handle = spawn(async move {
                let _inner = inner;
                let waker = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                *given.lock().unwrap() = Some(thread::spawn(move || waker.wake()));
                pending::<()>().await;
            });
            yield_now().await;
            (handle, slot.lock().unwrap().take().unwrap())
        });
        drop(executor);
        assert_eq!(Arc::strong_count(&held), 1);
        assert!(matches!(block_on(handle), Err(JoinError::Cancelled)));
        helper.join().unwrap();
    });
}
// ANCHOR_END: shutdown
