//! 태스크 하나. 퓨처는 런타임의 스레드를 떠나지 않고, 상태와 결과만 다른 스레드와 나누어 쥔다.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::AcqRel;
use std::task::{Context, Poll, Wake, Waker};
use std::{fmt, mem};

use pin_project_lite::pin_project;

use crate::mailbox::Mailbox;
use crate::runtime;
use crate::sync::{AtomicU8, Mutex, lock};

/// 태스크의 열쇠. 칸의 번호와 세대이다.
pub(crate) type Key = mio::Token;

// ANCHOR: state
const QUEUED: u8 = 1;
const ABORTED: u8 = 2;

/// 깨우는 쪽과 기다리는 쪽이 나누어 쥐는 것.
pub(crate) struct Task<T> {
    state: AtomicU8,
    key: Key,
    mailbox: Arc<Mailbox>,
    output: Mutex<Output<T>>,
}
// ANCHOR_END: state

enum Output<T> {
    /// 아직이다. 기다리는 쪽이 있으면 그 `Waker`를 맡아 둔다.
    Pending(Option<Waker>),
    Ready(Result<T, JoinError>),
    /// 이미 가져갔거나, 가져갈 쪽이 없다.
    Gone,
}

// ANCHOR: wake
impl<T: Send + 'static> Wake for Task<T> {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // 줄에 이미 있으면 또 세우지 않는다. 끝난 태스크의 열쇠는 런타임이 알아보고 버린다.
        if self.state.fetch_or(QUEUED, AcqRel) & QUEUED == 0 {
            runtime::schedule(&self.mailbox, self.key);
        }
    }
}
// ANCHOR_END: wake

impl<T> Task<T> {
    /// 줄에 선 채로 시작하는 태스크.
    pub(crate) fn new(key: Key, mailbox: Arc<Mailbox>) -> Task<T> {
        let state = AtomicU8::new(QUEUED);
        let output = Mutex::new(Output::Pending(None));
        Task { state, key, mailbox, output }
    }

    // ANCHOR: begin
    /// 폴링하기 전에 부른다. 폴링하는 사이에 온 깨움은 다시 줄을 세운다. 취소되었으면 참이다.
    pub(crate) fn begin(&self) -> bool {
        self.state.fetch_and(!QUEUED, AcqRel) & ABORTED != 0
    }
    // ANCHOR_END: begin

    fn finish(&self, output: Result<T, JoinError>) {
        let mut slot = lock(&self.output);
        let before = match *slot {
            Output::Gone => Output::Ready(output),
            _ => mem::replace(&mut *slot, Output::Ready(output)),
        };
        drop(slot);
        // 기다리는 쪽의 Waker도, 버리는 값의 Drop도 남의 코드이다. 패닉해도 런타임은 계속 돈다.
        _ = catch_unwind(AssertUnwindSafe(|| match before {
            Output::Pending(waker) => waker.into_iter().for_each(Waker::wake),
            unclaimed => drop(unclaimed),
        }));
    }
}

pin_project! {
    /// 런타임이 쥐는 쪽. 퓨처와, 폴링할 때 건넬 `Waker`.
    struct Run<F: Future> {
        #[pin]
        future: Option<F>,
        task: Arc<Task<F::Output>>,
        waker: Waker,
    }
}

/// 런타임의 칸에 든 태스크. 결과의 타입은 지워졌다.
pub(crate) type Runnable = Pin<Box<dyn Step>>;

pub(crate) trait Step {
    /// 한 번 폴링한다. 끝났거나 취소되었으면 결과를 남기고 `Ready`를 돌려준다.
    fn step(self: Pin<&mut Self>, cancelled: bool) -> Poll<()>;
}

// ANCHOR: step
impl<F: Future> Step for Run<F> {
    fn step(self: Pin<&mut Self>, cancelled: bool) -> Poll<()> {
        let mut this = self.project();
        let mut output = if this.task.begin() || cancelled {
            Err(JoinError::Cancelled)
        } else {
            let future = this.future.as_mut().as_pin_mut();
            let future = future.expect("끝난 태스크는 칸에 없다");
            let mut cx = Context::from_waker(this.waker);
            match catch_unwind(AssertUnwindSafe(|| future.poll(&mut cx))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(value)) => Ok(value),
                Err(panic) => Err(JoinError::Panicked(panic)),
            }
        };
        // 결과를 알리기 전에 버린다. 기다리던 쪽이 깨었을 때 퓨처가 쥔 것은 이미 놓였다.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| this.future.set(None))) {
            let lost = mem::replace(&mut output, Err(JoinError::Panicked(panic)));
            _ = catch_unwind(AssertUnwindSafe(|| drop(lost)));
        }
        this.task.finish(output);
        Poll::Ready(())
    }
}
// ANCHOR_END: step

/// 퓨처를 태스크로 싼다. `key`는 런타임이 이 태스크를 찾을 열쇠이다.
pub(crate) fn new<F: Future<Output: Send> + 'static>(
    future: F,
    key: Key,
    mailbox: Arc<Mailbox>,
) -> (Runnable, JoinHandle<F::Output>) {
    let task = Arc::new(Task::new(key, mailbox));
    let run = Run {
        future: Some(future),
        task: Arc::clone(&task),
        waker: Waker::from(Arc::clone(&task)),
    };
    (Box::pin(run), JoinHandle { task, taken: false })
}

/// 태스크의 결과를 기다리는 퓨처. 다른 스레드에서, 다른 런타임 위에서 기다려도 된다.
///
/// 버리면 결과를 포기할 뿐 태스크는 계속 돈다. 그만두게 하려면 [`JoinHandle::abort`]를 부른다.
/// 결과를 돌려준 뒤에 다시 폴링하면 패닉한다.
pub struct JoinHandle<T> {
    task: Arc<Task<T>>,
    taken: bool,
}

impl<T: Send + 'static> JoinHandle<T> {
    /// 다음에 돌 차례에 퓨처를 버리게 한다. 이미 끝났으면 아무 일도 하지 않는다.
    ///
    /// 버려졌으면 결과는 [`JoinError::Cancelled`]이다. 기다리는 곳이 없는 태스크는 멈추지 못한다.
    // ANCHOR: abort
    pub fn abort(&self) {
        self.task.state.fetch_or(ABORTED, AcqRel);
        self.task.wake_by_ref();
    }
    // ANCHOR_END: abort

    /// 결과가 나왔는가.
    pub fn is_finished(&self) -> bool {
        !matches!(*lock(&self.task.output), Output::Pending(_))
    }
}

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

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if !self.taken {
            let unclaimed = mem::replace(&mut *lock(&self.task.output), Output::Gone);
            drop(unclaimed); // 락을 푼 다음에 버린다. 결과의 Drop은 남의 코드이다.
        }
    }
}

/// 태스크가 결과를 내지 못한 까닭.
#[derive(Debug)]
pub enum JoinError {
    /// `abort`했거나 런타임이 닫혔다.
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
