//! 틀린 꼴들. 테스트와 모델이 틀린 대로 되는지 확인한다.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::channel::{Send, SendError};
use crate::oneshot::{Canceled, Receiver, Sender};
use crate::sync::{Arc, lock};

// ANCHOR: is_free
/// 부를 때마다 `sender`의 락이 풀려 있는지 보는 함수를 만든다.
pub fn is_free<T>(sender: &Sender<T>) -> impl Fn() -> bool + use<T> {
    let slot = Arc::clone(&sender.0);
    move || slot.try_lock().is_ok()
}
// ANCHOR_END: is_free

/// 락을 쥔 채로 깨우는 송신자.
pub struct WakesInside<T>(pub Sender<T>);

impl<T> WakesInside<T> {
    // ANCHOR: wakes_inside
    /// 값을 보낸다.
    pub fn send(self, value: T) {
        let slot = Arc::clone(&self.0.0);
        let mut slot = lock(&slot);
        slot.value = Some(value);
        slot.waker.take().into_iter().for_each(Waker::wake);
    }
    // ANCHOR_END: wakes_inside
}

/// 값을 본 다음 락을 다시 얻어 `Waker`를 맡기는 수신자.
pub struct LooksAway<T>(pub Receiver<T>);

impl<T> Future for LooksAway<T> {
    type Output = Result<T, Canceled>;

    // ANCHOR: looks_away
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(value) = lock(&self.0.0).value.take() {
            return Poll::Ready(Ok(value));
        }
        lock(&self.0.0).waker = Some(cx.waker().clone());
        Poll::Pending
    }
    // ANCHOR_END: looks_away
}

/// 처음 폴링한 태스크의 `Waker`만 쥐는 수신자.
pub struct FirstWaker<T>(pub Receiver<T>);

impl<T> Future for FirstWaker<T> {
    type Output = Result<T, Canceled>;

    // ANCHOR: first_waker
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = lock(&self.0.0);
        if let Some(value) = slot.value.take() {
            return Poll::Ready(Ok(value));
        }
        if slot.closed {
            return Poll::Ready(Err(Canceled));
        }
        slot.waker.get_or_insert_with(|| cx.waker().clone());
        Poll::Pending
    }
    // ANCHOR_END: first_waker
}

/// 버려질 때 줄에서 나가기만 하고 다음 송신자를 깨우지 않는 퓨처.
pub struct KeepsTurn<'a, T>(pub Send<'a, T>);

impl<T> Future for KeepsTurn<'_, T> {
    type Output = Result<(), SendError<T>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx)
    }
}

// ANCHOR: keeps_turn
impl<T> Drop for KeepsTurn<'_, T> {
    fn drop(&mut self) {
        let _next = self.0.leave();
    }
}
// ANCHOR_END: keeps_turn
