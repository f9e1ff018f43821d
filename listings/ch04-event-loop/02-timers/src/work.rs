//! 힙과 고리와 휠이 한 일을 센다.

use std::collections::VecDeque;

use ch04_02_timers::{Heap, Timers, Wheel, comparisons};

use crate::ring::{Ring, checking};

/// 1틱이 1밀리초이면 1분이다.
pub const SPAN: u64 = 60_000;

/// 1부터 `SPAN`까지에 흩어진, 늘 같은 기한들.
pub fn deadlines(count: u64) -> impl Iterator<Item = u64> {
    let mut state = 1u64;
    (0..count).map(move |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % SPAN + 1
    })
}

/// 타이머 하나에 든 일의 수.
pub struct PerTimer {
    pub heap: f64,
    pub ring: Option<f64>,
    pub wheel: f64,
}

// ANCHOR: all_fire
/// 모두 넣고, 한 틱씩 가며 모두 꺼낸다.
pub fn all_fire(count: u64) -> PerTimer {
    let (mut heap, mut ring, mut wheel) = (Heap::new(), Ring::new(), Wheel::new());
    let before = comparisons();
    for deadline in deadlines(count) {
        heap.insert(deadline, ());
        ring.insert(deadline, ());
        wheel.insert(deadline, ());
    }
    for now in 1..=SPAN {
        let fired = heap.expire(now).count();
        assert_eq!(fired, ring.tick(checking).len());
        assert_eq!(fired, wheel.expire(now).count());
    }
    let heap = comparisons() - before;
    per_timer(count, heap, Some(ring.looks), wheel.moves())
}
// ANCHOR_END: all_fire

/// 모두 취소한다.
pub fn all_cancelled(count: u64) -> PerTimer {
    let mut both = (Heap::new(), Wheel::new());
    let before = comparisons();
    requests(
        count,
        &mut both,
        |(heap, wheel), deadline| (heap.insert(deadline, ()), wheel.insert(deadline, ())),
        |(heap, wheel), (in_heap, in_wheel)| {
            assert!(heap.cancel(in_heap).is_some() && wheel.cancel(in_wheel).is_some());
        },
    );
    per_timer(count, comparisons() - before, None, both.1.moves())
}

// ANCHOR: requests
/// 틱마다 요청이 하나 와서 1분짜리 타임아웃을 걸고, 5틱 뒤에 취소한다. 기한이 더 이른 것도 하나 있다.
pub fn requests<S, K>(
    count: u64,
    timers: &mut S,
    insert: fn(&mut S, u64) -> K,
    cancel: fn(&mut S, K),
) {
    insert(timers, SPAN / 2);
    let mut waiting = VecDeque::new();
    for now in 0..count {
        waiting.push_back(insert(timers, now + SPAN));
        if waiting.len() > 5
            && let Some(key) = waiting.pop_front()
        {
            cancel(timers, key);
        }
    }
}
// ANCHOR_END: requests

fn per_timer(count: u64, heap: u64, ring: Option<u64>, wheel: u64) -> PerTimer {
    let each = |total: u64| total as f64 / count as f64;
    PerTimer {
        heap: each(heap),
        ring: ring.map(each),
        wheel: each(wheel),
    }
}
