//! loom이 스레드의 차례를 빠짐없이 바꿔 가며 깨움과 결과를 잃는지 본다.
//!
//! `Task`와 `Mailbox`와 `JoinHandle`은 런타임의 것 그대로이다. 소켓과 타이머가 없는 루프만 여기에 따로 쓴다.

use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use ch03_10_oneshot::oneshot;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use crate::mailbox::Mailbox;
use crate::task::{self, JoinError, JoinHandle, Key, Runnable};

const KEY: Key = mio::Token(0);

/// 태스크 하나를 돌리는 루프.
struct Loop {
    mailbox: Arc<Mailbox>,
    ready: VecDeque<Key>,
    runnable: Option<Runnable>,
}

impl Loop {
    fn spawn<F: Future<Output: Send> + 'static>(future: F) -> (Loop, JoinHandle<F::Output>) {
        let thread = thread::current();
        let mailbox = Arc::new(Mailbox::new(Box::new(move || thread.unpark())));
        let (runnable, handle) = task::new(future, KEY, Arc::clone(&mailbox));
        let ready = VecDeque::from([KEY]);
        (Loop { mailbox, ready, runnable: Some(runnable) }, handle)
    }

    // ANCHOR: model_loop
    /// 태스크가 끝날 때까지 돌린다. 깨움을 하나라도 잃으면 loom이 교착 상태라고 알린다.
    fn run(&mut self) {
        while let Some(runnable) = &mut self.runnable {
            match self.ready.pop_front() {
                None if self.mailbox.take_or_park(&mut self.ready) => thread::park(),
                None => {}
                Some(_) if runnable.as_mut().step(false).is_ready() => self.runnable = None,
                Some(_) => {}
            }
        }
    }
    // ANCHOR_END: model_loop
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
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        let mut cx = Context::from_waker(&waker);
        match Pin::new(&mut handle).poll(&mut cx) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
}

/// 깃발이 설 때까지 기다리는 퓨처. `Waker`를 채널로 내준다.
fn flag(give: std::sync::mpsc::Sender<Waker>, flag: Arc<AtomicBool>) -> impl Future<Output = u32> {
    poll_fn(move |cx| match flag.load(Ordering::Acquire) {
        true => Poll::Ready(7),
        false => {
            _ = give.send(cx.waker().clone());
            Poll::Pending
        }
    })
}

// ANCHOR: wake_against_poll
/// 폴링과 깨움이 겹친다. 폴링하는 동안 온 깨움도, 줄에 선 동안 온 깨움도 잃지 않는다.
#[test]
fn a_wake_during_a_poll_is_kept() {
    loom::model(|| {
        let (give, take) = std::sync::mpsc::channel();
        let up = Arc::new(AtomicBool::new(false));
        let (mut run, handle) = Loop::spawn(flag(give, Arc::clone(&up)));
        run.ready.clear();
        assert!(run.runnable.as_mut().unwrap().as_mut().step(false).is_pending());
        let waker = take.recv().unwrap();
        let other = thread::spawn(move || {
            waker.wake_by_ref(); // 헛깨움. 이것으로 도는 폴링과 아래의 깨움이 겹친다.
            up.store(true, Ordering::Release);
            waker.wake();
        });
        run.run();
        other.join().unwrap();
        assert_eq!(join(handle).unwrap(), 7);
    });
}
// ANCHOR_END: wake_against_poll

/// 끝난 다음에 온 깨움은 줄에 열쇠를 남길 뿐이다.
#[test]
fn a_wake_after_the_end_harms_nothing() {
    loom::model(|| {
        let (sender, receiver) = oneshot::channel();
        let mut kept = None;
        let (give, take) = std::sync::mpsc::channel();
        let mut receiver = receiver;
        let (mut run, handle) = Loop::spawn(poll_fn(move |cx| {
            _ = give.send(cx.waker().clone());
            Pin::new(&mut receiver).poll(cx)
        }));
        run.ready.clear();
        if run.runnable.as_mut().unwrap().as_mut().step(false).is_pending() {
            kept = take.recv().ok();
        }
        let waker = kept.unwrap();
        let other = thread::spawn(move || {
            sender.send(7).unwrap();
            waker.wake(); // 결과가 나온 다음일 수 있다.
        });
        run.run();
        other.join().unwrap();
        assert_eq!(join(handle).unwrap(), Ok(7));
        let mut left = VecDeque::new();
        run.mailbox.take_or_park(&mut left);
        assert!(left.iter().all(|key| *key == KEY) && left.len() <= 1);
    });
}

/// 결과가 나오는 것과 다른 스레드가 기다리는 것이 겹친다.
#[test]
fn a_join_sees_the_result() {
    loom::model(|| {
        let (mut run, handle) = Loop::spawn(async { 7 });
        let other = thread::spawn(move || join(handle).unwrap());
        run.run();
        assert_eq!(other.join().unwrap(), 7);
    });
}

/// 버려질 때 세는 결과.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// 결과가 나오는 것과 핸들이 버려지는 것이 겹친다. 결과는 꼭 한 번 버려진다.
#[test]
fn a_result_is_dropped_once() {
    loom::model(|| {
        let drops = Arc::new(AtomicUsize::new(0));
        let value = Counted(Arc::clone(&drops));
        let (mut run, handle) = Loop::spawn(async { value });
        let other = thread::spawn(move || drop(handle));
        run.run();
        other.join().unwrap();
        assert_eq!(drops.load(Ordering::Relaxed), 1);
    });
}

// ANCHOR: abort_against_end
/// 끝나는 것과 취소가 겹친다. 결과는 둘 가운데 하나이고, 기다리던 쪽은 반드시 듣는다.
#[test]
fn an_abort_meets_the_end() {
    loom::model(|| {
        let (mut run, handle) = Loop::spawn(async { 7 });
        let other = thread::spawn(move || {
            handle.abort();
            join(handle)
        });
        run.run();
        let result = other.join().unwrap();
        assert!(matches!(result, Ok(7) | Err(JoinError::Cancelled)));
    });
}
// ANCHOR_END: abort_against_end

/// 잠든 태스크는 취소하면 깨어나 끝난다.
#[test]
fn an_abort_wakes_a_waiting_task() {
    loom::model(|| {
        let (mut run, handle) = Loop::spawn(pending::<u32>());
        let other = thread::spawn(move || {
            handle.abort();
            join(handle)
        });
        run.run();
        assert!(matches!(other.join().unwrap(), Err(JoinError::Cancelled)));
    });
}

/// 런타임이 닫히는 것과 깨움이 겹친다. 기다리던 쪽은 취소를 듣고, 열쇠는 우편함에 남는다.
#[test]
fn closing_meets_a_wake() {
    loom::model(|| {
        let (give, take) = std::sync::mpsc::channel();
        let up = Arc::new(AtomicBool::new(false));
        let (mut run, handle) = Loop::spawn(flag(give, Arc::clone(&up)));
        run.ready.clear();
        assert!(run.runnable.as_mut().unwrap().as_mut().step(false).is_pending());
        let waker = take.recv().unwrap();
        let other = thread::spawn(move || {
            waker.wake();
            join(handle)
        });
        let mut runnable = run.runnable.take().unwrap();
        assert!(runnable.as_mut().step(true).is_ready());
        drop(runnable);
        drop(run);
        assert!(matches!(other.join().unwrap(), Err(JoinError::Cancelled)));
    });
}

/// 잠드는 것과 보내는 것이 겹친다. 두 스레드가 보낸 것이 모두 온다.
#[test]
fn the_mailbox_never_sleeps_on_a_key() {
    loom::model(|| {
        let own = thread::current();
        let mailbox = Arc::new(Mailbox::new(Box::new(move || own.unpark())));
        let others = [1, 2].map(|n| {
            let mailbox = Arc::clone(&mailbox);
            thread::spawn(move || mailbox.send(mio::Token(n)))
        });
        let mut got = VecDeque::new();
        while got.len() < 2 {
            let mut ready = VecDeque::new();
            if mailbox.take_or_park(&mut ready) {
                thread::park();
            }
            got.extend(ready);
        }
        others.into_iter().for_each(|other| other.join().unwrap());
        got.make_contiguous().sort();
        assert_eq!(got, [mio::Token(1), mio::Token(2)]);
    });
}

/// 보는 것과 적는 것을 나눈 우편함은 그 사이에 온 열쇠를 두고 잠든다.
#[test]
#[should_panic(expected = "deadlock")]
fn looking_and_parking_apart_loses_a_key() {
    loom::model(|| {
        let keys = Arc::new(loom::sync::Mutex::new(Vec::new()));
        let parked = Arc::new(AtomicBool::new(false));
        let own = thread::current();
        let (inbox, asleep) = (Arc::clone(&keys), Arc::clone(&parked));
        thread::spawn(move || {
            inbox.lock().unwrap().push(KEY);
            if asleep.swap(false, Ordering::SeqCst) {
                own.unpark();
            }
        });
        loop {
            let empty = keys.lock().unwrap().is_empty();
            if !empty {
                break;
            }
            parked.store(true, Ordering::SeqCst); // 여기까지 오는 사이에 열쇠가 왔을 수 있다.
            thread::park();
        }
    });
}
