//! 벌여 놓은(in progress) 일이 열이라고 해서 열이 한꺼번에 도는(running) 것은 아닙니다. 5절의 두 계기처럼 두 수를
//! 따로 세는 `HighWater`를 완성하세요. 여러 스레드가 하나를 함께 씁니다. 빠진 곳은 `run`과 `pause`입니다. 구조체의
//! 속은 바꾸어도 됩니다.
//!
//! - `run`은 받은 일을 부르고, 일이 돌려준 값을 그대로 돌려줍니다. 그동안 벌여 놓은 일 하나이자 도는 일
//!   하나입니다.
//! - 일은 건네받은 `Running`의 `pause`로 기다립니다. 기다리는 동안에는 벌여 놓은 일이지만 도는 일이 아닙니다.
//!   `pause`가 돌아오면 다시 도는 일입니다.
//! - `most`의 두 수는 저마다 가장 컸을 때의 값입니다. 일이 끝나도 줄지 않고, 지금까지의 일을 모두 더한 것도
//!   아닙니다.
//! - 재는 것이 재는 대상을 바꾸면 안 됩니다. `run` 여럿은 서로를 기다리지 않고, 일이나 기다림 안에서 같은
//!   `HighWater`를 또 써도 됩니다.
//! - 일이나 기다림이 패닉하면 그 패닉은 `run`을 부른 쪽으로 나갑니다. 패닉한 일도 끝난 일이니 `now`의 두 수에
//!   남지 않습니다.

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
        // 여기에서 세어야 합니다.
        work(&mut Running { water: self })
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
        // 여기에서 `self.water`의 수를 고쳐야 합니다.
        let _ = self.water;
        wait()
    }
}
