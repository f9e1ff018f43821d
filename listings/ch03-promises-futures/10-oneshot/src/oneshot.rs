//! 값 하나를 한 번 건네는 채널.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex, lock, wake};

// ANCHOR: slot
pub(crate) struct Slot<T> {
    pub(crate) value: Option<T>,
    pub(crate) waker: Option<Waker>,
    /// 한쪽이 버려졌다. 값을 넣은 송신자도 버려진 것으로 친다.
    pub(crate) closed: bool,
}

/// 값을 보내는 쪽. 보내지 않고 버리면 받는 쪽은 [`Canceled`]를 듣는다.
pub struct Sender<T>(pub(crate) Arc<Mutex<Slot<T>>>);

/// 값을 기다리는 퓨처. 버리면 이미 온 값도 버려진다.
///
/// 끝난 뒤에 다시 폴링하면 안 된다. 패닉하지는 않지만 무엇이 나올지 정하지 않았다.
pub struct Receiver<T>(pub(crate) Arc<Mutex<Slot<T>>>);

/// 보내는 쪽이 값을 보내지 않고 버려졌다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canceled;
// ANCHOR_END: slot

impl fmt::Display for Canceled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("보내는 쪽이 값을 보내지 않고 버려졌습니다")
    }
}

impl Error for Canceled {}

/// 이어진 한 쌍을 만든다.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (value, waker, closed) = (None, None, false);
    let slot = Slot {
        value,
        waker,
        closed,
    };
    let slot = Arc::new(Mutex::new(slot));
    (Sender(Arc::clone(&slot)), Receiver(slot))
}

// ANCHOR: send
impl<T> Sender<T> {
    /// 값을 보낸다. 받는 쪽이 이미 버려졌으면 값을 돌려준다.
    ///
    /// `Ok`는 값이 건너갔다는 뜻일 뿐이다. 받는 쪽이 꺼내지 않고 버릴 수도 있다.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut slot = lock(&self.0);
        if slot.closed {
            return Err(value);
        }
        slot.value = Some(value);
        Ok(()) // 깨우는 일은 self가 버려질 때 한다.
    }

    /// 받는 쪽이 버려졌는지 본다. 아니라고 답한 직후에 버려질 수도 있다.
    pub fn is_closed(&self) -> bool {
        lock(&self.0).closed
    }
}
// ANCHOR_END: send

// ANCHOR: drop_sender
impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        slot.closed = true;
        let waker = slot.waker.take();
        drop(slot); // 깨우는 코드는 남의 것이라 이 락을 얻으려고 할 수 있다.
        wake(waker);
    }
}
// ANCHOR_END: drop_sender

// ANCHOR: poll
impl<T> Future for Receiver<T> {
    type Output = Result<T, Canceled>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = cx.waker().clone();
        let mut slot = lock(&self.0);
        if let Some(value) = slot.value.take() {
            return Poll::Ready(Ok(value));
        }
        if slot.closed {
            return Poll::Ready(Err(Canceled));
        }
        let old = slot.waker.replace(waker);
        drop(slot);
        drop(old); // Waker를 버리는 코드도 남의 것이다.
        Poll::Pending
    }
}
// ANCHOR_END: poll

// ANCHOR: drop_receiver
impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        slot.closed = true;
        let left = (slot.value.take(), slot.waker.take());
        drop(slot);
        drop(left); // T의 drop이 이 채널의 송신자를 건드릴 수도 있다.
    }
}
// ANCHOR_END: drop_receiver
