//! 2의 거듭제곱으로 칸을 나눈 히스토그램.

use std::fmt;
use std::time::Duration;

// ANCHOR: histogram
/// 칸 하나가 앞의 칸보다 두 배 넓다. `n`번 칸에는 비트로 `n`자리인 마이크로초가 든다.
#[derive(Clone)]
pub struct Histogram {
    buckets: [u64; 65],
    max: u64,
}

impl Histogram {
    pub fn record(&mut self, value: Duration) {
        let micros = u64::try_from(value.as_micros()).unwrap_or(u64::MAX);
        self.buckets[(u64::BITS - micros.leading_zeros()) as usize] += 1;
        self.max = self.max.max(micros);
    }
    // ANCHOR_END: histogram

    // ANCHOR: percentile
    /// 기록의 `percent`퍼센트가 이 값을 넘지 않는다. 참값의 두 배보다는 작다.
    pub fn percentile(&self, percent: u64) -> Duration {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let mut ends = (0..).zip(&self.buckets).map(|(bits, count)| {
            seen += count;
            (seen, (1u128 << bits) - 1) // 칸의 끝
        });
        let end = ends
            .find(|(seen, _)| *seen >= rank)
            .map_or(0, |(_, end)| end);
        Duration::from_micros(self.max.min(u64::try_from(end).unwrap_or(u64::MAX)))
    }
    // ANCHOR_END: percentile
}

impl Default for Histogram {
    fn default() -> Histogram {
        Histogram {
            buckets: [0; 65],
            max: 0,
        }
    }
}

impl Histogram {
    pub fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }

    pub fn max(&self) -> Duration {
        Duration::from_micros(self.max)
    }
}

fn millis(value: Duration) -> f64 {
    value.as_secs_f64() * 1000.0
}

impl fmt::Display for Histogram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most) = (self.percentile(50), self.percentile(99));
        let (half, most, max) = (millis(half), millis(most), millis(self.max()));
        let count = self.count();
        write!(
            f,
            "{count}번, p50 {half:.1}ms, p99 {most:.1}ms, 최대 {max:.1}ms"
        )
    }
}
