//! 여러 스레드가 함께 올리는 카운터.

use crate::sync::atomic::{AtomicUsize, Ordering};

/// 0에서 시작하는 카운터.
#[derive(Default)]
pub struct Counter(AtomicUsize);

impl Counter {
    /// 0인 카운터를 만든다.
    pub fn new() -> Self {
        Self(AtomicUsize::new(0))
    }

    /// 지금의 값.
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    // ANCHOR: lossy
    /// 읽고, 하나 더해, 쓴다. 읽기와 쓰기 사이에 남이 쓴 값은 덮어써서 잃는다.
    pub fn add_in_two_steps(&self) {
        let seen = self.0.load(Ordering::Relaxed);
        self.0.store(seen + 1, Ordering::Relaxed);
    }
    // ANCHOR_END: lossy

    // ANCHOR: whole
    /// 읽고 더해 쓰는 일을 끊기지 않게 한 번에 한다.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    // ANCHOR_END: whole
}

#[cfg(all(test, not(any(feature = "loom", feature = "shuttle"))))]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Instant;

    /// 두 스레드가 한 번씩 올린 카운터의 값.
    fn added_by_two(add: fn(&Counter)) -> usize {
        let counter = Counter::new();
        thread::scope(|s| {
            s.spawn(|| add(&counter));
            s.spawn(|| add(&counter));
        });
        counter.get()
    }

    /// 두 스레드가 서로 시작한 것을 본 다음에 한 번씩 올린 카운터의 값.
    fn added_together(add: fn(&Counter)) -> usize {
        let (counter, ready) = (Counter::new(), AtomicUsize::new(0));
        let run = || {
            ready.fetch_add(1, Ordering::Relaxed);
            while ready.load(Ordering::Relaxed) < 2 {
                std::hint::spin_loop();
            }
            add(&counter);
        };
        thread::scope(|s| {
            s.spawn(run);
            s.spawn(run);
        });
        counter.get()
    }

    #[test]
    fn two_threads_add_two() {
        for _ in 0..1_000 {
            assert_eq!(added_by_two(Counter::add), 2);
        }
    }

    /// measured.toml의 값을 잰다.
    #[test]
    #[ignore = "잴 때만 돌린다"]
    fn measure_lost_updates() {
        let rounds = 100_000;
        let start = Instant::now();
        let lost = (0..rounds)
            .filter(|_| added_by_two(Counter::add_in_two_steps) != 2)
            .count();
        println!("{rounds}번 가운데 잃은 것: {lost}, {:?}", start.elapsed());
        let lost = (0..rounds)
            .filter(|_| added_together(Counter::add_in_two_steps) != 2)
            .count();
        println!("함께 출발시킨 {rounds}번 가운데 잃은 것: {lost}");
    }
}
