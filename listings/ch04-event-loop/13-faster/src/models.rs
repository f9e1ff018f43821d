//! loom이 스레드의 차례를 빠짐없이 바꿔 가며, 깨움을 잃거나 두 번 돌려주거나 돌려준 것을 만지는지 본다.
//!
//! `task.rs`와 `mailbox.rs`와 런타임의 닫기까지 그대로이다. 소켓을 기다리는 자리만 loom의 `park`로 바꾸었다.

use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use crate::mailbox::Mailbox;
use crate::{JoinError, JoinHandle, Runtime, spawn};

/// 모든 것이 끝난 뒤에 우편함의 참조를 세어, 돌려주지 않은 태스크가 없는지 본다.
struct Census(Arc<Mailbox>);

impl Census {
    fn none_left(self) {
        assert_eq!(Arc::strong_count(&self.0), 1, "돌려주지 않은 태스크가 있다");
    }
}

fn runtime() -> (Runtime, Census) {
    let own = thread::current();
    let runtime = Runtime::model(move || own.unpark());
    let census = Census(runtime.mailbox());
    (runtime, census)
}

/// 태스크 하나를 띄우고 한 번 폴링한다.
fn start<F: Future<Output: Send> + 'static>(runtime: &Runtime, future: F) -> JoinHandle<F::Output> {
    let (mut future, mut handle) = (Some(future), None);
    let once = || match future.take() {
        Some(future) => {
            handle = Some(spawn(future));
            false
        }
        None => true,
    };
    runtime.model_until(once, || unreachable!("폴링만 한다"));
    handle.unwrap()
}

fn run_until(runtime: &Runtime, done: impl FnMut() -> bool) {
    runtime.model_until(done, thread::park);
}

/// 깨우면 그 스레드를 깨우는 `Waker`.
struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// 다른 스레드에서 결과를 기다린다.
fn join<T>(mut handle: JoinHandle<T>) -> Result<T, JoinError> {
    loop {
        // 폴링할 때마다 `Waker`를 바꾼다. 맡긴 것을 갈아 끼우는 길도 보게 된다.
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        match Pin::new(&mut handle).poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
}

/// 깃발이 설 때까지 기다리는 퓨처와, 폴링될 때마다 내놓는 `Waker`.
fn flag(up: &Arc<AtomicBool>) -> (impl Future<Output = u32> + use<>, Rc<RefCell<Option<Waker>>>) {
    let (slot, up) = (Rc::<RefCell<Option<Waker>>>::default(), Arc::clone(up));
    let give = Rc::clone(&slot);
    let future = poll_fn(move |cx| match up.load(Ordering::Acquire) {
        true => Poll::Ready(7),
        false => {
            give.borrow_mut().get_or_insert_with(|| cx.waker().clone());
            Poll::Pending
        }
    });
    (future, slot)
}

/// 기다리는 태스크 하나와 그 `Waker`.
fn waiting(runtime: &Runtime, up: &Arc<AtomicBool>) -> (JoinHandle<u32>, Waker) {
    let (future, slot) = flag(up);
    let handle = start(runtime, future);
    let waker = slot.borrow_mut().take().unwrap();
    (handle, waker)
}

// ANCHOR: wake_against_poll
/// 폴링과 다른 스레드의 깨움이 겹친다. 폴링하는 동안 온 깨움도 잃지 않는다.
#[test]
fn a_wake_during_a_poll_is_kept() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let up = Arc::new(AtomicBool::new(false));
        let (handle, waker) = waiting(&runtime, &up);
        let other = thread::spawn(move || {
            waker.wake_by_ref(); // 헛깨움. 이것으로 도는 폴링과 아래의 깨움이 겹친다.
            up.store(true, Ordering::Release);
            waker.wake();
        });
        run_until(&runtime, || handle.is_finished());
        other.join().unwrap();
        assert_eq!(join(handle).unwrap(), 7);
        drop(runtime);
        census.none_left();
    });
}
// ANCHOR_END: wake_against_poll

/// 태스크가 스스로를 깨워 줄에 서는 것과 다른 스레드의 깨움이 겹친다.
#[test]
fn a_wake_from_both_sides_queues_once() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let up = Arc::new(AtomicBool::new(false));
        let (handle, waker) = waiting(&runtime, &up);
        let own = waker.clone();
        let other = thread::spawn(move || {
            up.store(true, Ordering::Release);
            waker.wake();
        });
        let mut first = Some(own);
        run_until(&runtime, || {
            first.take().into_iter().for_each(Waker::wake); // 런타임의 안이므로 바로 줄에 선다.
            handle.is_finished()
        });
        drop(handle);
        drop(runtime);
        other.join().unwrap();
        census.none_left();
    });
}

/// 결과를 기다리기 시작하는 것과 끝나는 것이 겹친다.
#[test]
fn a_join_meets_the_end() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let up = Arc::new(AtomicBool::new(true));
        let (sent, mut handle) = (flag(&up).0, None);
        let mut future = Some(sent);
        let mut other = None;
        run_until(&runtime, || {
            if let Some(future) = future.take() {
                handle = Some(spawn(future));
                let handle = handle.take().unwrap();
                other = Some(thread::spawn(move || join(handle)));
                return false;
            }
            true
        });
        assert_eq!(other.unwrap().join().unwrap().unwrap(), 7);
        drop(runtime);
        census.none_left();
    });
}

/// 핸들을 버리는 것과 끝나는 것이 겹친다. 결과는 꼭 한 번 버려진다.
#[test]
fn a_dropped_handle_meets_the_end() {
    struct Once(std::sync::Arc<std::sync::atomic::AtomicUsize>);
    impl Drop for Once {
        fn drop(&mut self) {
            self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    }
    loom::model(|| {
        let (runtime, census) = runtime();
        let drops = std::sync::Arc::<std::sync::atomic::AtomicUsize>::default();
        let (mut output, mut other) = (Some(Once(drops.clone())), None);
        run_until(&runtime, || {
            if let Some(output) = output.take() {
                let handle = spawn(async move { output });
                other = Some(thread::spawn(move || drop(handle)));
                return false;
            }
            true
        });
        other.unwrap().join().unwrap();
        drop(runtime);
        census.none_left();
        assert_eq!(drops.load(std::sync::atomic::Ordering::Relaxed), 1);
    });
}

/// 취소와 끝이 겹친다. 결과는 둘 가운데 하나이고, 기다리던 쪽은 반드시 듣는다.
#[test]
fn an_abort_meets_the_end() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let mut other = None;
        run_until(&runtime, || {
            if other.is_none() {
                let handle = spawn(async { 7 });
                other = Some(thread::spawn(move || {
                    handle.abort();
                    join(handle)
                }));
                return false;
            }
            true
        });
        drop(runtime);
        let result = other.unwrap().join().unwrap();
        assert!(matches!(result, Ok(7) | Err(JoinError::Cancelled)));
        census.none_left();
    });
}

// ANCHOR: close_against_wake
/// 줄에 선 태스크가 있는 채로 닫는 것과 다른 스레드의 깨움이 겹친다.
fn close_while_queued(close: fn(Runtime)) {
    loom::model(move || {
        let (runtime, census) = runtime();
        let (handle, waker) = waiting(&runtime, &Arc::new(AtomicBool::new(false)));
        drop(handle);
        let mut own = Some(waker.clone());
        let other = thread::spawn(move || waker.wake());
        run_until(&runtime, || {
            own.take().into_iter().for_each(Waker::wake); // 줄에 세우고, 폴링하지 않은 채 나온다.
            true
        });
        close(runtime);
        other.join().unwrap();
        census.none_left();
    });
}

#[test]
fn closing_meets_a_wake() {
    close_while_queued(drop);
}
// ANCHOR_END: close_against_wake

// ANCHOR: close_too_early
#[test]
#[should_panic(expected = "Causality violation")]
fn closing_the_mailbox_first_touches_a_freed_task() {
    close_while_queued(|runtime| runtime.close_too_early());
}
// ANCHOR_END: close_too_early

/// 닫힌 뒤에 깨워도, 남은 `Waker`가 마지막이면 그쪽이 돌려준다.
#[test]
fn a_late_waker_frees_the_task() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let up = Arc::new(AtomicBool::new(false));
        let (handle, waker) = waiting(&runtime, &up);
        let (one, two) = (waker.clone(), waker);
        let other = thread::spawn(move || {
            one.wake();
            join(handle)
        });
        drop(runtime);
        two.wake();
        assert!(matches!(other.join().unwrap(), Err(JoinError::Cancelled)));
        census.none_left();
    });
}

/// 잠든 태스크는 다른 스레드가 취소하면 깨어나 끝난다.
#[test]
fn an_abort_wakes_a_waiting_task() {
    loom::model(|| {
        let (runtime, census) = runtime();
        let handle = start(&runtime, pending::<u32>());
        let done = Arc::new(AtomicBool::new(false));
        let (told, own) = (Arc::clone(&done), thread::current());
        let other = thread::spawn(move || {
            handle.abort();
            let result = join(handle);
            told.store(true, Ordering::Release);
            own.unpark();
            result
        });
        run_until(&runtime, || done.load(Ordering::Acquire));
        assert!(matches!(other.join().unwrap(), Err(JoinError::Cancelled)));
        drop(runtime);
        census.none_left();
    });
}
