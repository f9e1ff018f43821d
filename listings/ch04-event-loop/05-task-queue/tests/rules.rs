//! 실행기의 약속들.
#![cfg(not(feature = "loom"))]

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use ch03_10_oneshot::oneshot;
use ch04_05_task_queue::faulty::{ClearsLast, Unmarked, keeps_finished};
use ch04_05_task_queue::steps::{ClearsFirst, only_woken};
use ch04_05_task_queue::{Executor, JoinError, Park, ThreadPark, block_on, spawn, yield_now};

/// 버려지면 무엇이든 하는 것.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn executor() -> Executor {
    Executor::new(ThreadPark::new())
}

// ANCHOR: lost
/// 폴링하는 사이에 스스로를 깨우는 태스크.
#[test]
fn a_wake_during_the_poll_is_kept() {
    assert_eq!(only_woken::<ClearsLast>(vec![Box::pin(yield_now())]), [0]);
    assert!(only_woken::<ClearsFirst>(vec![Box::pin(yield_now())]).is_empty());
    block_on(async { spawn(yield_now()).await.unwrap() });
}
// ANCHOR_END: lost

/// 첫 물음에 세 번 깨우고 다시 물으면 끝난다.
fn thrice(polls: Rc<Cell<u32>>) -> impl Future<Output = ()> {
    poll_fn(move |cx| {
        polls.set(polls.get() + 1);
        if polls.get() > 1 {
            return Poll::Ready(());
        }
        (0..3).for_each(|_| cx.waker().wake_by_ref());
        Poll::Pending
    })
}

#[test]
fn three_wakes_are_one_poll() {
    let polls = Rc::new(Cell::new(0));
    let counted = thrice(Rc::clone(&polls));
    block_on(async { spawn(counted).await.unwrap() });
    assert_eq!(polls.get(), 2);
    // 표시가 없으면 끝난 뒤에도 줄에 둘이 남는다. 치우지 않은 퓨처를 그 줄대로 폴링하면 패닉한다.
    assert!(only_woken::<Unmarked>(vec![Box::pin(thrice(Rc::default()))]).is_empty());
    let again = || keeps_finished(vec![Box::pin(async {})], &[0, 0]);
    assert!(catch_unwind(AssertUnwindSafe(again)).is_err());
}

// ANCHOR: released
/// 깨우는 순간에 값을 쥔 곳을 센다.
struct Counts(Arc<()>, AtomicUsize);

impl Wake for Counts {
    fn wake(self: Arc<Self>) {
        self.1.store(Arc::strong_count(&self.0), Relaxed);
    }
}

#[test]
fn what_a_task_held_is_released_before_its_handle_wakes() {
    let counts = Arc::new(Counts(Arc::default(), AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&counts));
    let inner = Arc::clone(&counts.0);
    block_on(async {
        // `poll_fn`이 쥔 것은 끝난 뒤에도 퓨처를 버려야 놓인다.
        let held = poll_fn(move |_| Poll::Ready(Arc::strong_count(&inner)));
        let mut task = pin!(spawn(held));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(polled.is_pending());
        yield_now().await;
        assert!(task.is_finished());
    });
    assert_eq!(counts.1.load(Relaxed), 1);
}
// ANCHOR_END: released

#[test]
fn a_panic_is_a_value() {
    block_on(async {
        let fallen = spawn(async { panic_any(7) });
        let fine = spawn(async { 1 });
        let Err(JoinError::Panicked(why)) = fallen.await.map(|(): ()| ()) else {
            panic!("패닉이 결과로 와야 한다");
        };
        assert_eq!(why.downcast_ref(), Some(&7));
        assert_eq!(fine.await.unwrap(), 1);
    });
}

#[test]
fn a_panic_in_a_drop_is_a_value_too() {
    block_on(async {
        let task = spawn(async {
            let _bomb = OnDrop(|| panic!("버리다가"));
        });
        assert!(matches!(task.await, Err(JoinError::Panicked(_))));
        // 가져갈 쪽이 없는 결과가 버려지다가 패닉해도 실행기는 돈다.
        drop(spawn(async { OnDrop(|| panic!("결과가")) }));
        assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
    });
}

#[test]
fn a_dropped_handle_detaches() {
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
#[should_panic(expected = "끝난 JoinHandle")]
fn a_handle_is_awaited_once() {
    block_on(async {
        let mut task = spawn(async {});
        (&mut task).await.unwrap();
        assert!(task.is_finished());
        (&mut task).await.unwrap();
    });
}

#[test]
fn closing_cancels_and_drops_on_its_own_thread() {
    let here = thread::current().id();
    let dropped = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&dropped);
    let executor = executor();
    let mut task = None;
    executor.block_on(async {
        task = Some(spawn(async move {
            let _log = OnDrop(|| log.borrow_mut().push(thread::current().id()));
            pending::<()>().await;
        }));
        yield_now().await;
    });
    let task = task.unwrap();
    assert!(!task.is_finished());
    drop(executor);
    assert_eq!(*dropped.borrow(), [here]);
    assert!(matches!(block_on(task), Err(JoinError::Cancelled)));
}

/// 버려지는 태스크가 또 띄운 것은 바로 취소된다.
#[test]
fn a_spawn_while_closing_is_cancelled() {
    let born = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&born);
    let executor = executor();
    executor.block_on(async {
        drop(spawn(async move {
            let _spawns = OnDrop(|| {
                let born = spawn(async {});
                assert!(born.is_finished(), "띄우자마자 취소되어야 한다");
                slot.replace(Some(born));
            });
            pending::<()>().await;
        }));
        yield_now().await;
    });
    drop(executor);
    let born = born.take().unwrap();
    assert!(matches!(block_on(born), Err(JoinError::Cancelled)));
}

#[test]
fn a_finished_task_leaves_its_slot() {
    let executor = executor();
    for _ in 0..3 {
        executor.block_on(async {
            drop(spawn(pending::<()>()));
            for _ in 0..100 {
                spawn(async {}).await.unwrap();
            }
        });
    }
    assert_eq!(executor.tasks(), 3);
}

#[test]
fn tasks_left_over_go_on_in_the_next_block_on() {
    let executor = executor();
    let mut task = None;
    executor.block_on(async { task = Some(spawn(async { 7 })) });
    assert_eq!(executor.block_on(task.unwrap()).unwrap(), 7);
}

#[test]
fn an_executor_outlives_a_panic_of_its_main() {
    let executor = executor();
    let task = Rc::new(RefCell::new(None));
    let fall = || {
        executor.block_on(async {
            task.replace(Some(spawn(async { 7 })));
            panic!("main이");
        })
    };
    assert!(catch_unwind(AssertUnwindSafe(fall)).is_err());
    assert_eq!(executor.block_on(task.take().unwrap()).unwrap(), 7);
}

/// 실행기 안에서 다른 실행기를 만들고 버려도 밖의 것은 그대로이다.
#[test]
fn an_executor_may_be_dropped_inside_another() {
    block_on(async {
        drop(executor());
        assert_eq!(spawn(async { 7 }).await.unwrap(), 7);
    });
}

#[test]
fn a_nested_block_on_is_refused_and_the_outer_goes_on() {
    block_on(async {
        assert!(catch_unwind(|| block_on(async {})).is_err());
        assert_eq!(spawn(async { 7 }).await.unwrap(), 7);
    });
}

#[test]
#[should_panic(expected = "block_on 안에서만")]
fn spawn_needs_an_executor() {
    drop(spawn(async {}));
}

/// 실행기가 밖을 보면 다른 스레드가 값을 보낸다.
struct Outside(Cell<Option<oneshot::Sender<u32>>>);

impl Park for Outside {
    fn park(&self, _: Option<Duration>) {
        if let Some(sender) = self.0.take() {
            thread::spawn(|| sender.send(7)).join().unwrap().unwrap();
        }
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        Box::new(|| {})
    }
}

// ANCHOR: yielding_main
#[test]
fn a_yielding_main_still_hears_other_threads() {
    let (sender, receiver) = oneshot::channel();
    Executor::new(Outside(Cell::new(Some(sender)))).block_on(async {
        let task = spawn(receiver);
        for _ in 0..200 {
            yield_now().await;
        }
        assert!(task.is_finished(), "양보만 하는 main이 우편함을 굶겼다");
    });
}
// ANCHOR_END: yielding_main

/// main의 열쇠에는 세대가 없다. 늦은 깨움은 다음 main을 한 번 헛되이 폴링할 뿐이다.
#[test]
fn a_late_wake_of_main_asks_the_next_main_in_vain() {
    for (late_wake, expected) in [(false, 2), (true, 3)] {
        let executor = executor();
        let late = executor.block_on(poll_fn(|cx| Poll::Ready(cx.waker().clone())));
        if late_wake {
            late.wake();
        }
        let mut polls = 0;
        executor.block_on(async {
            let mut task = pin!(spawn(async {
                for _ in 0..200 {
                    yield_now().await; // 그 사이에 실행기가 우편함을 본다.
                }
            }));
            let waits = poll_fn(|cx| {
                polls += 1;
                task.as_mut().poll(cx)
            });
            waits.await.unwrap();
        });
        assert_eq!(polls, expected);
    }
}

/// 끝난 태스크의 칸은 다시 쓰이고, 늦은 깨움은 새 주인에게 가지 않는다.
#[test]
fn a_late_wake_does_not_reach_the_next_owner() {
    let polls = Rc::new(Cell::new(0));
    block_on(async {
        let late = spawn(poll_fn(|cx| Poll::Ready(cx.waker().clone())));
        let late = late.await.unwrap();
        let counted = Rc::clone(&polls);
        drop(spawn(poll_fn(move |_| {
            counted.set(counted.get() + 1);
            Poll::<()>::Pending
        })));
        yield_now().await;
        thread::spawn(|| late.wake()).join().unwrap();
        for _ in 0..200 {
            yield_now().await; // 우편함이 비워지고도 남는다.
        }
    });
    assert_eq!(polls.get(), 1);
}
