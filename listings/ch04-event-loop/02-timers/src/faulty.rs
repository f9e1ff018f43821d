//! 틀린 꼴들. 테스트가 틀린 대로 되는지 확인한다.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use ch04_02_timers::{Timers, Wheel};

// ANCHOR: hoarding
/// 취소한 것의 기한을 힙에 그대로 두는 타이머.
pub struct HoardingHeap<T> {
    pub queue: BinaryHeap<Reverse<(u64, u64)>>,
    pub values: HashMap<u64, T>,
    next_id: u64,
}

impl<T> HoardingHeap<T> {
    pub fn insert(&mut self, deadline: u64, value: T) -> u64 {
        self.next_id += 1;
        self.queue.push(Reverse((deadline, self.next_id)));
        self.values.insert(self.next_id, value);
        self.next_id
    }

    pub fn cancel(&mut self, id: u64) -> Option<T> {
        self.values.remove(&id)
    }
    // ANCHOR_END: hoarding

    // ANCHOR: hoarding_pop
    /// 값이 없는 기한은 취소한 것이니 건너뛴다.
    pub fn pop(&mut self, now: u64) -> Option<T> {
        while self.queue.peek()?.0.0 <= now {
            let Reverse((_, id)) = self.queue.pop()?;
            if let Some(value) = self.values.remove(&id) {
                return Some(value);
            }
        }
        None
    }
    // ANCHOR_END: hoarding_pop
}

impl<T> HoardingHeap<T> {
    pub fn new() -> HoardingHeap<T> {
        HoardingHeap {
            queue: BinaryHeap::new(),
            values: HashMap::new(),
            next_id: 0,
        }
    }
}

// ANCHOR: batch
/// 기한이 된 것을 먼저 다 모으고 나서 하나씩 부른다.
pub fn run_in_batch<T>(wheel: &mut Wheel<T>, now: u64, mut call: impl FnMut(&mut Wheel<T>, T)) {
    let batch: Vec<T> = wheel.expire(now).collect();
    for value in batch {
        call(wheel, value);
    }
}
// ANCHOR_END: batch

/// 자리의 번호만 열쇠로 주는 목록.
#[derive(Default)]
pub struct BareIndex<T> {
    slots: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> BareIndex<T> {
    pub fn insert(&mut self, value: T) -> usize {
        let index = self.free.pop().unwrap_or(self.slots.len());
        self.slots
            .resize_with(self.slots.len().max(index + 1), || None);
        self.slots[index] = Some(value);
        index
    }

    pub fn cancel(&mut self, index: usize) -> Option<T> {
        let value = self.slots[index].take()?;
        self.free.push(index);
        Some(value)
    }
}
