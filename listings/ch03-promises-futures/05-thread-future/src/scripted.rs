//! 정해 둔 만큼씩만 흐르는 시계. 잠들지 않고 곧바로 돌아오므로 가짜 깨어남과 같다.

use std::cell::{Cell, RefCell};
use std::sync::{Condvar, MutexGuard};
use std::time::{Duration, Instant};

use ch03_05_thread_future::Clock;

// ANCHOR: scripted
/// 잘 때마다 `step`이 흐르고 까닭 없이 깨어난다. `wakes`번 깨어난 뒤로는 남은 시간을 다 흘려보낸다.
pub struct Scripted {
    now: Cell<Instant>,
    step: Duration,
    wakes: usize,
    lefts: RefCell<Vec<Duration>>,
}
// ANCHOR_END: scripted

impl Clock for Scripted {
    fn now(&self) -> Instant {
        self.now.get()
    }

    // ANCHOR: sleep
    fn sleep<'a, T>(
        &self,
        _: &Condvar,
        guard: MutexGuard<'a, T>,
        left: Duration,
    ) -> MutexGuard<'a, T> {
        let slept = self.lefts.borrow().len();
        self.lefts.borrow_mut().push(left);
        let passed = if slept < self.wakes {
            self.step.min(left)
        } else {
            left
        };
        self.now.set(self.now.get() + passed);
        guard
    }
    // ANCHOR_END: sleep
}

impl Scripted {
    /// `step`마다 `wakes`번 까닭 없이 깨우는 시계.
    pub fn new(step: Duration, wakes: usize) -> Scripted {
        let (now, lefts) = (Cell::new(Instant::now()), RefCell::default());
        Scripted {
            now,
            step,
            wakes,
            lefts,
        }
    }

    /// 잘 때마다 받은 남은 시간.
    pub fn lefts(&self) -> Vec<Duration> {
        self.lefts.borrow().clone()
    }
}
