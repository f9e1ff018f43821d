//! 태스크 하나. 퓨처는 실행기의 스레드를 떠나지 않고, 상태와 결과만 다른 스레드와 나누어 쥔다.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::AcqRel;
use std::task::{Context, Poll, Wake, Waker};
use std::{fmt, mem};

use pin_project_lite::pin_project;

use crate::executor;
use crate::mailbox::Mailbox;
use crate::sync::{AtomicBool, Mutex, lock};

/// 태스크의 열쇠. 칸의 번호와 세대이다.
pub(crate) type Key = mio::Token;

// ANCHOR: task
/// 깨우는 쪽과 기다리는 쪽이 나누어 쥐는 것. 퓨처는 여기에 없다.
pub(crate) struct Task<T> {
    queued: AtomicBool,
    key: Key,
    mailbox: Arc<Mailbox>,
    output: Mutex<Output<T>>,
}

enum Output<T> {
    /// 아직이다. 기다리는 쪽이 있으면 그 `Waker`를 맡아 둔다.
    Pending(Option<Waker>),
    Ready(Result<T, JoinError>),
    /// 이미 가져갔거나, 가져갈 쪽이 없다.
    Gone,
}
// ANCHOR_END: task

// ANCHOR: wake
impl<T: Send + 'static> Wake for Task<T> {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, AcqRel) {
            executor::schedule(&self.mailbox, self.key);
        }
    }
}
// ANCHOR_END: wake

impl<T> Task<T> {
    /// 줄에 선 채로 시작하는 태스크.
    pub(crate) fn new(key: Key, mailbox: Arc<Mailbox>) -> Task<T> {
        Task {
            queued: AtomicBool::new(true),
            key,
            mailbox,
            output: Mutex::new(Output::Pending(None)),
        }
    }

    /// 폴링하기 전에 부른다. 폴링하는 사이에 온 깨움은 다시 줄에 세운다.
    pub(crate) fn begin(&self) {
        self.queued.swap(false, AcqRel);
    }

    // ANCHOR: finish
    fn finish(&self, output: Result<T, JoinError>) {
        let mut slot = lock(&self.output);
        let before = match *slot {
            Output::Gone => Output::Ready(output),
            _ => mem::replace(&mut *slot, Output::Ready(output)),
        };
        drop(slot);
        match before {
            Output::Pending(waker) => waker.into_iter().for_each(Waker::wake),
            // 가져갈 쪽이 없는 값이다. 그 Drop이 패닉해도 실행기는 계속 돈다.
            unclaimed => _ = catch_unwind(AssertUnwindSafe(|| drop(unclaimed))),
        }
    }
    // ANCHOR_END: finish
}

// ANCHOR: run_struct
pin_project! {
    /// 실행기가 쥐는 쪽. 퓨처와, 폴링할 때 건넬 `Waker`.
    struct Run<F: Future> {
        #[pin]
        future: Option<F>,
        task: Arc<Task<F::Output>>,
        waker: Waker,
    }

    impl<F: Future> PinnedDrop for Run<F> {
        fn drop(this: Pin<&mut Self>) {
            this.close(Err(JoinError::Cancelled));
        }
    }
}
// ANCHOR_END: run_struct

// ANCHOR: runnable
/// 실행기의 칸에 든 태스크. 결과의 타입은 지워졌다.
pub(crate) type Runnable = Pin<Box<dyn RunOnce>>;

pub(crate) trait RunOnce {
    /// 한 번 폴링한다. 끝났으면 결과를 남기고 `Ready`를 돌려준다.
    fn run(self: Pin<&mut Self>) -> Poll<()>;
}
// ANCHOR_END: runnable

// ANCHOR: run
impl<F: Future> RunOnce for Run<F> {
    fn run(mut self: Pin<&mut Self>) -> Poll<()> {
        let this = self.as_mut().project();
        let future = this.future.as_pin_mut();
        let future = future.expect("끝난 태스크는 칸에 없다");
        let mut cx = Context::from_waker(this.waker);
        this.task.begin();
        let output = match catch_unwind(AssertUnwindSafe(|| future.poll(&mut cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => Ok(value),
            Err(panic) => Err(JoinError::Panicked(panic)),
        };
        self.close(output);
        Poll::Ready(())
    }
}
// ANCHOR_END: run

// ANCHOR: close
impl<F: Future> Run<F> {
    /// 퓨처를 버리고 결과를 알린다. 이미 그랬으면 아무 일도 하지 않는다.
    fn close(self: Pin<&mut Self>, mut output: Result<F::Output, JoinError>) {
        let mut this = self.project();
        if this.future.is_none() {
            return;
        }
        // 알리기 전에 버린다. 기다리던 쪽이 깨었을 때 퓨처가 쥔 것은 이미 놓였다.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| this.future.set(None))) {
            output = Err(JoinError::Panicked(panic));
        }
        this.task.finish(output);
    }
}
// ANCHOR_END: close

/// 퓨처를 태스크로 싼다. `key`는 실행기가 이 태스크를 찾을 열쇠이다.
pub(crate) fn new<F>(
    future: F,
    key: Key,
    mailbox: Arc<Mailbox>,
) -> (Runnable, JoinHandle<F::Output>)
where
    F: Future + 'static,
    F::Output: Send + 'static,
{
    let task = Arc::new(Task::new(key, mailbox));
    let run = Run {
        future: Some(future),
        task: Arc::clone(&task),
        waker: Waker::from(Arc::clone(&task)),
    };
    (Box::pin(run), JoinHandle { task, taken: false })
}

/// 태스크의 결과를 기다리는 퓨처. 다른 스레드에서, 다른 실행기 위에서 기다려도 된다.
///
/// 버리면 결과를 포기할 뿐 태스크는 계속 돈다.
/// 결과를 돌려준 뒤에 다시 폴링하면 패닉한다.
pub struct JoinHandle<T> {
    task: Arc<Task<T>>,
    taken: bool,
}

impl<T> JoinHandle<T> {
    /// 결과가 나왔는가.
    pub fn is_finished(&self) -> bool {
        !matches!(*lock(&self.task.output), Output::Pending(_))
    }
}

// ANCHOR: join
impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        assert!(!this.taken, "끝난 JoinHandle을 다시 폴링했습니다");
        let waker = cx.waker().clone(); // 남의 코드이므로 락을 얻기 전에 부른다.
        let mut slot = lock(&this.task.output);
        let before = mem::replace(&mut *slot, Output::Gone);
        if let Output::Ready(output) = before {
            this.taken = true;
            return Poll::Ready(output);
        }
        *slot = Output::Pending(Some(waker));
        drop(slot); // 앞서 맡은 `Waker`는 락을 푼 다음에 버린다.
        Poll::Pending
    }
}
// ANCHOR_END: join

// ANCHOR: detach
impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if !self.taken {
            let unclaimed = mem::replace(&mut *lock(&self.task.output), Output::Gone);
            drop(unclaimed); // 락을 푼 다음에 버린다. 결과의 Drop은 남의 코드이다.
        }
    }
}
// ANCHOR_END: detach

/// 태스크가 결과를 내지 못한 까닭.
#[derive(Debug)]
pub enum JoinError {
    /// 실행기가 닫혔다.
    Cancelled,
    /// 패닉했다. 든 것은 패닉의 값이다.
    Panicked(Box<dyn Any + Send>),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            JoinError::Cancelled => "태스크가 취소되었습니다",
            JoinError::Panicked(_) => "태스크가 패닉했습니다",
        })
    }
}

impl std::error::Error for JoinError {}
