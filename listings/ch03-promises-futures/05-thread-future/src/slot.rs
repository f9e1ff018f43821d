//! 결과가 올 자리. 채우는 쪽과 꺼내는 쪽이 나눠 쥔다.

use std::thread::Result;
use std::time::Instant;

use crate::Clock;
use crate::sync::{Condvar, Mutex, MutexGuard};

// ANCHOR: slot
pub(crate) struct Slot<T> {
    pub(crate) result: Mutex<Option<Result<T>>>,
    pub(crate) filled: Condvar,
}

impl<T> Slot<T> {
    pub(crate) fn new() -> Slot<T> {
        let (result, filled) = (Mutex::new(None), Condvar::new());
        Slot { result, filled }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Option<Result<T>>> {
        self.result.lock().expect("락을 쥔 채 패닉하지 않는다")
    }

    /// 결과를 넣고 기다리는 쪽을 깨운다.
    pub(crate) fn fill(&self, result: Result<T>) {
        *self.lock() = Some(result);
        self.filled.notify_one();
    }
    // ANCHOR_END: slot

    // ANCHOR: take
    /// 결과를 꺼낸다. 없으면 올 때까지 잔다.
    pub(crate) fn take(&self) -> Result<T> {
        let mut slot = self.lock();
        loop {
            if let Some(result) = slot.take() {
                return result;
            }
            let woken = self.filled.wait(slot);
            slot = woken.expect("락을 쥔 채 패닉하지 않는다");
        }
    }
    // ANCHOR_END: take

    // ANCHOR: take_by
    /// 결과를 꺼낸다. 없으면 `deadline`까지만 잔다.
    pub(crate) fn take_by(&self, deadline: Instant, clock: &impl Clock) -> Option<Result<T>> {
        let mut slot = self.lock();
        loop {
            // 기한이 지났어도 와 있는 결과는 준다.
            if let Some(result) = slot.take() {
                return Some(result);
            }
            let left = deadline.saturating_duration_since(clock.now());
            if left.is_zero() {
                return None;
            }
            slot = clock.sleep(&self.filled, slot, left);
        }
    }
    // ANCHOR_END: take_by
}
