//! 조합자가 섞인 프로미스 프로그램을 무작위로 만들어, 이 크레이트와 Node의 기록이 순서까지 같은지 본다.
//!
//! 프로그램 수는 환경 변수 `PROMISE_PROGRAMS`로 바꾼다. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Next, Promise, Resolver};
use ch03_03_combinators::{AggregateError, all, all_settled, any, race};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::Serialize;

// ANCHOR: program
/// 위에서부터 한 줄씩 돈다. 줄마다 프로미스 하나가 생기거나 정해진다. 수는 앞선 프로미스의 번호이다.
#[derive(Clone, Debug, Serialize)]
enum Op {
    Settled(Result<i32, i32>),
    Pending,
    Then(usize, Action),
    Catch(usize, Action),
    Finally(usize, Action),
    Combine(Kind, Vec<usize>),
    Settle(usize, Action),
}

/// 처리 함수가 돌려주는 것.
#[derive(Clone, Debug, Serialize)]
enum Action {
    Value(i32),
    Error(i32),
    Known(usize),
    Combine(Kind, Vec<usize>),
}
// ANCHOR_END: program

#[derive(Clone, Copy, Debug, Serialize)]
enum Kind {
    All,
    AllSettled,
    Race,
    Any,
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let number = || 0..100;
    let at = proptest::arbitrary::any::<usize>;
    let kind = || {
        prop_oneof![
            Just(Kind::All),
            Just(Kind::AllSettled),
            Just(Kind::Race),
            Just(Kind::Any)
        ]
    };
    // 빈 목록도, 같은 프로미스가 두 번 든 목록도 있다.
    let list = move || prop::collection::vec(at(), 0..4);
    let action = move || {
        prop_oneof![
            2 => number().prop_map(Action::Value),
            2 => number().prop_map(Action::Error),
            1 => at().prop_map(Action::Known),
            1 => (kind(), list()).prop_map(|(kind, list)| Action::Combine(kind, list)),
        ]
    };
    let op = prop_oneof![
        3 => prop_oneof![number().prop_map(Ok), number().prop_map(Err)].prop_map(Op::Settled),
        2 => Just(Op::Pending),
        3 => (at(), action()).prop_map(|(at, action)| Op::Then(at, action)),
        2 => (at(), action()).prop_map(|(at, action)| Op::Catch(at, action)),
        1 => (at(), action()).prop_map(|(at, action)| Op::Finally(at, action)),
        6 => (kind(), list()).prop_map(|(kind, list)| Op::Combine(kind, list)),
        3 => (at(), action()).prop_map(|(at, action)| Op::Settle(at, action)),
    ];
    prop::collection::vec(op, 2..28)
}

/// 번호를 앞선 프로미스로 맞춘다. 뒤의 것을 기다리지 않으므로 고리가 생기지 않는다.
fn program(drafts: Vec<Op>) -> Vec<Op> {
    let (mut ops, mut made) = (Vec::new(), 0);
    for draft in drafts {
        let op = match draft {
            Op::Settled(_) | Op::Pending => draft,
            Op::Combine(kind, list) => Op::Combine(kind, below(list, made)),
            _ if made == 0 => Op::Pending,
            Op::Then(at, action) => Op::Then(at % made, known(action, made)),
            Op::Catch(at, action) => Op::Catch(at % made, known(action, made)),
            Op::Finally(at, action) => Op::Finally(at % made, known(action, made)),
            Op::Settle(at, action) => {
                let action = match known(action, at % made) {
                    Action::Combine(..) => Action::Value(7),
                    action => action,
                };
                ops.push(Op::Settle(at % made, action));
                continue;
            }
        };
        ops.push(op);
        made += 1;
    }
    ops
}

fn below(list: Vec<usize>, end: usize) -> Vec<usize> {
    list.into_iter()
        .filter_map(|at| at.checked_rem(end))
        .collect()
}

fn known(action: Action, end: usize) -> Action {
    match action {
        Action::Known(at) => at.checked_rem(end).map_or(Action::Value(0), Action::Known),
        Action::Combine(kind, list) => Action::Combine(kind, below(list, end)),
        action => action,
    }
}

type P = Promise<i32, i32>;
type Waiting = Option<Resolver<i32, i32>>;

/// 도는 프로그램. 복제해도 같은 것을 가리킨다.
#[derive(Clone, Default)]
struct Run {
    queue: Microtasks,
    log: Rc<RefCell<Vec<String>>>,
    promises: Rc<RefCell<Vec<P>>>,
    resolvers: Rc<RefCell<Vec<Waiting>>>,
}

impl Run {
    fn add(&self, line: String) {
        self.log.borrow_mut().push(line);
    }

    fn known(&self, at: usize) -> P {
        self.promises.borrow()[at].clone()
    }

    /// 모은 결과를 적고 수 하나로 접는 처리 함수.
    fn heard(&self, id: usize, made: &'static str) -> impl FnOnce(Vec<i32>) -> i32 + use<> {
        let run = self.clone();
        move |numbers| {
            run.add(format!("{id} {made} {numbers:?}"));
            let fold = |sum, number| (sum * 3 + number) % 1000;
            numbers.into_iter().fold(1, fold)
        }
    }

    fn combined(&self, id: usize, kind: Kind, list: Vec<usize>) -> P {
        let given: Vec<P> = list.into_iter().map(|at| self.known(at)).collect();
        let queue = &self.queue;
        match kind {
            Kind::Race => race(queue, given),
            Kind::All => {
                let heard = self.heard(id, "all");
                all(queue, given).then(|numbers| Ok(heard(numbers)))
            }
            Kind::AllSettled => {
                let heard = self.heard(id, "allSettled");
                let number =
                    |result: Result<i32, i32>| result.unwrap_or_else(|reason| reason + 500);
                let both = all_settled(queue, given);
                both.then_both(
                    move |results| Ok(heard(results.into_iter().map(number).collect())),
                    |never| match never {},
                )
            }
            Kind::Any => {
                let heard = self.heard(id, "any");
                any(queue, given).catch(|AggregateError(reasons)| Err(heard(reasons)))
            }
        }
    }

    fn handler<T: ToString>(&self, action: Action) -> impl FnOnce(T) -> Next<i32, i32> + use<T> {
        let (run, id) = (self.clone(), self.promises.borrow().len());
        move |input| {
            run.add(format!("{id}<-{}", input.to_string()));
            match action {
                Action::Value(value) => Next::Value(value),
                Action::Error(reason) => Next::Error(reason),
                Action::Known(at) => Next::Promise(run.known(at)),
                Action::Combine(kind, list) => Next::Promise(run.combined(id, kind, list)),
            }
        }
    }

    fn op(&self, op: Op) {
        let mut resolver = None;
        let promise = match op {
            Op::Settled(result) => P::settled(&self.queue, result),
            Op::Pending => {
                let (promise, given) = P::pending(&self.queue);
                resolver = Some(given);
                promise
            }
            Op::Then(at, action) => self.known(at).then(self.handler(action)),
            Op::Catch(at, action) => self.known(at).catch(self.handler(action)),
            Op::Finally(at, action) => {
                let handler = self.handler(action);
                self.known(at).finally(|| handler("끝"))
            }
            Op::Combine(kind, list) => self.combined(self.promises.borrow().len(), kind, list),
            Op::Settle(at, action) => return self.settle(at, action),
        };
        self.promises.borrow_mut().push(promise);
        self.resolvers.borrow_mut().push(resolver);
    }

    fn settle(&self, at: usize, action: Action) {
        let resolver = self.resolvers.borrow_mut()[at].take();
        let Some(resolver) = resolver else { return };
        resolver.resolve(match action {
            Action::Value(value) => Next::Value(value),
            Action::Error(reason) => Next::Error(reason),
            Action::Known(known) => Next::Promise(self.known(known)),
            Action::Combine(..) => unreachable!("program이 바꾸었다"),
        });
    }
}

fn ours(program: &[Op]) -> Vec<String> {
    let run = Run::default();
    program.iter().for_each(|op| run.op(op.clone()));
    for (at, promise) in run.promises.borrow().iter().enumerate() {
        let run = run.clone();
        promise.done(move |result| {
            run.add(match result {
                Ok(value) => format!("p{at} 이행 {value}"),
                Err(reason) => format!("p{at} 거부 {reason}"),
            });
        });
    }
    run.queue.run();
    run.log.take()
}

/// Node가 없으면 `None`.
fn nodes(programs: &[Vec<Op>]) -> Option<Vec<Vec<String>>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.mjs");
    let logs = beside::node_given(&[script], programs)?;
    Some(serde_json::from_str(&logs).expect("기록은 JSON이다"))
}

fn programs(count: usize) -> Vec<Vec<Op>> {
    // 씨앗이 정해져 있어 돌릴 때마다 같은 프로그램들이다.
    let mut runner = TestRunner::deterministic();
    let ops = ops();
    let one = |_| ops.new_tree(&mut runner).expect("거르지 않는다").current();
    (0..count).map(one).map(program).collect()
}

// ANCHOR: same
#[test]
fn random_programs_with_combinators_log_the_same_lines_as_node() {
    let count = std::env::var("PROMISE_PROGRAMS").map_or(400, |text| text.parse().expect("수"));
    let programs = programs(count);
    let Some(nodes) = nodes(&programs) else {
        return;
    };
    let pairs = programs.iter().zip(&nodes);
    let different = pairs.filter(|(program, node)| ours(program) != **node);
    // 여럿이 다르면 가장 짧은 프로그램을 보인다.
    if let Some((program, node)) = different.min_by_key(|(program, _)| program.len()) {
        assert_eq!(ours(program), *node, "{program:#?}");
    }
    assert_eq!(nodes.len(), count);
}
// ANCHOR_END: same

#[test]
fn the_programs_reach_every_combinator_and_every_outcome() {
    let logs: Vec<Vec<String>> = programs(400).iter().map(|program| ours(program)).collect();
    let text = format!("{logs:?}");
    for line in [
        " all [",
        " allSettled [",
        " any [",
        " all []",
        " any []",
        " 이행 ",
        " 거부 ",
    ] {
        assert!(text.contains(line), "{line}");
    }
    let programs = format!("{:?}", programs(400));
    assert!(programs.contains("Combine(Race, [])"));
}
