// 가장 컸던 값을 새 값으로 덮어씁니다. 나중에 하나만 돌면 함께 돌았던 것을 잊습니다.
// 잡는 테스트: the_most_stays_after_the_peak

use std::sync::{Mutex, MutexGuard, PoisonError};

/// 두 수.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 시작했고 아직 끝나지 않은 일. 멈추어 기다리는 일도 들어 있다.
    pub in_progress: usize,
    /// 지금 돌고 있는 일.
    pub running: usize,
}

/// 벌여 놓은 일과 도는 일의 수, 그리고 저마다 가장 컸을 때의 값을 센다.
#[derive(Default)]
pub struct HighWater {
    in_progress: Gauge,
    running: Gauge,
}

/// 5절의 계기. 지금의 수와 가장 컸을 때의 수를 함께 쥔다.
#[derive(Default)]
struct Gauge(Mutex<(usize, usize)>);

/// 쥐고 있는 동안 하나로 센다. 일이 패닉해도 버려지면서 뺀다.
struct Inside<'a>(&'a Gauge);

impl Gauge {
    /// 락은 고치는 동안만 쥔다. 일을 부를 때에는 풀려 있다.
    fn enter(&self) -> Inside<'_> {
        let (now, most) = &mut *self.lock();
        *now += 1;
        *most = *now;
        Inside(self)
    }

    fn lock(&self) -> MutexGuard<'_, (usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.lock().0 -= 1;
    }
}

/// 돌고 있는 일 하나. 일은 이것으로 멈추어 기다린다.
pub struct Running<'a> {
    gauge: &'a Gauge,
    /// 도는 동안에만 쥐고 있다.
    inside: Option<Inside<'a>>,
}

impl HighWater {
    /// 아직 아무 일도 없다.
    pub fn new() -> Self {
        Self::default()
    }

    /// `work`를 부르고, 그동안 벌여 놓은 일과 도는 일로 센다.
    pub fn run<T>(&self, work: impl FnOnce(&mut Running<'_>) -> T) -> T {
        let _in_progress = self.in_progress.enter();
        work(&mut Running {
            gauge: &self.running,
            inside: Some(self.running.enter()),
        })
    }

    /// 지금의 두 수.
    pub fn now(&self) -> Counts {
        Counts {
            in_progress: self.in_progress.lock().0,
            running: self.running.lock().0,
        }
    }

    /// 두 수가 저마다 가장 컸을 때의 값.
    pub fn most(&self) -> Counts {
        Counts {
            in_progress: self.in_progress.lock().1,
            running: self.running.lock().1,
        }
    }
}

impl Running<'_> {
    /// `wait`를 부르는 동안에는 도는 일로 세지 않는다.
    pub fn pause<T>(&mut self, wait: impl FnOnce() -> T) -> T {
        self.inside = None;
        let answer = wait();
        self.inside = Some(self.gauge.enter());
        answer
    }
}
