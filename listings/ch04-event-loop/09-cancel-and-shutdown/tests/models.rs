//! loom이 스레드의 차례를 빠짐없이 바꿔 가며 종료와 취소를 놓치는지 본다.
#![cfg(feature = "loom")]

use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};

use ch04_05_task_queue::{JoinError, block_on};
use ch04_09_cancel_and_shutdown::faulty::look_then_count;
use ch04_09_cancel_and_shutdown::{Guard, Shutdown, spawn};
use loom::sync::atomic::AtomicBool;
use loom::sync::atomic::Ordering::Relaxed;
use loom::thread;

// ANCHOR: accept
/// 한 스레드가 일을 받는 동안 다른 스레드가 종료를 알리고, 받은 일이 끝나기를 기다린다.
fn accept_against_close(enter: fn(&Shutdown) -> Option<Guard>) {
    loom::model(move || {
        let (stop, closed) = (Shutdown::new(), Arc::new(AtomicBool::new(false)));
        let (given, seen) = (stop.clone(), Arc::clone(&closed));
        let worker = thread::spawn(move || {
            let Some(guard) = enter(&given) else { return };
            assert!(!seen.load(Relaxed), "닫은 뒤에 일한다");
            drop(guard);
        });
        stop.request();
        block_on(stop.drained());
        closed.store(true, Relaxed);
        worker.join().unwrap();
    });
}
// ANCHOR_END: accept

// ANCHOR: accept_tests
#[test]
fn a_counted_job_is_waited_for() {
    accept_against_close(Shutdown::enter);
}

#[test]
#[should_panic(expected = "닫은 뒤에 일한다")]
fn a_job_counted_late_is_missed() {
    accept_against_close(look_then_count);
}
// ANCHOR_END: accept_tests

// ANCHOR: request
/// 기다리기 시작하는 동안 다른 스레드가 종료를 알린다.
#[test]
fn a_request_against_a_wait() {
    loom::model(|| {
        let stop = Shutdown::new();
        let given = stop.clone();
        let signal = thread::spawn(move || given.request());
        block_on(stop.requested());
        signal.join().unwrap();
    });
}
// ANCHOR_END: request

/// 마지막 두 일이 서로 다른 스레드에서 끝난다.
#[test]
fn the_last_jobs_against_drained() {
    loom::model(|| {
        let stop = Shutdown::new();
        let guards = [(); 2].map(|()| stop.enter().unwrap());
        stop.request();
        let workers = guards.map(|guard| thread::spawn(move || drop(guard)));
        block_on(stop.drained());
        assert_eq!(stop.guards(), 0);
        workers
            .into_iter()
            .for_each(|worker| worker.join().unwrap());
    });
}

/// 기다리던 퓨처를 버리는 동안 다른 스레드가 종료를 알린다.
#[test]
fn a_request_against_a_dropped_wait() {
    loom::model(|| {
        let stop = Shutdown::new();
        let given = stop.clone();
        let signal = thread::spawn(move || given.request());
        {
            let wait = pin!(stop.requested());
            let _ = wait.poll(&mut Context::from_waker(Waker::noop()));
        }
        signal.join().unwrap();
        assert_eq!(stop.waiting(), 0);
    });
}

// ANCHOR: abort
/// 태스크가 잠드는 동안 다른 스레드가 취소한다.
#[test]
fn an_abort_against_a_poll() {
    loom::model(|| {
        let held = Arc::new(());
        let inner = Arc::clone(&held);
        let canceller = block_on(async {
            let sleeping = spawn(async move {
                let _inner = inner;
                pending::<()>().await;
            });
            let handle = sleeping.abort_handle();
            let canceller = thread::spawn(move || handle.abort());
            assert!(matches!(sleeping.await, Err(JoinError::Cancelled)));
            assert_eq!(Arc::strong_count(&held), 1, "알리기 전에 버린다");
            canceller
        });
        canceller.join().unwrap();
    });
}
// ANCHOR_END: abort

/// 태스크가 결과를 내는 동안 다른 스레드가 취소한다. 결과이거나 취소이고, 멈추지 않는다.
#[test]
fn an_abort_against_completion() {
    loom::model(|| {
        let canceller = block_on(async {
            let quick = spawn(async { 7 });
            let handle = quick.abort_handle();
            let canceller = thread::spawn(move || handle.abort());
            assert!(matches!(quick.await, Ok(7) | Err(JoinError::Cancelled)));
            canceller
        });
        canceller.join().unwrap();
    });
}
