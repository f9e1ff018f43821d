// 일이 패닉하면 반복을 빠져나가면서 깃발을 내리지 않습니다. 자리는 돌아오지만 깃발이 선 채로 남아, 그 뒤로는 아무도 일을 꺼내지 않습니다.
// 잡는 테스트: a_panicking_job_returns_its_slot, jobs_behind_a_panicking_one_start

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

type Job = Box<dyn FnOnce(Slot) + Send>;

struct State {
    free: usize,
    waiting: VecDeque<Job>,
    is_starting: bool,
}

/// 한꺼번에 도는 일의 수를 묶는다.
#[derive(Clone)]
pub struct Limiter(Arc<Mutex<State>>);

/// 자리 하나. 버리면 자리가 돌아간다.
pub struct Slot(Limiter);

impl Limiter {
    /// 자리 `limit`개를 둔다.
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
        self.0.lock().unwrap().waiting.push_back(Box::new(job));
        self.start_waiting();
    }

    fn start_waiting(&self) {
        let mut state = self.0.lock().unwrap();
        if state.is_starting {
            return;
        }
        state.is_starting = true;
        while state.free > 0 {
            let Some(job) = state.waiting.pop_front() else {
                break;
            };
            state.free -= 1;
            drop(state);
            job(Slot(self.clone()));
            state = self.0.lock().unwrap();
        }
        state.is_starting = false;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().free += 1;
        self.0.start_waiting();
    }
}
