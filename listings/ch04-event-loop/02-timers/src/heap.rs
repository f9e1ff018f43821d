//! 이진 힙으로 만든 타이머. 취소한 것은 나중에 치운다.

use std::cell::Cell;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use crate::Timers;
use crate::slots::{Key, Slots};

thread_local! {
    static COMPARISONS: Cell<u64> = const { Cell::new(0) };
}

/// 이 스레드의 힙들이 지금까지 기한을 비교한 횟수.
pub fn comparisons() -> u64 {
    COMPARISONS.get()
}

#[derive(PartialEq, Eq)]
struct Entry {
    deadline: u64,
    key: Key,
}

// ANCHOR: order
impl Ord for Entry {
    /// 기한이 같으면 번호표가 작은 것이 먼저이다. 힙 자체는 같은 것의 순서를 지켜 주지 않는다.
    fn cmp(&self, other: &Entry) -> Ordering {
        COMPARISONS.set(COMPARISONS.get() + 1);
        let order = |entry: &Entry| (entry.deadline, entry.key.ticket);
        order(self).cmp(&order(other))
    }
}
// ANCHOR_END: order

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// 이진 힙. `next_deadline`은 정확하다.
pub struct Heap<T> {
    queue: BinaryHeap<Reverse<Entry>>,
    values: Slots<T>,
    now: u64,
}

impl<T> Heap<T> {
    /// 빈 힙을 만든다.
    pub fn new() -> Heap<T> {
        Heap {
            queue: BinaryHeap::new(),
            values: Slots::new(),
            now: 0,
        }
    }

    /// 아직 꺼내지 않은 값의 수.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// 남은 값이 없는가.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// 힙에 든 항목의 수. 취소했지만 아직 치우지 않은 것도 센다.
    pub fn entries(&self) -> usize {
        self.queue.len()
    }

    // ANCHOR: tidy
    /// 죽은 항목이 산 것보다 `SMALL`개 넘게 많으면 한꺼번에 치운다. 맨 위에는 죽은 것을 두지 않는다.
    fn tidy(&mut self) {
        let Heap { queue, values, .. } = self;
        if queue.len() > 2 * values.len() + SMALL {
            queue.retain(|Reverse(entry)| values.contains(entry.key));
        }
        while let Some(Reverse(top)) = queue.peek()
            && !values.contains(top.key)
        {
            queue.pop();
        }
    }
    // ANCHOR_END: tidy
}

/// 이보다 적게 쌓인 것은 치우지 않는다.
const SMALL: usize = 64;

impl<T> Default for Heap<T> {
    fn default() -> Heap<T> {
        Heap::new()
    }
}

impl<T> Timers<T> for Heap<T> {
    // ANCHOR: heap_insert
    fn insert(&mut self, deadline: u64, value: T) -> Key {
        let key = self.values.insert(value);
        let deadline = deadline.max(self.now);
        self.queue.push(Reverse(Entry { deadline, key }));
        key
    }

    fn cancel(&mut self, key: Key) -> Option<T> {
        let value = self
            .values
            .contains(key)
            .then(|| self.values.take(key.index));
        self.tidy();
        value
    }
    // ANCHOR_END: heap_insert

    fn next_deadline(&self) -> Option<u64> {
        self.queue.peek().map(|Reverse(top)| top.deadline)
    }

    fn pop(&mut self, now: u64) -> Option<T> {
        self.now = self.now.max(now);
        let top = self.queue.peek_mut()?;
        if top.0.deadline > self.now {
            return None;
        }
        let Reverse(top) = PeekMut::pop(top);
        let value = self.values.take(top.key.index);
        self.tidy();
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // ANCHOR: bounded
        #[test]
        fn dead_entries_never_outnumber_the_living_by_much(
            deadlines in prop::collection::vec(0u64..1_000, 1..500),
            cancels in prop::collection::vec(any::<prop::sample::Index>(), 1..500),
        ) {
            let mut heap = Heap::new();
            let keys: Vec<Key> = deadlines.iter().map(|at| heap.insert(*at, ())).collect();
            for which in cancels {
                heap.cancel(*which.get(&keys));
                prop_assert!(heap.entries() <= 2 * heap.len() + SMALL);
            }
        }
        // ANCHOR_END: bounded
    }
}
