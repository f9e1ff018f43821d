// 자리가 돌아오면 그 속에서 곧바로 다음 일을 부릅니다. 그 일이 곧바로 끝나면 호출이 겹치고, 짧은 일이 많이 기다리면 스택이 넘쳐 프로세스가 죽습니다.
// 잡는 테스트: a_hundred_thousand_short_jobs_may_wait

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

type Job = Box<dyn FnOnce(Slot) + Send>;

struct State {
    free: usize,
    waiting: VecDeque<Job>,
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
        let waiting = VecDeque::new();
        Limiter(Arc::new(Mutex::new(State {
            free: limit,
            waiting,
        })))
    }

    /// 자리가 나는 대로 `job`을 시작한다.
    pub fn run(&self, job: impl FnOnce(Slot) + Send + 'static) {
        self.0.lock().unwrap().waiting.push_back(Box::new(job));
        self.start_one();
    }

    fn start_one(&self) {
        let mut state = self.0.lock().unwrap();
        if state.free == 0 {
            return;
        }
        let Some(job) = state.waiting.pop_front() else {
            return;
        };
        state.free -= 1;
        drop(state);
        job(Slot(self.clone()));
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().free += 1;
        self.0.start_one();
    }
}
