//! 값을 쌓지 않고 덮어쓰는 채널.

use std::future::poll_fn;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

struct Slot<T> {
    value: Option<T>,
    waker: Option<Waker>,
    closed: bool,
}

/// 값을 보내는 쪽.
pub struct Sender<T>(Arc<Mutex<Slot<T>>>);

/// 마지막 값을 기다리는 쪽.
pub struct Receiver<T>(Arc<Mutex<Slot<T>>>);

/// 송신자가 버려졌고 꺼낼 값도 없다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// 이어진 한 쌍을 만든다.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let slot = Arc::new(Mutex::new(Slot {
        value: None,
        waker: None,
        closed: false,
    }));
    (Sender(Arc::clone(&slot)), Receiver(slot))
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> MutexGuard<'_, Slot<T>> {
    slot.lock().expect("락을 쥔 채 남의 코드를 부르지 않는다")
}

/// 락을 푼 다음 깨운다.
fn wake<T>(mut slot: MutexGuard<'_, Slot<T>>) {
    let waker = slot.waker.take();
    drop(slot);
    waker.into_iter().for_each(Waker::wake);
}

impl<T> Sender<T> {
    /// 아직 꺼내지 않은 값을 `value`로 덮어쓴다.
    pub fn send(&self, value: T) {
        let mut slot = lock(&self.0);
        let _old = slot.value.replace(value); // 함수가 끝날 때, 락을 푼 다음에 버려진다.
        wake(slot);
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        slot.closed = true;
        wake(slot);
    }
}

impl<T> Receiver<T> {
    /// 꺼내지 않은 값을 꺼낸다. 없으면 값이 오거나 송신자가 버려질 때 깨운다.
    pub fn poll_changed(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, Closed>> {
        let mut waker = Some(cx.waker().clone());
        let mut slot = lock(&self.0);
        // 값을 먼저 본다. 송신자가 버려졌더라도 마지막 값은 남아 있다.
        if let Some(value) = slot.value.take() {
            return Poll::Ready(Ok(value));
        }
        if slot.closed {
            return Poll::Ready(Err(Closed));
        }
        // 맞바꾼 옛 Waker는 `slot`보다 먼저 선언한 변수에 있어, 락이 풀린 다음에 버려진다.
        mem::swap(&mut slot.waker, &mut waker);
        Poll::Pending
    }

    /// 꺼내지 않은 값을 기다린다. 끝나기 전에 버려도 잃는 값이 없다.
    pub async fn changed(&mut self) -> Result<T, Closed> {
        poll_fn(|cx| self.poll_changed(cx)).await
    }
}
