//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use ex04_05_in_slices::{Cancel, Job, Loop, Report, each};

const BUDGET: u64 = 10;

type Handler = Box<dyn FnOnce(&mut Turns)>;

/// 일이 밝힌 만큼 시계가 흐르는 루프.
#[derive(Default)]
struct Turns {
    queue: VecDeque<Handler>,
    desk: Desk,
    /// 차례마다 걸린 시간.
    lengths: Vec<u64>,
}

impl Loop for Turns {
    fn post(&mut self, handler: Handler) {
        self.queue.push_back(handler);
    }
}

impl Turns {
    /// 처리 함수 하나를 부른다. 부를 것이 있었으면 참이다.
    fn turn(&mut self) -> bool {
        let Some(handler) = self.queue.pop_front() else {
            return false;
        };
        let start = self.desk.clock.get();
        handler(self);
        self.lengths.push(self.desk.clock.get() - start);
        true
    }

    /// 빌 때까지 돌고, 차례마다 걸린 시간을 돌려준다.
    fn run(&mut self) -> Vec<u64> {
        while self.turn() {
            assert!(
                self.lengths.len() < 1_000,
                "차례가 끝없이 이어집니다. 차례마다 적어도 일 하나는 돌려야 합니다"
            );
        }
        std::mem::take(&mut self.lengths)
    }
}

/// 일과 테스트가 나누어 쥐는 것.
#[derive(Clone, Default)]
struct Desk {
    clock: Rc<Cell<u64>>,
    story: Rc<RefCell<Vec<String>>>,
    reports: Rc<RefCell<Vec<Report<usize>>>>,
}

impl Desk {
    fn tell(&self, what: &str) {
        self.story.borrow_mut().push(what.to_owned());
    }

    fn story(&self) -> Vec<String> {
        self.story.borrow().clone()
    }

    /// `cost`만큼 걸리고 제 번호를 돌려주는 일들.
    fn jobs(&self, name: &'static str, costs: &[u64]) -> Vec<Job<usize>> {
        let job = |(at, cost): (usize, &u64)| {
            let (desk, cost) = (self.clone(), *cost);
            let run = move || {
                desk.clock.set(desk.clock.get() + cost);
                desk.tell(&format!("{name}{at}"));
                at
            };
            Job {
                cost,
                run: Box::new(run),
            }
        };
        costs.iter().enumerate().map(job).collect()
    }

    /// 받은 것을 적어 두는 `done`.
    fn done(&self) -> impl FnOnce(&mut Turns, Report<usize>) + 'static {
        let desk = self.clone();
        move |_, report| desk.reports.borrow_mut().push(report)
    }

    fn reports(&self) -> Vec<Report<usize>> {
        self.reports.take()
    }
}

fn report(results: impl IntoIterator<Item = usize>, left: usize) -> Report<usize> {
    Report {
        results: results.into_iter().collect(),
        left,
    }
}

/// `costs`를 모두 돌리며 차례마다 걸린 시간을 잰다. 결과가 차례대로인지도 본다.
fn lengths(costs: &[u64]) -> Vec<u64> {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    each(&mut on, desk.jobs("일", costs), BUDGET, desk.done());
    let lengths = on.run();
    assert_eq!(
        desk.reports(),
        [report(0..costs.len(), 0)],
        "모두 돌리고 done을 한 번 불러야 하고, 결과는 받은 차례대로여야 합니다"
    );
    let told: Vec<String> = (0..costs.len()).map(|at| format!("일{at}")).collect();
    assert_eq!(
        desk.story(),
        told,
        "결과만이 아니라 돌리는 것도 받은 차례대로여야 합니다"
    );
    lengths
}

/// 모두 돌리고 결과를 차례대로 준다
#[test]
fn basic_all_jobs_run_in_order() {
    assert_eq!(
        lengths(&[1, 2, 3]),
        [6],
        "모두 더해도 {BUDGET}을 넘지 않으니 한 차례면 됩니다"
    );
}

/// 한 차례가 몫을 넘지 않는다
#[test]
fn no_turn_is_longer_than_the_budget() {
    assert_eq!(
        lengths(&[4, 4, 4, 4, 4]),
        [8, 8, 4],
        "4를 셋 돌리면 12라서 {BUDGET}을 넘습니다. 넘기 전에 멈추어야 합니다"
    );
    assert_eq!(
        lengths(&[9, 2, 9, 2]),
        [9, 2, 9, 2],
        "9 다음에 2를 돌리면 11이라서 넘습니다"
    );
}

/// 넘치지 않으면 이번 차례에 돌린다
#[test]
fn a_turn_takes_all_that_fits() {
    assert_eq!(
        lengths(&[2, 3, 5, 1, 9]),
        [10, 10],
        "더한 것이 꼭 {BUDGET}이면 넘은 것이 아닙니다"
    );
    assert_eq!(
        lengths(&[0, 0, 10, 0, 1]),
        [10, 1],
        "비용이 0인 일은 몫이 다 찬 차례에도 들어갑니다"
    );
    let many = vec![1; 95];
    assert_eq!(
        lengths(&many),
        [10, 10, 10, 10, 10, 10, 10, 10, 10, 5],
        "비용이 1인 일은 한 차례에 열 개씩 들어갑니다"
    );
}

/// 뒤의 작은 일이 앞지르지 않는다
#[test]
fn a_small_job_does_not_overtake() {
    assert_eq!(
        lengths(&[6, 6, 1, 4]),
        [6, 7, 4],
        "두 번째 6이 들어가지 않으면, 뒤의 1과 4가 들어가더라도 차례를 넘겨야 합니다"
    );
}

/// 몫보다 큰 일은 혼자 한 차례를 쓴다
#[test]
fn a_big_job_runs_alone() {
    assert_eq!(
        lengths(&[1, 25, 1]),
        [1, 25, 1],
        "나눌 수 없는 일은 그대로 돌리되, 앞뒤의 일과 섞지 않아야 합니다"
    );
    assert_eq!(
        lengths(&[0, 25, 0]),
        [0, 25, 0],
        "비용이 0인 일과도 섞지 않아야 합니다"
    );
}

/// each를 부른 자리에서는 아무것도 돌지 않는다
#[test]
fn nothing_runs_inside_each() {
    for costs in [&[1, 1][..], &[]] {
        let mut on = Turns::default();
        let desk = on.desk.clone();
        each(&mut on, desk.jobs("일", costs), BUDGET, desk.done());
        assert_eq!(
            (desk.story().len(), desk.reports().len()),
            (0, 0),
            "each는 세우기만 해야 합니다. 부른 쪽의 차례에 일이 더해지면 그 차례가 길어집니다"
        );
        assert!(on.turn(), "루프에 첫 차례가 서 있어야 합니다");
        assert_eq!(
            desk.reports(),
            [report(0..costs.len(), 0)],
            "일이 {}개이면 첫 차례에 done까지 불러야 합니다",
            costs.len()
        );
        assert!(!on.turn(), "다 끝났으니 더 설 것이 없어야 합니다");
    }
}

/// `count`번 뛰는 박동을 세운다.
fn beat(on: &mut Turns, count: usize) {
    if count > 0 {
        on.post(Box::new(move |on| {
            on.desk.tell("박동");
            beat(on, count - 1);
        }));
    }
}

/// 조각 사이에 박동이 뛴다
#[test]
fn a_heartbeat_beats_between_slices() {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    each(
        &mut on,
        desk.jobs("일", &[5, 5, 10, 7]),
        BUDGET,
        desk.done(),
    );
    beat(&mut on, 4);
    on.run();
    assert_eq!(
        desk.story(),
        ["일0", "일1", "박동", "일2", "박동", "일3", "박동", "박동"],
        "조각이 끝날 때마다 루프의 뒤에 다시 서야 다른 처리 함수가 돕니다"
    );
}

/// 둘이 함께 나누어도 번갈아 돈다
#[test]
fn two_lists_take_turns() {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    each(&mut on, desk.jobs("가", &[9, 9]), BUDGET, desk.done());
    each(&mut on, desk.jobs("나", &[9, 9]), BUDGET, desk.done());
    on.run();
    assert_eq!(
        desk.story(),
        ["가0", "나0", "가1", "나1"],
        "앞의 목록이 다 끝나기를 기다리지 않고 번갈아 돌아야 합니다"
    );
    assert_eq!(
        desk.reports(),
        [report(0..2, 0), report(0..2, 0)],
        "목록마다 done이 한 번씩 불려야 합니다"
    );
}

/// 차례 사이에 그만두면 다음 차례에 끝난다
#[test]
fn cancelling_between_turns() {
    for turns in 0..3 {
        let mut on = Turns::default();
        let desk = on.desk.clone();
        let jobs = desk.jobs("일", &[6, 6, 6]);
        let cancel = each(&mut on, jobs, BUDGET, desk.done());
        for _ in 0..turns {
            on.turn();
        }
        cancel.clone().cancel();
        assert_eq!(
            desk.reports(),
            [],
            "done은 cancel을 부른 자리가 아니라 다음 차례에 불러야 합니다"
        );
        on.run();
        assert_eq!(
            desk.reports(),
            [report(0..turns, 3 - turns)],
            "{turns}개를 돌린 다음에 그만두었으니 나머지는 시작하지 않아야 합니다"
        );
    }
}

/// 일 안에서 그만두면 그 차례의 나머지도 돌지 않는다
#[test]
fn cancelling_inside_a_job() {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    let handle: Rc<RefCell<Option<Cancel>>> = Rc::default();
    let mut jobs = desk.jobs("일", &[1, 1, 1, 1]);
    let inner = Rc::clone(&handle);
    jobs[1].run = Box::new(move || {
        inner.borrow().iter().for_each(Cancel::cancel);
        1
    });
    let cancel = each(&mut on, jobs, BUDGET, desk.done());
    *handle.borrow_mut() = Some(cancel);
    on.turn();
    assert_eq!(
        desk.reports(),
        [report(0..2, 2)],
        "1번 일이 그만두게 했으니, 같은 차례에 들어갈 2번과 3번도 시작하지 않고 그 차례에 done을 불러야 합니다"
    );
    assert!(!on.turn(), "끝났으니 더 설 것이 없어야 합니다");
}

/// 끝난 다음에 그만두는 것은 아무 일도 아니다
#[test]
fn cancelling_afterwards_does_nothing() {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    let cancel = each(&mut on, desk.jobs("일", &[1]), BUDGET, desk.done());
    on.run();
    cancel.cancel();
    on.run();
    assert_eq!(
        desk.reports(),
        [report(0..1, 0)],
        "이미 알린 결과를 다시 알리면 안 됩니다"
    );
}

/// 손잡이를 버려도 끝까지 돌고, done에서 다음 목록을 시작한다
#[test]
fn done_may_start_the_next_list() {
    let mut on = Turns::default();
    let desk = on.desk.clone();
    let next = desk.clone();
    let first = desk.jobs("가", &[9, 9]);
    drop(each(&mut on, first, BUDGET, move |on, report| {
        next.reports.borrow_mut().push(report);
        each(on, next.jobs("나", &[9]), BUDGET, next.done());
    }));
    assert_eq!(
        on.run(),
        [9, 9, 9],
        "done에서 시작한 목록은 done을 부른 차례가 아니라 제 차례에 돌아야 합니다"
    );
    assert_eq!(
        desk.reports(),
        [report(0..2, 0), report(0..1, 0)],
        "두 목록이 모두 끝나야 합니다"
    );
}
