//! 지금 몇이 들어와 있는지, 가장 많을 때 몇이었는지, 몇 개의 스레드에서 들어왔는지 센다.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard};
use std::thread::{self, ThreadId};

// ANCHOR: gauge
#[derive(Default)]
pub struct Gauge(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    now: usize,
    most: usize,
    threads: HashSet<ThreadId>,
}

impl Gauge {
    /// 돌려준 값이 버려질 때까지 들어와 있는 것으로 센다.
    pub fn enter(&self) -> Inside<'_> {
        let mut counts = self.counts();
        counts.now += 1;
        counts.most = counts.most.max(counts.now);
        counts.threads.insert(thread::current().id());
        Inside(self)
    }
    // ANCHOR_END: gauge

    /// 들어온 스레드의 수와, 한꺼번에 들어와 있던 수 가운데 가장 큰 값.
    pub fn read(&self) -> (usize, usize) {
        let counts = self.counts();
        (counts.threads.len(), counts.most)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().expect("오염되지 않는다")
    }
}

pub struct Inside<'a>(&'a Gauge);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.counts().now -= 1;
    }
}
