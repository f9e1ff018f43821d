// 몫을 일의 개수로 여깁니다. 일마다 걸리는 시간이 1일 때만 조각의 길이를 지킵니다.
// 잡는 테스트: a_big_job_runs_alone, a_heartbeat_beats_between_slices, a_small_job_does_not_overtake, a_turn_takes_all_that_fits, cancelling_between_turns, done_may_start_the_next_list, no_turn_is_longer_than_the_budget, two_lists_take_turns

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

/// 처리 함수를 하나씩 부르는 루프.
pub trait Loop: Sized + 'static {
    /// 루프의 뒤에 세운다. 그 자리에서 부르지는 않는다.
    fn post(&mut self, handler: Box<dyn FnOnce(&mut Self)>);
}

/// 일 하나.
pub struct Job<R> {
    /// 걸린다고 밝힌 비용.
    pub cost: u64,
    /// 할 일.
    pub run: Box<dyn FnOnce() -> R>,
}

/// 다 돌렸거나 그만둔 결과.
#[derive(Debug, PartialEq, Eq)]
pub struct Report<R> {
    /// 돌린 일의 결과. 받은 차례대로이다.
    pub results: Vec<R>,
    /// 시작하지 않은 일의 수. 다 돌렸으면 0이다.
    pub left: usize,
}

/// 그만두게 하는 손잡이. 버려도 그만두지 않는다.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Cell<bool>>);

impl Cancel {
    /// 남은 일을 시작하지 않게 한다.
    pub fn cancel(&self) {
        self.0.set(true);
    }
}

/// `jobs`를 한 차례에 `budget`까지만 돌리고, 끝나면 `done`을 부른다.
pub fn each<L, R, D>(on: &mut L, jobs: Vec<Job<R>>, budget: u64, done: D) -> Cancel
where
    L: Loop,
    R: 'static,
    D: FnOnce(&mut L, Report<R>) + 'static,
{
    let cancel = Cancel::default();
    let slices = Slices {
        results: Vec::with_capacity(jobs.len()),
        jobs: jobs.into(),
        budget,
        cancel: cancel.clone(),
        done,
    };
    slices.post(on);
    cancel
}

/// 조각 사이에 넘겨야 하는 것.
struct Slices<R, D> {
    jobs: VecDeque<Job<R>>,
    results: Vec<R>,
    budget: u64,
    cancel: Cancel,
    done: D,
}

impl<R: 'static, D: 'static> Slices<R, D> {
    fn post<L: Loop>(self, on: &mut L)
    where
        D: FnOnce(&mut L, Report<R>),
    {
        on.post(Box::new(move |on| self.turn(on)));
    }

    fn turn<L: Loop>(mut self, on: &mut L)
    where
        D: FnOnce(&mut L, Report<R>),
    {
        self.slice();
        let left = self.jobs.len();
        match left == 0 || self.is_cancelled() {
            true => (self.done)(
                on,
                Report {
                    results: self.results,
                    left,
                },
            ),
            false => self.post(on),
        }
    }

    fn slice(&mut self) {
        for _ in 0..self.budget {
            if self.is_cancelled() {
                return;
            }
            let Some(job) = self.jobs.pop_front() else {
                return;
            };
            self.results.push((job.run)());
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.0.get()
    }
}
