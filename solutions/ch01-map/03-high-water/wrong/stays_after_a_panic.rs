// 빼는 줄이 `work` 다음에 있습니다. 일이 패닉하면 그 줄까지 가지 못하고, 끝난 일이 영영 벌여 놓은 것으로 남습니다.
// 잡는 테스트: a_panicking_work_does_not_stay, a_panicking_wait_does_not_stay

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
pub struct HighWater(Mutex<State>);

#[derive(Default)]
struct State {
    now: Counts,
    most: Counts,
}

/// 돌고 있는 일 하나. 일은 이것으로 멈추어 기다린다.
pub struct Running<'a> {
    water: &'a HighWater,
}

impl HighWater {
    /// 아직 아무 일도 없다.
    pub fn new() -> Self {
        Self::default()
    }

    /// `work`를 부르고, 그동안 벌여 놓은 일과 도는 일로 센다.
    pub fn run<T>(&self, work: impl FnOnce(&mut Running<'_>) -> T) -> T {
        self.start();
        let answer = work(&mut Running { water: self });
        self.end();
        answer
    }

    fn start(&self) {
        let mut state = self.lock();
        state.now.in_progress += 1;
        state.most.in_progress = state.most.in_progress.max(state.now.in_progress);
        drop(state);
        self.go_on();
    }

    fn go_on(&self) {
        let mut state = self.lock();
        state.now.running += 1;
        state.most.running = state.most.running.max(state.now.running);
    }

    fn end(&self) {
        let mut state = self.lock();
        state.now.in_progress -= 1;
        state.now.running -= 1;
    }

    /// 지금의 두 수.
    pub fn now(&self) -> Counts {
        self.lock().now
    }

    /// 두 수가 저마다 가장 컸을 때의 값.
    pub fn most(&self) -> Counts {
        self.lock().most
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running<'_> {
    /// `wait`를 부르는 동안에는 도는 일로 세지 않는다.
    pub fn pause<T>(&mut self, wait: impl FnOnce() -> T) -> T {
        self.water.lock().now.running -= 1;
        let answer = wait();
        self.water.go_on();
        answer
    }
}
