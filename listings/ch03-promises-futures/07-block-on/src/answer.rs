//! 다른 스레드가 넣는 답 하나를 기다리는 퓨처.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

struct Slot<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

/// 답을 기다리는 퓨처. 버리면 답도 버려진다.
pub struct Answer<T>(Arc<Mutex<Slot<T>>>);

/// 답을 넣는 쪽. 넣지 않고 버리면 `Answer`는 끝나지 않는다.
pub struct Giver<T>(Arc<Mutex<Slot<T>>>);

/// 이어진 한 쌍을 만든다.
pub fn answer<T>() -> (Giver<T>, Answer<T>) {
    let (value, waker) = (None, None);
    let slot = Arc::new(Mutex::new(Slot { value, waker }));
    (Giver(Arc::clone(&slot)), Answer(slot))
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> MutexGuard<'_, Slot<T>> {
    slot.lock().expect("락을 쥔 채 패닉하지 않는다")
}

// ANCHOR: answer
impl<T> Future for Answer<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut slot = lock(&self.0);
        if let Some(value) = slot.value.take() {
            return Poll::Ready(value);
        }
        slot.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl<T> Giver<T> {
    /// 답을 넣고 깨운다.
    pub fn give(self, value: T) {
        let mut slot = lock(&self.0);
        slot.value = Some(value);
        let waker = slot.waker.take();
        drop(slot); // 깨어난 쪽이 곧바로 이 락을 얻으려고 한다.
        if let Some(waker) = waker {
            waker.wake();
        }
    }
    // ANCHOR_END: answer

    // ANCHOR: nudge
    /// 답 없이 깨우기만 한다.
    pub fn nudge(&self) {
        let waker = lock(&self.0).waker.clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
    // ANCHOR_END: nudge
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::*;

    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_dropped_giver_wakes_nobody() {
        let (giver, mut answer) = answer::<u32>();
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&count));
        let mut cx = Context::from_waker(&waker);
        assert!(Pin::new(&mut answer).poll(&mut cx).is_pending());
        giver.nudge();
        drop(giver);
        assert_eq!(count.0.load(Ordering::Relaxed), 1, "nudge만 깨웠다");
    }
}
