//! 무작위로 만든 프로미스 프로그램을 이 크레이트와 Node에서 돌려, 기록의 순서까지 같은지 본다.
//!
//! 프로그램 수는 환경 변수 `PROMISE_PROGRAMS`로 바꾼다. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Next, Promise, Resolver};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::Serialize;

// ANCHOR: program
/// 위에서부터 한 줄씩 도는 프로그램. 줄마다 프로미스 하나가 생기거나 정해진다.
#[derive(Clone, Debug, Serialize)]
struct Program {
    ops: Vec<Op>,
}

#[derive(Clone, Debug, Serialize)]
enum Op {
    Settled(Result<i32, i32>),
    Pending,
    Then(usize, Option<Handler>, Option<Handler>),
    Finally(usize, Handler),
    Settle(usize, Action),
}

// ANCHOR_END: program

// ANCHOR: handler
/// 들은 것을 적고, 때로 다른 프로미스를 정한 뒤, 무언가를 돌려주는 처리 함수.
#[derive(Clone, Debug, Serialize)]
struct Handler {
    id: usize,
    settles: Option<(usize, Action)>,
    action: Action,
}

#[derive(Clone, Debug, Serialize)]
enum Action {
    Value(i32),
    Error(i32),
    /// 먼저 만든 프로미스를 돌려준다.
    Known(usize),
    /// 그 자리에서 사슬을 새로 만들어 돌려준다.
    Fresh(i32),
}
// ANCHOR_END: handler

/// 프로미스의 번호를 아직 고르지 않은 줄. 앞에 있는 것 가운데에서 나중에 고른다.
#[derive(Clone, Debug)]
enum Draft {
    Settled(Result<i32, i32>),
    Pending,
    Then(prop::sample::Index, Option<Step>, Option<Step>),
    Finally(prop::sample::Index, Step),
    Settle(prop::sample::Index, Choice),
}

type Step = (Option<(prop::sample::Index, Choice)>, Choice);

#[derive(Clone, Debug)]
enum Choice {
    Value(i32),
    Error(i32),
    Known(prop::sample::Index),
    Fresh(i32),
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let index = any::<prop::sample::Index>;
    let choice = || {
        prop_oneof![
            (0..100).prop_map(Choice::Value),
            (0..100).prop_map(Choice::Error),
            index().prop_map(Choice::Known),
            (0..100).prop_map(Choice::Fresh),
        ]
    };
    let step = move || (prop::option::weighted(0.3, (index(), choice())), choice());
    let draft = prop_oneof![
        2 => prop_oneof![(0..100).prop_map(Ok), (0..100).prop_map(Err)].prop_map(Draft::Settled),
        1 => Just(Draft::Pending),
        5 => (index(), prop::option::weighted(0.7, step()), prop::option::weighted(0.5, step()))
            .prop_map(|(from, good, bad)| Draft::Then(from, good, bad)),
        2 => (index(), step()).prop_map(|(from, step)| Draft::Finally(from, step)),
        3 => (index(), choice()).prop_map(|(at, choice)| Draft::Settle(at, choice)),
    ];
    prop::collection::vec(draft, 2..24)
}

/// 번호를 고른다. 프로미스는 저보다 앞선 것만 기다리므로 고리가 생기지 않는다.
fn program(drafts: Vec<Draft>) -> Program {
    let mut made = 0;
    let mut ids = 0;
    let mut ops = Vec::new();
    let known = |choice: Choice, below: usize| match choice {
        Choice::Known(index) if below > 0 => Action::Known(index.index(below)),
        Choice::Known(_) => Action::Value(0),
        Choice::Value(value) => Action::Value(value),
        Choice::Error(reason) => Action::Error(reason),
        Choice::Fresh(value) => Action::Fresh(value),
    };
    let settle = |at: prop::sample::Index, choice, made: usize| {
        let at = at.index(made);
        match known(choice, at) {
            Action::Fresh(value) => (at, Action::Value(value)),
            action => (at, action),
        }
    };
    let mut handler = |(settles, choice): Step, made: usize| {
        ids += 1;
        Handler {
            id: ids,
            settles: settles.map(|(at, choice)| settle(at, choice, made)),
            action: known(choice, made),
        }
    };
    for draft in drafts {
        let op = match draft {
            Draft::Settled(result) => Op::Settled(result),
            Draft::Pending => Op::Pending,
            _ if made == 0 => Op::Pending,
            Draft::Then(from, good, bad) => Op::Then(
                from.index(made),
                good.map(|step| handler(step, made)),
                bad.map(|step| handler(step, made)),
            ),
            Draft::Finally(from, step) => Op::Finally(from.index(made), handler(step, made)),
            Draft::Settle(at, choice) => {
                let (at, action) = settle(at, choice, made);
                ops.push(Op::Settle(at, action));
                continue;
            }
        };
        ops.push(op);
        made += 1;
    }
    Program { ops }
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

    fn act(&self, handler: Handler, input: &str) -> Next<i32, i32> {
        let id = handler.id;
        self.add(format!("{id}<-{input}"));
        if let Some((at, action)) = handler.settles {
            self.settle(at, action);
        }
        match handler.action {
            Action::Value(value) => Next::Value(value),
            Action::Error(reason) => Next::Error(reason),
            Action::Known(at) => Next::Promise(self.known(at)),
            Action::Fresh(value) => {
                let run = self.clone();
                let fresh = P::settled(&self.queue, Ok(value));
                Next::Promise(fresh.then(move |value| {
                    run.add(format!("{id} 안"));
                    Ok(value)
                }))
            }
        }
    }

    fn settle(&self, at: usize, action: Action) {
        let resolver = self.resolvers.borrow_mut()[at].take();
        let Some(resolver) = resolver else { return };
        resolver.resolve(match action {
            Action::Value(value) | Action::Fresh(value) => Next::Value(value),
            Action::Error(reason) => Next::Error(reason),
            Action::Known(known) => Next::Promise(self.known(known)),
        });
    }

    fn handler(
        &self,
        handler: Option<Handler>,
    ) -> impl FnOnce(i32) -> Option<Next<i32, i32>> + use<> {
        let run = self.clone();
        move |input| handler.map(|handler| run.act(handler, &input.to_string()))
    }

    fn op(&self, op: Op) {
        let mut resolver = None;
        let promise = match op {
            Op::Settle(at, action) => return self.settle(at, action),
            Op::Settled(result) => P::settled(&self.queue, result),
            Op::Pending => {
                let (promise, given) = P::pending(&self.queue);
                resolver = Some(given);
                promise
            }
            Op::Then(from, good, bad) => self.then(from, good, bad),
            Op::Finally(from, given) => {
                let run = self.clone();
                self.known(from).finally(move || run.act(given, "끝"))
            }
        };
        self.promises.borrow_mut().push(promise);
        self.resolvers.borrow_mut().push(resolver);
    }

    /// 처리 함수가 하나뿐이면 `then`이나 `catch`로, 둘이면 `then_both`로 잇는다.
    fn then(&self, from: usize, good: Option<Handler>, bad: Option<Handler>) -> P {
        let source = self.known(from);
        let only = (good.is_some(), bad.is_some());
        let (good, bad) = (self.handler(good), self.handler(bad));
        match only {
            (true, false) => source.then(|value| good(value).expect("방금 보았다")),
            (false, true) => source.catch(|reason| bad(reason).expect("방금 보았다")),
            _ => source.then_both(
                |value| good(value).unwrap_or(Next::Value(value)),
                |reason| bad(reason).unwrap_or(Next::Error(reason)),
            ),
        }
    }
}

/// 이 크레이트로 돌린 기록.
fn ours(program: &Program) -> Vec<String> {
    let run = Run::default();
    for op in program.ops.clone() {
        run.op(op);
    }
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

/// Node로 돌린 기록. Node가 없으면 `None`.
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
fn random_programs_log_the_same_lines_as_node() {
    let count = std::env::var("PROMISE_PROGRAMS").map_or(400, |text| text.parse().expect("수"));
    let programs = programs(count);
    let Some(nodes) = nodes(&programs) else {
        return;
    };
    let different = programs
        .iter()
        .zip(&nodes)
        .filter(|(program, node)| ours(program) != **node);
    // 여럿이 다르면 가장 짧은 프로그램을 보인다.
    if let Some((program, node)) = different.min_by_key(|(program, _)| program.ops.len()) {
        assert_eq!(ours(program), *node, "{program:#?}");
    }
    assert_eq!(nodes.len(), count);
}
// ANCHOR_END: same

#[test]
fn the_programs_reach_every_kind_of_line() {
    let programs = programs(400);
    let text = format!("{programs:?}");
    for kind in [
        "Settled(Ok",
        "Settled(Err",
        "Pending",
        "Finally",
        "Settle(",
        "Known",
        "Fresh",
    ] {
        assert!(text.contains(kind), "{kind}");
    }
    let lines: usize = programs.iter().map(|program| ours(program).len()).sum();
    assert!(lines > 400 * 5, "기록이 너무 짧다: {lines}줄");
}
