//! 시각과 틱을 오가는 시계. 기한은 올리고 지금은 내린다.

use std::time::{Duration, Instant};

// ANCHOR: clock
/// `start`부터 틱을 세는 단조 시계.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
    tick: Duration,
}

impl Clock {
    /// 이 시각까지 다 지난 틱의 수. 내린다.
    pub fn now(&self, at: Instant) -> u64 {
        to_u64(self.nanos(at) / self.tick.as_nanos())
    }

    /// 이 시각보다 이르지 않은 첫 틱. 올린다.
    pub fn deadline(&self, at: Instant) -> u64 {
        to_u64(self.nanos(at).div_ceil(self.tick.as_nanos()))
    }
}
// ANCHOR_END: clock

fn to_u64(ticks: u128) -> u64 {
    u64::try_from(ticks).unwrap_or(u64::MAX)
}

impl Clock {
    /// `start`를 0틱으로 하는 시계를 만든다.
    ///
    /// # Panics
    ///
    /// `tick`이 0이면 패닉한다.
    pub fn new(start: Instant, tick: Duration) -> Clock {
        assert!(!tick.is_zero(), "틱의 길이는 0보다 길어야 합니다");
        Clock { start, tick }
    }

    fn nanos(&self, at: Instant) -> u128 {
        at.saturating_duration_since(self.start).as_nanos()
    }

    /// 이 시각부터 `tick`번째 틱이 될 때까지 남은 시간. 이미 지났으면 0이다.
    pub fn wait(&self, tick: u64, at: Instant) -> Duration {
        let nanos = self.tick.as_nanos().saturating_mul(u128::from(tick));
        let until = Duration::from_nanos(to_u64(nanos));
        until.saturating_sub(at.saturating_duration_since(self.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // ANCHOR: never_early
        #[test]
        fn a_deadline_is_never_early_and_late_by_less_than_a_tick(
            tick in 1u64..5_000_000,
            ticks in 0u64..1_000,
            rest in prop_oneof![Just(0), 0u64..5_000_000],
        ) {
            let (start, tick, nano) = (Instant::now(), Duration::from_nanos(tick), Duration::from_nanos(1));
            let clock = Clock::new(start, tick);
            let at = start + tick * ticks as u32 + Duration::from_nanos(rest);
            let is_due = |now| clock.deadline(at) <= clock.now(now);
            prop_assert!(at == start || !is_due(at - nano));
            prop_assert!(is_due(at + tick - nano));
        }
        // ANCHOR_END: never_early

        #[test]
        fn waiting_ends_exactly_at_the_tick(
            tick in 1u64..5_000_000,
            deadline in 0u64..1_000_000,
            at in 0u64..10_000_000_000,
        ) {
            let start = Instant::now();
            let clock = Clock::new(start, Duration::from_nanos(tick));
            let at = start + Duration::from_nanos(at);
            let wait = clock.wait(deadline, at);
            prop_assert!(clock.now(at + wait) >= deadline);
            let early = wait.saturating_sub(Duration::from_nanos(1));
            prop_assert!(wait.is_zero() || clock.now(at + early) < deadline);
        }
    }

    #[test]
    fn the_end_of_time_does_not_overflow() {
        let start = Instant::now();
        let clock = Clock::new(start, Duration::from_secs(1));
        assert!(clock.wait(u64::MAX, start) > Duration::from_secs(1 << 33));
    }
}
