//! 몇 가지를 벌여 놓았고 몇 손이 일하는지 세고, 한 일을 차례로 적는 판.

use std::sync::{Mutex, MutexGuard};

// ANCHOR: board
#[derive(Default)]
pub struct Board {
    /// 시작했고 아직 끝나지 않은 요리.
    pub in_progress: Gauge,
    /// 일하러 나선 손. 코어를 얻었는지는 알 수 없다.
    pub running: Gauge,
    log: Mutex<Vec<String>>,
}
// ANCHOR_END: board

impl Board {
    pub fn note(&self, who: &str, what: &str) {
        self.log
            .lock()
            .expect("오염되지 않는다")
            .push(format!("{who}: {what}"));
    }

    pub fn lines(&self) -> Vec<String> {
        self.log.lock().expect("오염되지 않는다").clone()
    }

    /// 가장 많을 때 벌여 놓은 요리와 나선 손의 수.
    pub fn most(&self) -> (usize, usize) {
        (self.in_progress.counts().most, self.running.counts().most)
    }
}

#[derive(Default)]
pub struct Gauge(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    now: usize,
    most: usize,
}

// ANCHOR: gauge
impl Gauge {
    /// 돌려준 값이 버려질 때까지 하나로 센다.
    pub fn enter(&self) -> Inside<'_> {
        let mut counts = self.counts();
        counts.now += 1;
        counts.most = counts.most.max(counts.now);
        Inside(self)
    }
    // ANCHOR_END: gauge

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
