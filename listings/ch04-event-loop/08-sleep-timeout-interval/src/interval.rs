//! 되풀이해서 오는 틱.

use std::time::{Duration, Instant};

use crate::sleep::{CENTURY, Sleep, sleep, sleep_until};

// ANCHOR: missed
/// 때를 놓친 틱을 어떻게 할 것인가.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// 밀린 만큼 잇달아 내보낸다.
    Burst,
    /// 밀린 것을 버리고 처음의 박자로 돌아간다.
    Skip,
    /// 늦은 그때부터 다시 센다.
    Delay,
}

/// 되풀이해서 오는 틱.
pub struct Interval {
    sleep: Sleep,
    period: Duration,
    /// 놓친 틱을 다루는 법.
    pub missed: Missed,
}
// ANCHOR_END: missed

/// 첫 틱은 바로, 그다음은 `period`마다 온다. 놓친 틱은 [`Missed::Burst`]로 한다.
///
/// # Panics
///
/// `period`가 0이면 패닉한다.
pub fn interval(period: Duration) -> Interval {
    assert!(!period.is_zero(), "되풀이하는 간격은 0보다 길어야 합니다");
    Interval {
        sleep: sleep(Duration::ZERO),
        period: period.min(CENTURY),
        missed: Missed::Burst,
    }
}

impl Interval {
    // ANCHOR: tick
    /// 다음 틱을 기다려, 그 틱이 왔어야 할 시각을 돌려준다. 도중에 버려도 틱은 사라지지 않는다.
    pub async fn tick(&mut self) -> Instant {
        (&mut self.sleep).await;
        let (due, now) = (self.sleep.deadline, self.sleep.time.now());
        self.sleep = sleep_until(self.after(due, now));
        due
    }
    // ANCHOR_END: tick

    // ANCHOR: after
    /// `due`의 틱이 `now`에 왔을 때 그다음 틱의 시각.
    fn after(&self, due: Instant, now: Instant) -> Instant {
        let next = due + self.period;
        match self.missed {
            _ if now < next => next,
            Missed::Burst => next,
            Missed::Skip => now + self.period - self.past_beat(due, now),
            Missed::Delay => now + self.period,
        }
    }

    /// 지난 박자로부터 지금까지.
    fn past_beat(&self, due: Instant, now: Instant) -> Duration {
        let nanos = (now - due).as_nanos() % self.period.as_nanos();
        Duration::from_nanos(u64::try_from(nanos).expect("간격은 100년까지이다"))
    }
    // ANCHOR_END: after
}
