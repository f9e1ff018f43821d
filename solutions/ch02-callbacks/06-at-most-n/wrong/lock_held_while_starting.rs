// 상태의 락을 쥔 채 일을 부릅니다. 일이 자리를 곧바로 버리거나 또 맡기면, 제가 쥔 락을 영원히 기다립니다.
// 잡는 테스트: a_job_may_run_another (멈춤), slots_are_neither_lost_nor_made (멈춤)

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
        self.start_waiting();
    }

    fn start_waiting(&self) {
        let mut state = self.0.lock().unwrap();
        while state.free > 0 {
            let Some(job) = state.waiting.pop_front() else {
                return;
            };
            state.free -= 1;
            job(Slot(self.clone()));
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().free += 1;
        self.0.start_waiting();
    }
}
