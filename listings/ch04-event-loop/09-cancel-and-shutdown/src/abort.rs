//! 퓨처를 밖에서 그만두게 한다.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use ch04_05_task_queue::{JoinError, JoinHandle};
use pin_project_lite::pin_project;

use crate::sync::{Mutex, lock, wake};

// ANCHOR: handle
/// 퓨처를 그만두게 하는 핸들. 어느 스레드에서나 쓸 수 있다.
#[derive(Clone)]
pub struct AbortHandle(Arc<Mutex<State>>);

pub(crate) struct State {
    aborted: bool,
    waker: Option<Waker>,
}

impl AbortHandle {
    /// 다음에 폴링될 때 퓨처를 버리게 한다. 이미 나온 결과는 바꾸지 않는다.
    pub fn abort(&self) {
        wake(self.mark());
    }

    /// 그만두라고 적고, 깨울 태스크를 돌려준다.
    pub(crate) fn mark(&self) -> Option<Waker> {
        let mut state = lock(&self.0);
        state.aborted = true;
        state.waker.take()
    }
    // ANCHOR_END: handle

    // ANCHOR: check
    /// 그만두라는 말이 있었는가. 없었으면 `Waker`를 맡는다.
    fn is_aborted_or_wait(&self, waker: &Waker) -> bool {
        let waker = waker.clone(); // 남의 코드이므로 락을 얻기 전에 부른다.
        let mut state = lock(&self.0);
        if state.aborted {
            return true;
        }
        let before = state.waker.replace(waker);
        drop(state);
        drop(before);
        false
    }
    // ANCHOR_END: check
}

/// 밖에서 그만두게 한 것.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

// ANCHOR: abortable
pin_project! {
    /// 밖에서 그만두게 할 수 있는 퓨처. 끝난 뒤에 다시 폴링하면 패닉한다.
    pub struct Abortable<F> {
        #[pin]
        future: Option<F>,
        handle: AbortHandle,
    }

    impl<F> PinnedDrop for Abortable<F> {
        fn drop(this: Pin<&mut Self>) {
            let waker = lock(&this.handle.0).waker.take();
            drop(waker); // 핸들이 남아 있어도 태스크는 놓아준다.
        }
    }
}

/// 퓨처와, 그것을 그만두게 할 핸들.
pub fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let (aborted, waker) = (false, None);
    let handle = AbortHandle(Arc::new(Mutex::new(State { aborted, waker })));
    let (future, given) = (Some(future), handle.clone());
    (Abortable { future, handle }, given)
}
// ANCHOR_END: abortable

// ANCHOR: poll
impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if this.handle.is_aborted_or_wait(cx.waker()) {
            this.future.set(None); // 알리기 전에 버린다.
            return Poll::Ready(Err(Aborted));
        }
        let future = this.future.as_mut().as_pin_mut();
        let future = future.expect("끝난 Abortable을 다시 폴링했습니다");
        let output = ready!(future.poll(cx));
        this.future.set(None);
        Poll::Ready(Ok(output))
    }
}
// ANCHOR_END: poll

// ANCHOR: spawn
/// 태스크의 결과를 기다리고, 태스크를 그만두게도 하는 핸들. 버려도 태스크는 계속 돈다.
pub struct Handle<T> {
    join: JoinHandle<Result<T, Aborted>>,
    abort: AbortHandle,
}

/// 퓨처를 그만두게 할 수 있는 태스크로 띄운다.
///
/// # Panics
///
/// 실행기 밖에서 부르면 패닉한다.
pub fn spawn<F>(future: F) -> Handle<F::Output>
where
    F: Future + 'static,
    F::Output: Send + 'static,
{
    let (future, abort) = abortable(future);
    let join = ch04_05_task_queue::spawn(future);
    Handle { join, abort }
}
// ANCHOR_END: spawn

impl<T> Handle<T> {
    /// 다음에 돌 차례에 퓨처를 버리게 한다. 버려졌으면 결과는 [`JoinError::Cancelled`]이다.
    ///
    /// 한 번의 폴링으로 끝까지 가는 태스크는 멈추지 못한다.
    pub fn abort(&self) {
        self.abort.abort();
    }

    /// 다른 곳에서 그만두게 할 핸들.
    pub fn abort_handle(&self) -> AbortHandle {
        self.abort.clone()
    }

    /// 결과가 나왔는가.
    pub fn is_finished(&self) -> bool {
        self.join.is_finished()
    }
}

// ANCHOR: join
impl<T> Future for Handle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let output = ready!(Pin::new(&mut self.join).poll(cx));
        Poll::Ready(output.and_then(|output| output.map_err(|Aborted| JoinError::Cancelled)))
    }
}
// ANCHOR_END: join
