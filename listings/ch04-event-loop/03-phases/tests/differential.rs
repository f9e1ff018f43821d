//! 제멋대로 만든 프로그램을 이 루프와 Node에서 돌려, 콜백의 차례가 같은지 본다.
//!
//! 프로그램 수는 환경 변수 `PHASE_PROGRAMS`로 바꾼다. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::cell::RefCell;
use std::rc::Rc;

use ch04_03_phases::EventLoop;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::Serialize;

// ANCHOR: program
/// 불리면 번호를 적고 적힌 일을 차례로 하는 콜백. 맨 바깥의 것이 main이다.
#[derive(Clone, Debug, Serialize)]
struct Call {
    id: usize,
    ops: Vec<Op>,
}

#[derive(Clone, Debug, Serialize)]
enum Op {
    /// 칸 수만큼 뒤에. 이 루프의 한 칸은 1초이고, 0칸은 `setTimeout(f, 0)`이다.
    Timeout(u64, Call),
    Immediate(Call),
    Tick(Call),
    Microtask(Call),
    Io(Call),
    Pending(Call),
    Close(Call),
    /// 반 칸의 수만큼 루프를 막는다. 늘 홀수여서 타이머와 같은 때에 끝나지 않는다.
    Block(u64),
}
// ANCHOR_END: program

fn calls() -> impl Strategy<Value = Call> {
    let call = |ops| Call { id: 0, ops };
    let leaf = Just(call(vec![]));
    let body = leaf.prop_recursive(4, 40, 5, move |inner| {
        let op = prop_oneof![
            4 => (0..4u64, inner.clone()).prop_map(|(slots, call)| Op::Timeout(slots, call)),
            3 => inner.clone().prop_map(Op::Immediate),
            3 => inner.clone().prop_map(Op::Tick),
            3 => inner.clone().prop_map(Op::Microtask),
            2 => inner.clone().prop_map(Op::Io),
            1 => inner.clone().prop_map(Op::Pending),
            1 => inner.prop_map(Op::Close),
            2 => (0..3u64).prop_map(|slots| Op::Block(slots * 2 + 1)),
        ];
        prop::collection::vec(op, 1..6).prop_map(call)
    });
    body.prop_map(|mut call| {
        number(&mut call, &mut 0);
        call
    })
}

fn number(call: &mut Call, next: &mut usize) {
    call.id = *next;
    *next += 1;
    for op in &mut call.ops {
        match op {
            Op::Timeout(_, call)
            | Op::Immediate(call)
            | Op::Tick(call)
            | Op::Microtask(call)
            | Op::Io(call)
            | Op::Pending(call)
            | Op::Close(call) => number(call, next),
            Op::Block(_) => {}
        }
    }
}

/// 이 루프에서 한 칸은 1초이다.
const SLOT: u64 = 1000;

/// 도는 프로그램. `late`는 한 일마다 흘러가는 마이크로초를 고른다.
#[derive(Clone)]
struct Run {
    event_loop: EventLoop,
    log: Rc<RefCell<Vec<usize>>>,
    late: Rc<RefCell<dyn FnMut() -> u64>>,
}

impl Run {
    fn call(&self, call: Call) {
        self.log.borrow_mut().push(call.id);
        self.dawdle();
        for op in call.ops {
            self.op(op);
            self.dawdle();
        }
    }

    fn dawdle(&self) {
        let us = (self.late.borrow_mut())();
        self.event_loop.block(us);
    }

    fn op(&self, op: Op) {
        let on = &self.event_loop;
        let later = |call| {
            let run = self.clone();
            move || run.call(call)
        };
        match op {
            Op::Timeout(slots, call) => on.set_timeout(slots * SLOT, later(call)),
            Op::Immediate(call) => on.set_immediate(later(call)),
            Op::Tick(call) => on.next_tick(later(call)),
            Op::Microtask(call) => on.microtask(later(call)),
            Op::Io(call) => on.io(later(call)),
            Op::Pending(call) => on.pending(later(call)),
            Op::Close(call) => on.close(later(call)),
            Op::Block(halves) => on.block(halves * SLOT * 1000 / 2),
        }
    }
}

fn ours(program: &Call, late: impl FnMut() -> u64 + 'static) -> Vec<usize> {
    let run = Run {
        event_loop: EventLoop::default(),
        log: Rc::default(),
        late: Rc::new(RefCell::new(late)),
    };
    run.call(program.clone());
    run.event_loop.run();
    run.log.take()
}

// ANCHOR: fixed
/// 콜백이 조금씩 늦어져도 차례가 같은가. 다르면 Node가 차례를 정하지 않은 프로그램이다.
fn is_fixed(program: &Call, seed: &mut u64) -> bool {
    let expected = ours(program, || 0);
    (0..40).all(|_| {
        let mut state = next(seed);
        // 마이크로초
        let late = move || [0, 0, 300, 700, 1000, 4000][(next(&mut state) % 6) as usize];
        ours(program, late) == expected
    })
}
// ANCHOR_END: fixed

/// splitmix64. 씨앗이 같으면 늘 같은 수가 나온다.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn programs(count: usize) -> Vec<Call> {
    // 씨앗이 정해져 있어 돌릴 때마다 같은 프로그램들이다.
    let (mut runner, mut seed) = (TestRunner::deterministic(), 1);
    let calls = calls();
    let any = std::iter::repeat_with(|| calls.new_tree(&mut runner).expect("거르지 않는다"));
    let any = any.map(|tree| tree.current());
    // 콜백이 몇 없는 프로그램은 볼 것이 없다.
    any.filter(|program| ours(program, || 0).len() > 5)
        .filter(|program| is_fixed(program, &mut seed))
        .take(count)
        .collect()
}

#[derive(Serialize)]
struct Input<'a> {
    slot: u64,
    programs: &'a [&'a Call],
}

/// 한 칸이 `slot`밀리초인 Node. Node가 없으면 `None`.
fn nodes(slot: u64, programs: &[&Call]) -> Option<Vec<Vec<usize>>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.mjs");
    let logs = beside::node_given(&[script], &Input { slot, programs })?;
    Some(serde_json::from_str(&logs).expect("기록은 JSON이다"))
}

// ANCHOR: same
#[test]
fn random_programs_run_in_the_same_order_as_node() {
    let count = std::env::var("PHASE_PROGRAMS").map_or(200, |text| text.parse().expect("수"));
    let programs = programs(count);
    let mut different: Vec<_> = programs.iter().map(|call| (call, vec![])).collect();
    // 기계가 바빠 칸을 넘긴 프로그램이 있을 수 있다. 다른 것만 더 긴 칸(밀리초)으로 다시 돌린다.
    for slot in [4, 20, 100, 500] {
        let rest: Vec<_> = different.iter().map(|(call, _)| *call).collect();
        let Some(nodes) = nodes(slot, &rest) else {
            return;
        };
        assert_eq!(nodes.len(), rest.len());
        different = rest.into_iter().zip(nodes).collect();
        different.retain(|(call, node)| ours(call, || 0) != *node);
        if slot == 100 && different.len() > count / 20 {
            break; // 이렇게 많으면 기계 탓이 아니다.
        }
    }
    // 여럿이 다르면 가장 짧은 프로그램을 보인다.
    if let Some((call, node)) = different.iter().min_by_key(|(_, node)| node.len()) {
        assert_eq!(ours(call, || 0), *node, "{call:#?}");
    }
}
// ANCHOR_END: same

#[test]
fn the_programs_reach_every_kind_of_call() {
    let programs = programs(200);
    let text = format!("{programs:?}");
    for kind in [
        "Timeout(0",
        "Timeout(3",
        "Immediate",
        "Tick",
        "Microtask",
        "Io",
        "Pending",
        "Close",
        "Block",
    ] {
        assert!(text.contains(kind), "{kind}");
    }
    let calls: usize = programs
        .iter()
        .map(|program| ours(program, || 0).len())
        .sum();
    assert!(calls > 200 * 8, "프로그램이 너무 짧다: 콜백 {calls}개");
}
