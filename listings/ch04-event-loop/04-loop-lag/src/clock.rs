//! 가상 시계와 진짜 시계. 루프는 둘을 가리지 않는다.

use std::hint;
use std::time::{Duration, Instant};

// ANCHOR: clock
pub enum Clock {
    /// 처리 함수가 막았다고 말한 만큼만 흐르는 시계.
    Virtual(Duration),
    Real(Instant),
}

impl Clock {
    pub fn now(&self) -> Duration {
        match self {
            Clock::Virtual(now) => *now,
            Clock::Real(start) => start.elapsed(),
        }
    }

    /// `cost`가 걸리는 계산. 진짜 시계에서는 정말로 코어를 쓴다.
    pub fn block(&mut self, cost: Duration) {
        match self {
            Clock::Virtual(now) => *now += cost,
            Clock::Real(_) => spin(cost),
        }
    }
}
// ANCHOR_END: clock

/// `cost` 동안 코어를 쓴다.
pub fn spin(cost: Duration) {
    let start = Instant::now();
    while start.elapsed() < cost {
        hint::spin_loop();
    }
}

pub const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}
