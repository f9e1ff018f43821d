//! 시간의 약속들.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};
use std::{sync::mpsc, thread};

use ch03_10_oneshot::oneshot;
use ch04_05_task_queue::{Executor, Park, ThreadPark};
use ch04_06_reactor::Registered;
use ch04_06_reactor::sockets::read;
use ch04_08_sleep_timeout_interval::*;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn real<F: Future>(future: F) -> F::Output {
    block_on_with(
        Time::real(),
        |time| Timed::new(ThreadPark::new(), time),
        future,
    )
}

// ANCHOR: recorded
/// 자라고 한 시간을 적는다. 너무 오래 자라고 해도 테스트가 끝나도록 50밀리초까지만 잔다.
struct Recorded(Rc<RefCell<Vec<Option<Duration>>>>, ThreadPark);

impl Park for Recorded {
    fn park(&self, timeout: Option<Duration>) {
        self.0.borrow_mut().push(timeout);
        self.1.park(timeout.map(|timeout| timeout.min(ms(50))));
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.1.unparker()
    }
}
// ANCHOR_END: recorded

// ANCHOR: earlier
/// 늦게 걸린 이른 기한이 자는 시간을 줄인다.
#[test]
fn an_earlier_timer_shortens_the_sleep() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let recorded = Recorded(Rc::clone(&asked), ThreadPark::new());
    let start = Instant::now();
    block_on_with(Time::real(), |time| Timed::new(recorded, time), async {
        drop(spawn(sleep(Duration::from_secs(3_600))));
        yield_now().await;
        spawn(sleep(ms(5))).await.unwrap();
    });
    assert!(start.elapsed() >= ms(5));
    assert!(asked.borrow().iter().flatten().all(|asked| *asked <= ms(6)));
}
// ANCHOR_END: earlier

/// 돌 태스크가 있으면 기한이 멀어도 자지 않는다.
#[test]
fn a_busy_executor_does_not_sleep() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let recorded = Recorded(Rc::clone(&asked), ThreadPark::new());
    block_on_with(Time::real(), |time| Timed::new(recorded, time), async {
        drop(spawn(sleep(Duration::from_secs(3_600))));
        for _ in 0..200 {
            yield_now().await;
        }
    });
    assert!(!asked.borrow().is_empty());
    assert!(
        asked
            .borrow()
            .iter()
            .all(|asked| *asked == Some(Duration::ZERO))
    );
}

/// 타이머가 없으면 소식이 올 때까지 잔다.
#[test]
fn without_timers_the_sleep_has_no_end() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let recorded = Recorded(Rc::clone(&asked), ThreadPark::new());
    block_on_with(Time::real(), |time| Timed::new(recorded, time), async {
        drop(timeout(ms(60_000), pending::<()>()));
        _ = timeout(ms(60_000), yield_now()).await;
        let (sender, receiver) = oneshot::channel();
        thread::spawn(move || sender.send(()));
        receiver.await.unwrap();
    });
    let asked = asked.borrow();
    assert!(asked.iter().flatten().all(|asked| asked.is_zero()));
}

/// 다른 스레드가 깨운 태스크가 기한을 걸어도 그때까지만 잔다.
#[test]
fn a_woken_task_may_set_a_timer() {
    real(async {
        drop(spawn(sleep(Duration::from_secs(3_600))));
        let (sender, receiver) = oneshot::channel();
        let worker = thread::spawn(move || sender.send(7));
        let got = receiver.await.unwrap();
        sleep(ms(2)).await;
        assert_eq!(got, 7);
        worker.join().unwrap().unwrap();
    });
}

#[test]
fn real_sleeps_are_never_early() {
    real(async {
        for micros in (0..40).map(|n| n * 137 % 3_000) {
            let deadline = now() + Duration::from_micros(micros);
            sleep(Duration::from_micros(micros)).await;
            assert!(Instant::now() >= deadline);
        }
    });
}

/// 잠은 부른 때부터 센다.
#[test]
fn a_sleep_counts_from_its_call() {
    block_on_virtual(async {
        let start = now();
        let (first, second) = (sleep(ms(10)), timeout(ms(10), pending::<()>()));
        first.await;
        assert_eq!(second.await, Err(Elapsed));
        assert_eq!(now() - start, ms(10));
    });
}

#[test]
fn a_finished_sleep_stays_finished() {
    block_on_virtual(async {
        let mut nap = sleep(ms(10));
        (&mut nap).await;
        let _other = pin!(sleep(ms(10))); // 같은 칸을 물려받는다.
        (&mut nap).await;
        (&mut sleep(Duration::ZERO)).await;
    });
}

/// 버려지며 잠도 버리는 `Waker`.
struct Holding(Mutex<Option<mpsc::Sender<()>>>);

impl Wake for Holding {
    fn wake(self: Arc<Self>) {}
}

thread_local! {
    static NAP: RefCell<Option<Pin<Box<Sleep>>>> = const { RefCell::new(None) };
}

impl Drop for Holding {
    fn drop(&mut self) {
        self.0.lock().unwrap().take();
        NAP.with_borrow_mut(|nap| nap.take());
    }
}

// ANCHOR: reentrant
/// 바꾸어 넣은 뒤의 묵은 `Waker`는 남의 `Drop`이다. 그 안에서 다른 잠을 버려도 된다.
#[test]
fn an_old_waker_may_drop_another_sleep() {
    block_on_virtual(async {
        let (dropped, gone) = mpsc::channel();
        let mut nap = sleep(ms(10));
        let mut other = Box::pin(sleep(ms(20)));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(other.as_mut().poll(&mut cx).is_pending());
        NAP.set(Some(other));
        let holding = Waker::from(Arc::new(Holding(Mutex::new(Some(dropped)))));
        assert!(
            Pin::new(&mut nap)
                .poll(&mut Context::from_waker(&holding))
                .is_pending()
        );
        drop(holding);
        assert_eq!(timers(), 2);
        assert!(Pin::new(&mut nap).poll(&mut cx).is_pending());
        assert_eq!(gone.try_recv(), Err(mpsc::TryRecvError::Disconnected));
        assert_eq!(timers(), 1);
    });
}
// ANCHOR_END: reentrant

/// 같은 `Waker`로 다시 물으면 복제하지 않는다.
#[test]
fn the_same_waker_is_not_cloned_again() {
    struct Count;
    impl Wake for Count {
        fn wake(self: Arc<Self>) {}
    }
    block_on_virtual(async {
        let count = Arc::new(Count);
        let waker = Waker::from(Arc::clone(&count));
        let mut nap = sleep(ms(10));
        for _ in 0..10 {
            let mut cx = Context::from_waker(&waker);
            assert!(Pin::new(&mut nap).poll(&mut cx).is_pending());
        }
        assert_eq!(Arc::strong_count(&count), 3);
    });
}

#[test]
fn a_tick_survives_cancellation() {
    block_on_virtual(async {
        let start = now();
        let mut ticks = interval(ms(10));
        ticks.tick().await;
        for _ in 0..4 {
            assert_eq!(
                timeout(ms(3), ticks.tick()).await.is_ok(),
                now() - start == ms(10)
            );
        }
        assert_eq!(now() - start, ms(10));
        assert_eq!(ticks.tick().await - start, ms(20));
    });
}

#[test]
fn extremes_neither_overflow_nor_hang() {
    block_on_virtual(async {
        let start = now();
        assert!(timeout(ms(1), sleep(Duration::MAX)).await.is_err());
        assert!(timeout(Duration::MAX, sleep(ms(1))).await.is_ok());
        for missed in [Missed::Burst, Missed::Skip, Missed::Delay] {
            let mut ticks = interval(Duration::MAX);
            ticks.missed = missed;
            ticks.tick().await;
            assert!(timeout(ms(1), ticks.tick()).await.is_err());
        }
        let mut ticks = interval(Duration::from_nanos(1));
        ticks.missed = Missed::Skip;
        ticks.tick().await;
        advance(ms(100));
        ticks.tick().await;
        assert_eq!(now() - start, ms(105));
    });
    let zero = || block_on_virtual(async { interval(Duration::ZERO) });
    assert!(catch_unwind(AssertUnwindSafe(zero)).is_err());
    assert!(catch_unwind(|| sleep(ms(1))).is_err());
}

/// 남은 태스크가 버려지며 시간을 써도 된다.
#[test]
fn closing_lets_a_task_use_the_time() {
    struct OnDrop(Rc<Cell<bool>>);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            drop(sleep(ms(1)));
            self.0.set(timers() == 0);
        }
    }
    let seen = Rc::new(Cell::new(false));
    let last = OnDrop(Rc::clone(&seen));
    block_on_virtual(async move {
        drop(spawn(async move {
            let _last = last;
            sleep(ms(60_000)).await;
        }));
        yield_now().await;
        assert_eq!(timers(), 1);
    });
    assert!(seen.get());
}

/// 실행기가 둘이면 시계도 둘이다.
#[test]
fn each_executor_has_its_own_clock() {
    let time = |millis| {
        block_on_virtual(async {
            let start = now();
            sleep(ms(millis)).await;
            (now() - start).as_millis()
        })
    };
    assert_eq!((time(100), time(200)), (100, 200));
    assert_eq!(Executor::new(ThreadPark::new()).block_on(async { 1 }), 1);
}

#[test]
fn virtual_time_hears_another_thread() {
    block_on_virtual(async {
        let start = now();
        let (sender, receiver) = oneshot::channel();
        let held = hold();
        let worker = thread::spawn(move || sender.send(7));
        assert_eq!(timeout(ms(1_000), receiver).await, Ok(Ok(7)));
        assert_eq!(now(), start);
        drop(held);
        sleep(ms(10)).await;
        worker.join().unwrap().unwrap();
    });
}

#[test]
fn a_socket_and_a_timer_wait_together() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut guest = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (stream, _) = listener.accept().unwrap();
    stream.set_nonblocking(true).unwrap();
    let done = block_on(async {
        let mut stream = Registered::new(mio::net::TcpStream::from_std(stream)).unwrap();
        let mut buf = [0; 16];
        assert!(timeout(ms(5), read(&mut stream, &mut buf)).await.is_err());
        let reading = spawn(async move {
            timeout(ms(60_000), read(&mut stream, &mut buf))
                .await
                .unwrap()
                .unwrap()
        });
        sleep(ms(2)).await;
        guest.write_all(b"hello").unwrap();
        let count = reading.await.unwrap();
        (count, timers())
    });
    assert_eq!(done.unwrap(), (5, 0));
}

/// 타이머만 많아도 다른 태스크의 차례가 온다.
#[test]
fn many_timers_at_once() {
    let woke = Rc::new(Cell::new(0));
    block_on_virtual(async {
        for _ in 0..10_000 {
            let woke = Rc::clone(&woke);
            drop(spawn(async move {
                sleep(ms(10)).await;
                woke.set(woke.get() + 1);
            }));
        }
        sleep(ms(11)).await;
        poll_fn(|_| Poll::Ready(())).await;
        assert_eq!(timers(), 0);
    });
    assert_eq!(woke.get(), 10_000);
}
