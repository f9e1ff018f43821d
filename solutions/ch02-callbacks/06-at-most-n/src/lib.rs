//! 한꺼번에 도는 일의 수를 묶는다.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard};

type Job = Box<dyn FnOnce(Slot) + Send>;

struct State {
    free: usize,
    waiting: VecDeque<Job>,
    /// 누군가 일을 꺼내어 시작하고 있다.
    is_starting: bool,
}

/// 한꺼번에 도는 일의 수를 묶는다. 복제해도 같은 자리를 나누어 쓴다.
#[derive(Clone)]
pub struct Limiter(Arc<Mutex<State>>);

/// 자리 하나. 버리면 자리가 돌아간다.
pub struct Slot(Limiter);

impl Limiter {
    /// 자리 `limit`개를 둔다.
    ///
    /// # Panics
    ///
    /// `limit`이 0이면 패닉한다.
    pub fn new(limit: usize) -> Limiter {
        assert!(limit > 0, "자리가 없으면 아무 일도 시작하지 못합니다");
        Limiter(Arc::new(Mutex::new(State {
            free: limit,
            waiting: VecDeque::new(),
            is_starting: false,
        })))
    }

    /// 자리가 나는 대로 `job`을 시작한다.
    pub fn run(&self, job: impl FnOnce(Slot) + Send + 'static) {
        self.state().waiting.push_back(Box::new(job));
        self.start_waiting();
    }

    /// 자리가 있는 동안 기다리던 일을 차례대로 시작한다.
    fn start_waiting(&self) {
        {
            let mut state = self.state();
            // 이미 누가 꺼내고 있으면 그 반복이 방금 난 자리도 본다. 그래서 호출이 겹치지 않는다.
            if state.is_starting {
                return;
            }
            state.is_starting = true;
        }
        while let Some(job) = self.next() {
            let start = || job(Slot(self.clone()));
            // 일이 패닉해도 반복은 이어진다. 여기서 빠져나가면 깃발이 선 채로 남는다.
            let _ = catch_unwind(AssertUnwindSafe(start));
        }
    }

    /// 시작할 일을 자리와 함께 꺼낸다. 없으면 같은 락 안에서 깃발을 내린다.
    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        let job = match state.free {
            0 => None,
            _ => state.waiting.pop_front(),
        };
        match job {
            Some(_) => state.free -= 1,
            None => state.is_starting = false,
        }
        job
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("락을 쥔 채 패닉하지 않는다")
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.state().free += 1;
        self.0.start_waiting();
    }
}
