//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;

use ex04_06_broken_executor::Executor;

/// 이보다 많이 폴링되면 끝없이 도는 것으로 본다.
const TURNS: u32 = 50;

/// 폴링된 태스크의 이름을 차례로 적는 것.
type Log = Rc<RefCell<Vec<&'static str>>>;

/// 태스크가 맡겨 둔 `Waker`.
type Slot = Arc<Mutex<Option<Waker>>>;

/// 폴링될 때마다 `work`에 몇 번째인지 건네는 퓨처. 끝난 다음에 폴링되면 패닉한다.
fn task(
    mut work: impl FnMut(u32, &mut Context<'_>) -> Poll<()> + 'static,
) -> impl Future<Output = ()> + 'static {
    let (mut polls, mut done) = (0, false);
    poll_fn(move |cx| {
        assert!(!done, "끝난 태스크를 다시 폴링했습니다");
        polls += 1;
        assert!(polls <= TURNS, "태스크를 끝없이 폴링하고 있습니다");
        let polled = work(polls, cx);
        done = polled.is_ready();
        polled
    })
}

/// 스스로를 깨우며 `turns`번 양보하고 끝난다.
fn yields(name: &'static str, turns: u32, log: &Log) -> impl Future<Output = ()> + 'static {
    let log = Rc::clone(log);
    task(move |poll, cx| {
        log.borrow_mut().push(name);
        if poll > turns {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
}

/// `Waker`를 맡기고 기다리다가 `last`번째 폴링에 끝난다.
fn waits(
    name: &'static str,
    last: u32,
    slot: &Slot,
    log: &Log,
) -> impl Future<Output = ()> + use<> {
    let (slot, log) = (Arc::clone(slot), Rc::clone(log));
    task(move |poll, cx| {
        log.borrow_mut().push(name);
        *slot.lock().expect("테스트가 쥐지 않는다") = Some(cx.waker().clone());
        match poll >= last {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
}

fn waker(slot: &Slot) -> Waker {
    let held = slot.lock().expect("테스트가 쥐지 않는다").clone();
    held.expect("태스크가 한 번도 폴링되지 않았습니다")
}

/// 기다리지 않는 태스크는 띄운 차례로 한 번씩 돈다
#[test]
fn basic_tasks_run_in_order() {
    let (mut executor, log) = (Executor::new(), Log::default());
    executor.spawn(yields("김", 0, &log));
    executor.spawn(yields("이", 0, &log));
    assert_eq!(executor.run(), 2, "태스크마다 한 번씩 폴링해야 합니다");
    assert_eq!(
        *log.borrow(),
        ["김", "이"],
        "먼저 띄운 태스크가 먼저 돕니다"
    );
}

/// 스스로를 깨운 태스크들이 번갈아 돈다
#[test]
fn yielding_tasks_take_turns() {
    let (mut executor, log) = (Executor::new(), Log::default());
    executor.spawn(yields("김", 2, &log));
    executor.spawn(yields("이", 2, &log));
    executor.run();
    assert_eq!(
        *log.borrow(),
        ["김", "이", "김", "이", "김", "이"],
        "폴링되는 동안 스스로를 깨운 태스크는 줄의 맨 뒤에 다시 서야 합니다"
    );
    assert_eq!(executor.len(), 0, "둘 다 끝났습니다");
}

/// 폴링되는 동안 깨운 다른 태스크도 같은 run에서 돈다
#[test]
fn a_task_wakes_another() {
    let (mut executor, log) = (Executor::new(), Log::default());
    let slot = Slot::default();
    executor.spawn(waits("손님", 2, &slot, &log));
    let seen = Rc::clone(&log);
    executor.spawn(task(move |_, _| {
        seen.borrow_mut().push("주방");
        waker(&slot).wake();
        Poll::Ready(())
    }));
    assert_eq!(
        executor.run(),
        3,
        "주방이 깨운 손님까지 폴링하고 나서 돌아와야 합니다"
    );
    assert_eq!(
        *log.borrow(),
        ["손님", "주방", "손님"],
        "이미 한 번 폴링된 손님도 깨우면 다시 서야 합니다"
    );
}

/// 아직 돌지 않은 태스크를 깨워도 한 번만 돈다
#[test]
fn waking_a_queued_task_adds_nothing() {
    let (mut executor, log) = (Executor::new(), Log::default());
    let slot = Slot::default();
    executor.spawn(waits("손님", 3, &slot, &log));
    executor.run();
    for _ in 0..3 {
        waker(&slot).wake();
    }
    assert_eq!(
        executor.run(),
        1,
        "세 번 깨워도 폴링되기 전이면 줄에는 한 번만 섭니다"
    );
    waker(&slot).wake();
    assert_eq!(
        executor.run(),
        1,
        "폴링된 다음에 온 깨움은 다시 줄을 세워야 합니다"
    );
    assert_eq!(executor.len(), 0, "세 번째 폴링에서 끝났습니다");
}

/// 다른 스레드가 깨운 태스크는 다음 run에서 돈다
#[test]
fn another_thread_wakes_a_task() {
    let (mut executor, log) = (Executor::new(), Log::default());
    let slot = Slot::default();
    executor.spawn(waits("손님", 2, &slot, &log));
    assert_eq!(executor.run(), 1, "처음 한 번만 폴링합니다");
    assert_eq!(executor.run(), 0, "아무도 깨우지 않았습니다");
    let theirs = waker(&slot);
    thread::spawn(move || theirs.wake())
        .join()
        .expect("깨우는 스레드가 패닉했습니다");
    assert_eq!(executor.run(), 1, "밖에서 깨운 태스크를 폴링해야 합니다");
    assert_eq!(executor.len(), 0, "두 번째 폴링에서 끝났습니다");
}

/// 끝난 태스크를 깨워도 다시 폴링하지 않는다
#[test]
fn a_late_wake_polls_nobody() {
    let (mut executor, log) = (Executor::new(), Log::default());
    let slot = Slot::default();
    executor.spawn(waits("손님", 1, &slot, &log));
    assert_eq!(executor.run(), 1, "한 번에 끝나는 태스크입니다");
    waker(&slot).wake();
    assert_eq!(executor.run(), 0, "끝난 태스크는 폴링하지 않습니다");
    executor.spawn(yields("다음", 0, &log));
    assert_eq!(executor.run(), 1, "늦은 깨움 뒤에도 새 태스크는 돕니다");
}

/// 스스로를 깨우고 끝난 태스크도 다시 폴링하지 않는다
#[test]
fn a_task_that_wakes_itself_and_ends_is_done() {
    let mut executor = Executor::new();
    executor.spawn(task(|_, cx| {
        cx.waker().wake_by_ref();
        Poll::Ready(())
    }));
    assert_eq!(
        executor.run(),
        1,
        "깨운 번호가 줄에 남아 있어도 끝난 태스크는 폴링하지 않습니다"
    );
}

/// 끝나지 않은 태스크만 센다
#[test]
fn only_unfinished_tasks_are_counted() {
    let (mut executor, log) = (Executor::new(), Log::default());
    let slot = Slot::default();
    executor.spawn(yields("김", 0, &log));
    executor.spawn(waits("손님", 2, &slot, &log));
    assert_eq!(executor.len(), 2, "띄웠지만 아직 돌지 않았습니다");
    executor.run();
    assert_eq!(executor.len(), 1, "손님만 남아 있습니다");
}

/// 끝난 퓨처는 Waker가 남아 있어도 곧바로 버려진다
#[test]
fn a_finished_future_is_dropped_at_once() {
    let mut executor = Executor::new();
    let (held, left) = (Rc::new(()), Rc::new(Cell::new(usize::MAX)));
    let slot = Slot::default();
    let (resource, keeper) = (Rc::clone(&held), Arc::clone(&slot));
    executor.spawn(task(move |_, cx| {
        let _uses = &resource;
        *keeper.lock().expect("테스트가 쥐지 않는다") = Some(cx.waker().clone());
        Poll::Ready(())
    }));
    let (watched, seen) = (Rc::clone(&held), Rc::clone(&left));
    executor.spawn(task(move |_, _| {
        seen.set(Rc::strong_count(&watched));
        Poll::Ready(())
    }));
    executor.run();
    assert_eq!(
        left.get(),
        2,
        "다음 태스크가 돌 때 끝난 퓨처는 이미 버려졌어야 합니다. 세는 쪽이 쥔 둘만 남습니다"
    );
    drop(waker(&slot));
}

/// 버려지며 태스크를 깨운다.
struct WakesWhenDropped(Waker);

impl Drop for WakesWhenDropped {
    fn drop(&mut self) {
        self.0.wake_by_ref();
    }
}

/// 퓨처가 버려지며 깨워도 된다
#[test]
fn a_future_may_wake_while_it_is_dropped() {
    let (mut executor, mut held) = (Executor::new(), None);
    executor.spawn(task(move |_, cx| {
        held = Some(WakesWhenDropped(cx.waker().clone()));
        Poll::Ready(())
    }));
    assert_eq!(executor.run(), 1, "끝난 태스크를 깨웠을 뿐입니다");
    assert_eq!(executor.len(), 0, "한 번에 끝났습니다");
}
