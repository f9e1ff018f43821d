//! 하나씩 준비되는 퓨처들과, 깨어날 때만 폴링하는 몰이꾼.
//!
//! 같은 스레드에서 답을 넣고 폴링한다. 스레드가 오가는 시간을 빼고 조합자가 하는 일만 남는다.

use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::case::repeat;

/// 하나씩 준비되는 퓨처 `len`개로 `work`를 끝까지 돌린다. `times`번 되풀이하고 걸린 시간을 돌려준다.
pub fn timed<T>(len: usize, times: u64, work: impl AsyncFn(Vec<Child<'_>>) -> T) -> Duration {
    let slots = Slots((0..len).map(|_| Slot::default()).collect());
    repeat(times, || {
        black_box(slots.drive(work(slots.children())));
    })
}

/// 답이 올 자리들.
struct Slots(Vec<Slot>);

#[derive(Default)]
struct Slot {
    given: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

/// 자리 하나의 답을 기다리는 퓨처. 답은 자리의 번호이다.
pub struct Child<'a> {
    slot: &'a Slot,
    index: usize,
}

impl Future for Child<'_> {
    type Output = usize;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<usize> {
        if self.slot.given.get() {
            return Poll::Ready(self.index);
        }
        match &mut *self.slot.waiting.borrow_mut() {
            // 같은 것을 깨우면 복제하지 않는다.
            Some(waiting) => waiting.clone_from(cx.waker()),
            empty => *empty = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

impl Slots {
    /// 자리를 비우고, 자리마다 퓨처를 하나씩 만든다.
    fn children(&self) -> Vec<Child<'_>> {
        let numbered = self.0.iter().enumerate();
        numbered
            .map(|(index, slot)| {
                slot.given.set(false);
                Child { slot, index }
            })
            .collect()
    }

    /// 앞의 자리부터 답을 하나씩 넣으며 `future`를 끝까지 폴링한다. 아무도 깨지 않았을 때만 다음 답을 넣는다.
    fn drive<F: Future>(&self, future: F) -> F::Output {
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut cx = Context::from_waker(&waker);
        let mut future = pin!(future);
        let mut slots = self.0.iter();
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            while !woken.0.swap(false, Ordering::Relaxed) {
                let slot = slots.next().expect("답을 다 넣으면 끝난다");
                slot.given.set(true);
                let waiting = slot.waiting.take();
                waiting.into_iter().for_each(Waker::wake);
            }
        }
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_become_ready_one_a_wake_in_order() {
        let seen = RefCell::new(Vec::new());
        timed(3, 2, async |children| {
            for child in children {
                let index = child.await;
                seen.borrow_mut().push(index);
            }
        });
        assert_eq!(*seen.borrow(), [0, 1, 2, 0, 1, 2]);
    }
}
