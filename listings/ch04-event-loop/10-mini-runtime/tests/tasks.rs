//! 태스크의 한살이. 조인, 취소, 패닉, 다른 스레드와 다른 런타임, 닫는 도중.

#![allow(clippy::async_yields_async)] // 핸들을 런타임 밖에서 조인하는 테스트들이 있다.

use std::cell::{Cell, RefCell};
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use ch04_10_mini_runtime::channel::channel;
use ch04_10_mini_runtime::net::TcpListener;
use ch04_10_mini_runtime::time::{interval, now, sleep, timeout};
use ch04_10_mini_runtime::{
    Either, JoinError, JoinHandle, Runtime, block_on, select, spawn, spawn_blocking, yield_now,
};

/// 버려지면 패닉한다.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("버리다가 넘어졌다");
    }
}

/// 버려지면 센다.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn message(error: JoinError) -> String {
    match error {
        JoinError::Panicked(panic) => panic.downcast_ref::<&str>().unwrap().to_string(),
        JoinError::Cancelled => String::from("취소"),
    }
}

/// 폴링될 때마다 받은 `Waker`를 내주고 기다린다.
struct Leave(Rc<RefCell<Option<Waker>>>);

impl Future for Leave {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.0.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    }
}

#[test]
fn abort_before_the_first_poll() {
    block_on(async {
        let polled = Rc::new(Cell::new(false));
        let seen = Rc::clone(&polled);
        let task = spawn(async move { seen.set(true) });
        task.abort();
        assert!(!task.is_finished());
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
        assert!(!polled.get());
        assert_eq!(Rc::strong_count(&polled), 1);
    });
}

#[test]
fn abort_after_the_end_keeps_the_result() {
    block_on(async {
        let task = spawn(async { 7 });
        yield_now().await;
        assert!(task.is_finished());
        task.abort();
        yield_now().await;
        assert_eq!(task.await.unwrap(), 7);
    });
}

#[test]
fn abort_from_inside_waits_for_the_poll_to_end() {
    block_on(async {
        let slot: Rc<RefCell<Option<JoinHandle<()>>>> = Rc::default();
        let (own, steps) = (Rc::clone(&slot), Rc::new(Cell::new(0)));
        let count = Rc::clone(&steps);
        let handle = spawn(async move {
            own.borrow().as_ref().unwrap().abort();
            count.set(1); // 이번 폴링은 끝까지 돈다.
            yield_now().await;
            count.set(2);
        });
        *slot.borrow_mut() = Some(handle);
        let handle = {
            yield_now().await;
            yield_now().await;
            slot.borrow_mut().take().unwrap()
        };
        assert!(matches!(handle.await, Err(JoinError::Cancelled)));
        assert_eq!(steps.get(), 1);
    });
}

#[test]
fn abort_from_another_thread() {
    block_on(async {
        let task = spawn(pending::<()>());
        yield_now().await;
        let other = thread::spawn(move || {
            task.abort();
            futures::executor::block_on(task)
        });
        let result = spawn_blocking(move || other.join().unwrap()).await.unwrap();
        assert!(matches!(result, Err(JoinError::Cancelled)));
    });
}

#[test]
fn a_panic_in_the_futures_drop_is_the_result() {
    block_on(async {
        let stuck = spawn(async {
            let _bomb = Bomb;
            pending::<()>().await;
        });
        yield_now().await;
        stuck.abort();
        assert_eq!(message(stuck.await.unwrap_err()), "버리다가 넘어졌다");
        assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
    });
}

/// 폴링은 `Bomb`을 내놓고, 퓨처 자신도 버려지다가 패닉한다.
struct TwoBombs(Bomb);

impl Future for TwoBombs {
    type Output = Bomb;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Bomb> {
        Poll::Ready(Bomb)
    }
}

#[test]
fn a_lost_result_that_panics_stays_in_its_task() {
    block_on(async {
        let task = spawn(TwoBombs(Bomb));
        let Err(error) = task.await else { panic!("퓨처의 Drop이 패닉했다") };
        assert_eq!(message(error), "버리다가 넘어졌다");
    });
}

#[test]
fn an_unclaimed_result_that_panics_stays_in_its_task() {
    block_on(async {
        drop(spawn(async { Bomb }));
        yield_now().await;
        assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
    });
}

#[test]
fn a_dropped_handle_leaves_the_task_running() {
    let done = Rc::new(Cell::new(false));
    block_on(async {
        let flag = Rc::clone(&done);
        drop(spawn(async move {
            yield_now().await;
            flag.set(true);
        }));
        yield_now().await;
        yield_now().await;
    });
    assert!(done.get());
}

#[test]
#[should_panic(expected = "끝난 JoinHandle을 다시 폴링했습니다")]
fn a_joined_handle_cannot_be_joined_again() {
    block_on(async {
        let mut task = spawn(async {});
        (&mut task).await.unwrap();
        _ = task.await;
    });
}

#[test]
fn a_task_is_joined_on_tokio_and_on_futures() {
    for join in [
        |task: JoinHandle<u32>| {
            let tokio = tokio::runtime::Builder::new_current_thread().build().unwrap();
            tokio.block_on(task).unwrap()
        },
        |task: JoinHandle<u32>| futures::executor::block_on(task).unwrap(),
    ] {
        let answer = block_on(async move {
            let (tx, rx) = futures::channel::oneshot::channel();
            let task = spawn(async move { rx.await.unwrap() });
            let other = thread::spawn(move || join(task));
            tx.send(9).unwrap();
            spawn_blocking(move || other.join().unwrap()).await.unwrap()
        });
        assert_eq!(answer, 9);
    }
}

#[test]
fn closing_cancels_what_is_left_and_what_it_spawns() {
    /// 버려질 때 태스크를 띄운다.
    struct SpawnsOnDrop(mpsc::Sender<JoinHandle<()>>, Arc<AtomicUsize>);

    impl Drop for SpawnsOnDrop {
        fn drop(&mut self) {
            let late = Counted(Arc::clone(&self.1));
            let task = spawn(async move {
                let _late = late;
                pending().await
            });
            assert!(task.is_finished());
            self.0.send(task).unwrap();
        }
    }

    let (tx, rx) = mpsc::channel();
    let dropped = Arc::new(AtomicUsize::new(0));
    let left = block_on(async {
        let held = SpawnsOnDrop(tx, Arc::clone(&dropped));
        let task = spawn(async move {
            let _held = held;
            pending::<()>().await;
        });
        yield_now().await;
        task
    });
    assert!(matches!(futures::executor::block_on(left), Err(JoinError::Cancelled)));
    let late = rx.recv().unwrap();
    assert!(matches!(futures::executor::block_on(late), Err(JoinError::Cancelled)));
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
}

#[test]
fn wakers_outlive_the_runtime() {
    let slot = Rc::default();
    let task = block_on(async {
        let task = spawn(Leave(Rc::clone(&slot)));
        yield_now().await;
        task
    });
    let waker = slot.borrow_mut().take().unwrap();
    waker.wake_by_ref();
    let other = thread::spawn(move || waker.wake());
    other.join().unwrap();
    task.abort();
    assert!(task.is_finished());
    // 새 런타임의 같은 칸에 든 태스크를 옛 `Waker`가 건드리지 않는다.
    assert_eq!(block_on(async { spawn(async { 3 }).await.unwrap() }), 3);
}

#[test]
fn a_runtime_is_used_again() {
    let runtime = Runtime::new().unwrap();
    let (mut tx, rx) = (None, Rc::new(Cell::new(0)));
    let seen = Rc::clone(&rx);
    runtime.block_on(async {
        let (send, mut recv) = channel(1);
        tx = Some(send);
        spawn(async move {
            while let Some(n) = recv.recv().await {
                seen.set(n);
            }
        });
        yield_now().await;
    });
    assert!(
        catch_unwind(AssertUnwindSafe(|| runtime.block_on(async { panic!("넘어졌다") }))).is_err()
    );
    runtime.block_on(async {
        tx.as_ref().unwrap().send(5).await.unwrap();
        yield_now().await;
    });
    assert_eq!(rx.get(), 5);
}

// ANCHOR: nested
#[test]
fn a_nested_block_on_panics_with_its_reason() {
    let nested = [|| block_on(async {}), || Runtime::new().unwrap().block_on(async {})];
    block_on(async {
        for block in nested {
            let error = spawn(async move { block() }).await.unwrap_err();
            let said = message(error);
            assert_eq!(said, "미니 런타임 안에서 다시 block_on을 부를 수 없습니다");
            // 바깥의 런타임은 그대로이다.
            assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
        }
    });
}
// ANCHOR_END: nested

#[test]
fn a_runtime_may_be_dropped_inside_another() {
    block_on(async {
        let inner = Runtime::new().unwrap();
        drop(inner);
        assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
    });
}

#[test]
#[should_panic(expected = "미니 런타임의 block_on 안에서만 부를 수 있습니다")]
fn spawn_outside_panics_with_its_reason() {
    drop(spawn(async {}));
}

/// `block_on`의 퓨처가 쉬지 않고 양보해도 시간과 다른 스레드의 소식은 온다.
#[test]
fn a_busy_main_future_starves_nobody() {
    let (give, take) = mpsc::channel::<futures::channel::oneshot::Sender<()>>();
    block_on(async move {
        let (tx, rx) = futures::channel::oneshot::channel();
        let timer = spawn(sleep(Duration::from_millis(1)));
        let remote = spawn(async move { rx.await.unwrap() });
        let other = thread::spawn(move || take.recv().unwrap().send(()).unwrap());
        give.send(tx).unwrap();
        let mut turns = 0_u64;
        while !(timer.is_finished() && remote.is_finished()) {
            yield_now().await;
            turns += 1;
            assert!(turns < 50_000_000, "소식이 오지 않는다");
        }
        other.join().unwrap();
    });
}

#[test]
fn select_prefers_the_left_and_drops_the_loser() {
    block_on(async {
        let held = Rc::new(());
        let loser = Rc::clone(&held);
        let right = async move {
            let _loser = loser;
            pending::<()>().await;
        };
        let left = async {
            yield_now().await;
            1
        };
        assert_eq!(select(left, right).await, Either::Left(1));
        assert_eq!(Rc::strong_count(&held), 1);
        assert_eq!(select(async { 1 }, async { 2 }).await, Either::Left(1));
        assert_eq!(select(pending::<()>(), async { 2 }).await, Either::Right(2));
    });
}

#[test]
fn blocking_work_panics_is_given_up_and_waited_for() {
    let done = Arc::new(AtomicUsize::new(0));
    let (hold, held) = mpsc::channel::<()>();
    let count = Arc::clone(&done);
    block_on(async move {
        let error =
            spawn_blocking(|| panic!("막다가 넘어졌다")).await.map(|(): ()| ()).unwrap_err();
        assert_eq!(message(error), "막다가 넘어졌다");
        let task = spawn_blocking(move || {
            _ = held.recv();
            count.fetch_add(1, Ordering::Relaxed);
        });
        task.abort();
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
        drop(hold);
    });
    // 포기한 일도 런타임이 닫히기 전에 끝났다.
    assert_eq!(done.load(Ordering::Relaxed), 1);
}

#[test]
fn ten_thousand_tasks() {
    block_on(async {
        let (tx, mut rx) = channel(16);
        let tasks: Vec<_> = (0..10_000_u64)
            .map(|n| {
                let tx = tx.clone();
                spawn(async move {
                    yield_now().await;
                    tx.send(n).await.unwrap();
                    n
                })
            })
            .collect();
        drop(tx);
        let (mut received, mut joined) = (0, 0);
        while let Some(n) = rx.recv().await {
            received += n;
        }
        for task in tasks {
            joined += task.await.unwrap();
        }
        assert_eq!((received, joined), (49_995_000, 49_995_000));
    });
}

#[test]
fn virtual_time_waits_for_blocking_work() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let (give, take) = mpsc::channel();
        let work = spawn_blocking(move || take.recv().unwrap());
        let start = now();
        let other = thread::spawn(move || give.send(4).unwrap());
        let answer = timeout(Duration::from_secs(60), work).await.unwrap().unwrap();
        assert_eq!((answer, now() - start), (4, Duration::ZERO));
        other.join().unwrap();
    });
}

/// 손수 띄운 스레드의 답은 런타임의 눈에 보이지 않아, 기한이 먼저 이긴다.
#[test]
fn virtual_time_does_not_wait_for_others() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let (start, (answer, asked)) = (now(), futures::channel::oneshot::channel::<u32>());
        let (go, went) = mpsc::channel::<()>();
        let other = thread::spawn(move || went.recv().map(|()| answer.send(4)));
        let late = timeout(Duration::from_secs(60), asked).await;
        assert!(late.is_err() && now() - start >= Duration::from_secs(60));
        go.send(()).unwrap();
        _ = other.join().unwrap();
        let mut listener = TcpListener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let nobody = timeout(Duration::from_secs(60), listener.accept()).await;
        assert!(nobody.is_err() && now() - start >= Duration::from_secs(120));
    });
}

/// 부르면 패닉하는 `Waker`.
struct BadWaker;

impl Wake for BadWaker {
    fn wake(self: Arc<Self>) {
        panic!("깨우다가 넘어졌다");
    }
}

#[test]
fn a_waker_that_panics_does_not_stop_the_runtime() {
    block_on(async {
        let mut task = pin!(spawn(async { 7 }));
        let waker = Waker::from(Arc::new(BadWaker));
        assert!(task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        yield_now().await; // 태스크가 끝나며 나쁜 `Waker`를 부른다.
        assert_eq!(task.await.unwrap(), 7);
        assert_eq!(spawn(async { 8 }).await.unwrap(), 8);
    });
}

#[test]
fn a_dropped_tick_is_not_lost() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let mut beat = interval(Duration::from_secs(1));
        let first = beat.tick().await;
        assert!(timeout(Duration::from_millis(500), beat.tick()).await.is_err());
        assert_eq!(beat.tick().await - first, Duration::from_secs(1));
    });
}

thread_local! {
    static HELD: Cell<Option<ch04_10_mini_runtime::time::Sleep>> = const { Cell::new(None) };
}

/// 버려지면 다른 타이머를 버리는 `Waker`.
struct DropsTimer;

impl Wake for DropsTimer {
    fn wake(self: Arc<Self>) {}
}

impl Drop for DropsTimer {
    fn drop(&mut self) {
        HELD.take();
    }
}

#[test]
fn a_waker_that_drops_a_timer_may_be_replaced() {
    block_on(async {
        let mut one = pin!(sleep(Duration::from_secs(60)));
        let waker = Waker::from(Arc::new(DropsTimer));
        assert!(one.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        drop(waker);
        let mut two = Box::pin(sleep(Duration::from_secs(60)));
        assert!(two.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        HELD.set(Some(*Pin::into_inner(two)));
        assert!(one.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(HELD.take().is_none());
    });
}
