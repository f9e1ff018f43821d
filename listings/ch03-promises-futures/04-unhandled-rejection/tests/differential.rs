//! 거부를 무작위로 놓치고 늦게 받는 프로그램을 만들어, 무엇을 언제 알리는지 Node와 견준다.
//!
//! 프로그램 수는 환경 변수 `PROMISE_PROGRAMS`로 바꾼다. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use ch03_01_promise::{Microtasks, Next, Promise, Resolver};
use ch03_03_combinators::{all, all_settled, any, race};
use ch03_04_unhandled_rejection::{Notice, Rejections};
use proptest::prelude::{Just, Strategy, prop, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::Serialize;

// ANCHOR: program
/// 몇 토막으로 나누어 도는 프로그램. 토막이 끝날 때마다 큐를 비우고 놓친 거부를 알린다.
type Program = Vec<Vec<Op>>;

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
// ANCHOR_END: program

#[derive(Clone, Debug, Serialize)]
enum Action {
    Value(i32),
    Error(i32),
    Known(usize),
}

#[derive(Clone, Copy, Debug, Serialize)]
enum Kind {
    All,
    AllSettled,
    Race,
    Any,
}

fn drafts() -> impl Strategy<Value = Program> {
    let at = proptest::arbitrary::any::<usize>;
    let number = || 0..100;
    let kinds = vec![Kind::All, Kind::AllSettled, Kind::Race, Kind::Any];
    let list = move || prop::collection::vec(at(), 0..4);
    let action = move || {
        prop_oneof![
            number().prop_map(Action::Value),
            number().prop_map(Action::Error),
            at().prop_map(Action::Known),
        ]
    };
    let op = prop_oneof![
        1 => number().prop_map(|value| Op::Settled(Ok(value))),
        3 => number().prop_map(|reason| Op::Settled(Err(reason))),
        2 => Just(Op::Pending),
        3 => (at(), action()).prop_map(|(at, action)| Op::Then(at, action)),
        3 => (at(), action()).prop_map(|(at, action)| Op::Catch(at, action)),
        1 => (at(), action()).prop_map(|(at, action)| Op::Finally(at, action)),
        1 => (prop::sample::select(kinds), list()).prop_map(|(kind, list)| Op::Combine(kind, list)),
        3 => (at(), action()).prop_map(|(at, action)| Op::Settle(at, action)),
    ];
    prop::collection::vec(prop::collection::vec(op, 0..8), 1..5)
}

/// 번호를 앞선 프로미스로 맞춘다. 뒤의 것을 기다리지 않으므로 고리가 생기지 않는다.
fn program(drafts: Program) -> Program {
    let mut made = 0;
    let mut op = |draft| {
        let op = match draft {
            Op::Settled(_) | Op::Pending => draft,
            Op::Combine(kind, list) => Op::Combine(
                kind,
                list.into_iter()
                    .filter_map(|at| at.checked_rem(made))
                    .collect(),
            ),
            _ if made == 0 => Op::Pending,
            Op::Then(at, action) => Op::Then(at % made, known(action, made)),
            Op::Catch(at, action) => Op::Catch(at % made, known(action, made)),
            Op::Finally(at, action) => Op::Finally(at % made, known(action, made)),
            Op::Settle(at, action) => {
                return Op::Settle(at % made, known(action, at % made));
            }
        };
        made += 1;
        op
    };
    let mut round = |ops: Vec<Op>| ops.into_iter().map(&mut op).collect();
    drafts.into_iter().map(&mut round).collect()
}

fn known(action: Action, end: usize) -> Action {
    match action {
        Action::Known(at) => at.checked_rem(end).map_or(Action::Value(0), Action::Known),
        action => action,
    }
}

type P = Promise<i32, i32>;

#[derive(Default)]
struct Run {
    queue: Microtasks,
    promises: Vec<P>,
    resolvers: Vec<Option<Resolver<i32, i32>>>,
}

impl Run {
    fn next(&self, action: Action) -> Next<i32, i32> {
        match action {
            Action::Value(value) => Next::Value(value),
            Action::Error(reason) => Next::Error(reason),
            Action::Known(at) => Next::Promise(self.promises[at].clone()),
        }
    }

    /// 값과 까닭을 수 하나로 줄여 다른 프로미스와 타입을 맞춘다.
    fn combined(&self, kind: Kind, list: Vec<usize>) -> P {
        let given = list.into_iter().map(|at| self.promises[at].clone());
        let (queue, given) = (&self.queue, given.collect());
        match kind {
            Kind::All => all(queue, given).then_both(|_| Ok(0), Err),
            Kind::AllSettled => {
                all_settled(queue, given).then_both(|_| Ok(0), |never| match never {})
            }
            Kind::Race => race(queue, given).then_both(|_| Ok(0), Err),
            Kind::Any => {
                let count = |reasons: usize| 1000 + i32::try_from(reasons).expect("넷보다 적다");
                any(queue, given).then_both(|_| Ok(0), move |error| Err(count(error.0.len())))
            }
        }
    }

    fn op(&mut self, op: Op) {
        let mut resolver = None;
        let promise = match op {
            Op::Settled(result) => P::settled(&self.queue, result),
            Op::Pending => {
                let (promise, given) = P::pending(&self.queue);
                resolver = Some(given);
                promise
            }
            Op::Then(at, action) => {
                let next = self.next(action);
                self.promises[at].then(|_| next)
            }
            Op::Catch(at, action) => {
                let next = self.next(action);
                self.promises[at].catch(|_| next)
            }
            Op::Finally(at, action) => {
                let next = self.next(action);
                self.promises[at].finally(|| next)
            }
            Op::Combine(kind, list) => self.combined(kind, list),
            Op::Settle(at, action) => {
                if let Some(resolver) = self.resolvers[at].take() {
                    resolver.resolve(self.next(action));
                }
                return;
            }
        };
        self.promises.push(promise);
        self.resolvers.push(resolver);
    }
}

fn ours(program: &Program) -> Vec<String> {
    let mut run = Run::default();
    let rejections = Rejections::<i32>::track(&run.queue);
    let mut log = Vec::new();
    for ops in program {
        ops.iter().for_each(|op| run.op(op.clone()));
        rejections.run(|notice| {
            log.push(match notice {
                Notice::Unhandled { reason, .. } => format!("놓침 {reason}"),
                Notice::Handled(reason) => format!("늦음 {reason}"),
            });
        });
        log.push(String::from("--"));
    }
    log
}

/// Node가 없으면 `None`.
fn nodes(programs: &[Program]) -> Option<Vec<Vec<String>>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.mjs");
    let logs = beside::node_given(&[script], programs)?;
    Some(serde_json::from_str(&logs).expect("기록은 JSON이다"))
}

fn programs(count: usize) -> Vec<Program> {
    // 씨앗이 정해져 있어 돌릴 때마다 같은 프로그램들이다.
    let mut runner = TestRunner::deterministic();
    let drafts = drafts();
    let one = |_| {
        drafts
            .new_tree(&mut runner)
            .expect("거르지 않는다")
            .current()
    };
    (0..count).map(one).map(program).collect()
}

// ANCHOR: same
#[test]
fn random_programs_report_what_node_reports() {
    let count = std::env::var("PROMISE_PROGRAMS").map_or(400, |text| text.parse().expect("수"));
    let programs = programs(count);
    let Some(nodes) = nodes(&programs) else {
        return;
    };
    let pairs = programs.iter().zip(&nodes);
    let different = pairs.filter(|(program, node)| ours(program) != **node);
    // 여럿이 다르면 가장 짧은 프로그램을 보인다.
    if let Some((program, node)) = different.min_by_key(|(program, _)| program.concat().len()) {
        assert_eq!(ours(program), *node, "{program:#?}");
    }
    assert_eq!(nodes.len(), count);
}
// ANCHOR_END: same

#[test]
fn the_programs_miss_and_hear_late() {
    let logs: Vec<String> = programs(400).iter().flat_map(ours).collect();
    let count = |start| logs.iter().filter(|line| line.starts_with(start)).count();
    assert!(count("놓침") > 400, "{}", count("놓침"));
    assert!(count("늦음") > 40, "{}", count("늦음"));
}

// ANCHOR: exit
/// 놓친 거부가 하나 있고, 그 뒤에 한 줄을 찍으려는 프로그램.
const MISSED: &str = "Promise.reject(new Error('결제')); setImmediate(() => console.log('다음'));";

#[test]
fn node_ends_with_an_error_unless_someone_listens() {
    for (listen, code, printed) in [
        ("", 1, ""),
        ("process.on('unhandledRejection', () => {});", 0, "다음\n"),
        ("process.on('uncaughtException', () => {});", 0, "다음\n"),
    ] {
        let script = [listen, MISSED].concat();
        let Some(output) = beside::run(&["-e", &script], None) else {
            return;
        };
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(String::from_utf8_lossy(&output.stdout), printed);
    }
}
// ANCHOR_END: exit
