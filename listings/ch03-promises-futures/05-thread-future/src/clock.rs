//! 시계. 테스트에서는 기다리지 않고도 시간을 흘린다.

use std::time::{Duration, Instant};

use crate::sync::{Condvar, MutexGuard};

// ANCHOR: clock
/// 지금이 언제인지 알고, 종이 울리거나 시간이 흐를 때까지 재운다.
pub trait Clock {
    /// 지금.
    fn now(&self) -> Instant;

    /// 락을 풀고 `bell`을 기다린다. `left`가 흐르거나 까닭 없이 돌아올 수도 있다.
    fn sleep<'a, T>(
        &self,
        bell: &Condvar,
        guard: MutexGuard<'a, T>,
        left: Duration,
    ) -> MutexGuard<'a, T>;
}
// ANCHOR_END: clock

/// 운영체제의 시계.
pub struct SystemClock;

// ANCHOR: system
impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep<'a, T>(
        &self,
        bell: &Condvar,
        guard: MutexGuard<'a, T>,
        left: Duration,
    ) -> MutexGuard<'a, T> {
        let woken = bell.wait_timeout(guard, left);
        woken.expect("락을 쥔 채 패닉하지 않는다").0
    }
}
// ANCHOR_END: system
