//! 취소와 종료가 지키는 것들.
#![cfg(not(feature = "loom"))]

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot;
use ch04_05_task_queue::{Executor, JoinError, ThreadPark, block_on};
use ch04_08_sleep_timeout_interval::{block_on_virtual, now, sleep, timeout, yield_now};
use ch04_09_cancel_and_shutdown::{
    AbortHandle, Aborted, Closed, Shutdown, abortable, close, spawn, spawn_blocking,
};

#[test]
fn an_aborted_task_has_released_what_it_held() {
    block_on(async {
        let held = Rc::new(());
        let inner = Rc::clone(&held);
        let task = spawn(async move {
            let _inner = inner;
            pending::<()>().await;
        });
        yield_now().await;
        task.abort();
        assert_eq!(Rc::strong_count(&held), 2, "적기만 했다");
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
        assert_eq!(Rc::strong_count(&held), 1);
    });
}

#[test]
fn a_task_aborted_before_its_first_poll_never_starts() {
    block_on(async {
        let started = Rc::new(Cell::new(false));
        let inner = Rc::clone(&started);
        let task = spawn(async move { inner.set(true) });
        task.abort();
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
        assert!(!started.get());
    });
}

#[test]
fn aborting_a_finished_task_changes_nothing() {
    block_on(async {
        let task = spawn(async { 7 });
        yield_now().await;
        assert!(task.is_finished());
        task.abort();
        assert_eq!(task.await.unwrap(), 7);
    });
}

#[test]
fn a_panic_while_running_is_not_a_cancellation() {
    block_on(async {
        let task = spawn(async { panic!("넘어짐") });
        assert!(matches!(task.await, Err(JoinError::Panicked(_))));
    });
}

/// 감싼 것을 아직 쥐고 있어도, 취소를 알린 때에는 퓨처가 이미 버려졌다.
#[test]
fn the_future_is_dropped_before_the_answer() {
    block_on(async {
        let held = Rc::new(());
        let inner = Rc::clone(&held);
        let (future, handle) = abortable(async move {
            let _inner = inner;
            pending::<()>().await;
        });
        let mut future = Box::pin(future);
        handle.abort();
        assert_eq!(future.as_mut().await, Err(Aborted));
        assert_eq!(Rc::strong_count(&held), 1);
        drop(future);
    });
}

/// 기다리다 만 것은 `Waker`를 남기지 않는다.
#[test]
fn a_dropped_wait_leaves_nothing() {
    block_on_virtual(async {
        let stop = Shutdown::new();
        for _ in 0..10 {
            let early = timeout(Duration::from_millis(1), stop.requested()).await;
            assert!(early.is_err());
        }
        assert_eq!(stop.waiting(), 0);
    });
}

// ANCHOR: keeps_no_waker
/// 핸들이 남아 있어도 끝난 태스크의 `Waker`는 쥐고 있지 않는다.
#[test]
fn a_left_handle_keeps_no_waker() {
    struct Count;
    impl std::task::Wake for Count {
        fn wake(self: Arc<Self>) {}
    }
    let waker = Arc::new(Count);
    let (future, handle) = abortable(pending::<()>());
    let mut future = Box::pin(future);
    let given = Arc::clone(&waker).into();
    let mut cx = std::task::Context::from_waker(&given);
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert_eq!(Arc::strong_count(&waker), 3);
    drop(future);
    assert_eq!(Arc::strong_count(&waker), 2);
    handle.abort();
}
// ANCHOR_END: keeps_no_waker

#[test]
fn an_abort_from_another_thread_wakes_a_parked_executor() {
    let (give, handle) = mpsc::channel();
    let canceller = thread::spawn(move || {
        let handle: AbortHandle = handle.recv().unwrap();
        handle.abort();
    });
    let (future, handle) = abortable(pending::<()>());
    give.send(handle).unwrap();
    assert_eq!(block_on(future), Err(Aborted));
    canceller.join().unwrap();
}

#[test]
fn a_blocking_job_runs_on_after_an_abort() {
    let (pool, ran) = (Pool::new(1), Arc::new(AtomicBool::new(false)));
    let (started, has_started) = oneshot::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let done = Arc::clone(&ran);
    block_on_virtual(async {
        let task = spawn_blocking(&pool, move || {
            _ = started.send(());
            may_go.recv().unwrap();
            done.store(true, Ordering::SeqCst);
        });
        has_started.await.unwrap();
        task.abort();
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
    });
    assert!(!ran.load(Ordering::SeqCst));
    go.send(()).unwrap();
    drop(pool);
    assert!(ran.load(Ordering::SeqCst));
}

#[test]
fn a_blocking_job_answers_and_panics_like_a_task() {
    let pool = Pool::new(1);
    block_on_virtual(async {
        assert_eq!(spawn_blocking(&pool, || 6 * 7).await.unwrap(), 42);
        let fallen = spawn_blocking(&pool, || panic!("넘어짐"));
        assert!(matches!(fallen.await, Err(JoinError::Panicked(_))));
    });
}

#[test]
fn an_idle_shop_is_drained_only_after_the_request() {
    block_on_virtual(async {
        let stop = Shutdown::new();
        let early = timeout(Duration::from_secs(1), stop.drained()).await;
        assert!(early.is_err(), "일이 없다고 끝난 것은 아니다");
        stop.request();
        stop.drained().await;
        assert!(stop.enter().is_none());
    });
}

#[test]
fn a_branching_job_is_counted_after_the_request() {
    let stop = Shutdown::new();
    let guard = stop.enter().unwrap();
    stop.request();
    let branch = guard.clone();
    drop(guard);
    assert_eq!(stop.guards(), 1);
    drop(branch);
    assert_eq!(stop.guards(), 0);
}

// ANCHOR: patience
/// 그만두라고 한 뒤에도 뒷정리는 기다린다.
#[test]
fn close_waits_for_the_cleanup_of_what_it_cut() {
    block_on_virtual(async {
        let (stop, start) = (Shutdown::new(), now());
        let (guard, forced) = (stop.enter().unwrap(), stop.forced());
        let cleaned = Rc::new(Cell::new(false));
        let cleaning = Rc::clone(&cleaned);
        spawn(async move {
            let _guard = guard;
            forced.await;
            sleep(Duration::from_millis(5)).await;
            cleaning.set(true);
        });
        let closed = close(&stop, Duration::from_millis(10)).await;
        assert_eq!(closed, Closed::Forced(1));
        assert!(cleaned.get());
        assert_eq!(now() - start, Duration::from_millis(15));
    });
}
// ANCHOR_END: patience

// ANCHOR: from_a_thread
/// 종료는 다른 스레드에서 알려도 된다. 잠든 실행기가 깨어난다.
#[test]
fn a_request_from_another_thread_wakes_a_parked_executor() {
    let stop = Shutdown::new();
    let given = stop.clone();
    let (parked, may_signal) = mpsc::channel();
    let signal = thread::spawn(move || {
        may_signal.recv().unwrap();
        given.request();
    });
    Executor::new(ThreadPark::new()).block_on(async {
        parked.send(()).unwrap();
        stop.requested().await;
    });
    signal.join().unwrap();
}
// ANCHOR_END: from_a_thread
