//! 제멋대로 만든 프로그램이 모형과 같은 차례로 폴링되는지 본다.
#![cfg(not(feature = "loom"))]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::rc::Rc;
use std::task::{Poll, Waker};

use ch04_05_task_queue::{block_on, spawn, yield_now};
use proptest::prelude::*;

// ANCHOR: op
/// 태스크가 하는 일.
#[derive(Clone, Debug)]
enum Op {
    /// 한 번 양보한다.
    Yield,
    /// 누가 깨울 때까지 잔다.
    Sleep,
    /// 지금까지 띄운 것 가운데 하나를 깨운다. 끝난 것일 수도, 자기 자신일 수도 있다.
    Wake(usize),
    /// 태스크를 띄운다.
    Spawn(Vec<Op>),
}
// ANCHOR_END: op

fn script() -> impl Strategy<Value = Vec<Op>> {
    let leaf = prop_oneof![
        Just(Op::Yield),
        Just(Op::Sleep),
        (0..16_usize).prop_map(Op::Wake),
    ];
    let script = prop::collection::vec(leaf, 0..6);
    script.prop_recursive(3, 40, 6, |inner| {
        let op = prop_oneof![
            2 => Just(Op::Yield),
            2 => Just(Op::Sleep),
            4 => (0..16_usize).prop_map(Op::Wake),
            3 => inner.prop_map(Op::Spawn),
        ];
        prop::collection::vec(op, 0..8)
    })
}

/// 폴링된 태스크의 번호들. 0은 main이다.
type Trace = Vec<usize>;

/// 모형의 태스크. 칸도 세대도 `Waker`도 없다.
struct Modeled {
    ops: VecDeque<Op>,
    queued: bool,
    done: bool,
}

// ANCHOR: model
/// 줄의 앞에서부터 하나씩, 자거나 양보할 때까지 돌린다. 폴링한 차례를 돌려준다.
fn modeled(main: &[Op]) -> Trace {
    let (mut tasks, mut line, mut trace) = (vec![], VecDeque::new(), vec![]);
    spawn_modeled(&mut tasks, &mut line, main);
    while let Some(number) = line.pop_front() {
        if tasks[number].done {
            continue;
        }
        trace.push(number);
        tasks[number].queued = false;
        turn(number, &mut tasks, &mut line);
        if tasks[0].done {
            break;
        }
    }
    trace
}
// ANCHOR_END: model

/// 칸을 다시 쓰지 않고 늘 뒤에 붙인다.
fn spawn_modeled(tasks: &mut Vec<Modeled>, line: &mut VecDeque<usize>, ops: &[Op]) {
    line.push_back(tasks.len());
    tasks.push(Modeled {
        ops: ops.to_vec().into(),
        queued: true,
        done: false,
    });
}

// ANCHOR: turn
fn turn(number: usize, tasks: &mut Vec<Modeled>, line: &mut VecDeque<usize>) {
    loop {
        let op = tasks[number].ops.pop_front();
        let woken = match &op {
            None => return tasks[number].done = true,
            Some(Op::Sleep) => return,
            Some(Op::Yield) => number,
            Some(Op::Wake(other)) => other % tasks.len(),
            Some(Op::Spawn(ops)) => {
                spawn_modeled(tasks, line, ops);
                continue;
            }
        };
        if !mem::replace(&mut tasks[woken].queued, true) {
            line.push_back(woken);
        }
        if let Some(Op::Yield) = op {
            return;
        }
    }
}
// ANCHOR_END: turn

/// 진짜 실행기에서 도는 쪽이 나누어 쥐는 것.
#[derive(Default)]
struct World {
    wakers: RefCell<Vec<Option<Waker>>>,
    trace: RefCell<Trace>,
}

/// 같은 프로그램을 진짜 실행기에서 돌린다.
fn real(main: &[Op]) -> Trace {
    let world = Rc::new(World::default());
    block_on(acted(main.to_vec(), Rc::clone(&world)));
    assert_eq!(Rc::strong_count(&world), 1, "닫은 실행기에 퓨처가 남았다");
    world.trace.take()
}

/// 폴링될 때마다 번호를 적는다.
fn acted(ops: Vec<Op>, world: Rc<World>) -> impl Future<Output = ()> {
    let number = world.wakers.borrow().len();
    world.wakers.borrow_mut().push(None);
    let mut acts = Box::pin(act(ops, Rc::clone(&world)));
    poll_fn(move |cx| {
        world.trace.borrow_mut().push(number);
        world.wakers.borrow_mut()[number].get_or_insert_with(|| cx.waker().clone());
        acts.as_mut().poll(cx)
    })
}

async fn act(ops: Vec<Op>, world: Rc<World>) {
    for op in ops {
        match op {
            Op::Yield => yield_now().await,
            Op::Sleep => sleep().await,
            Op::Wake(other) => {
                let wakers = world.wakers.borrow();
                // 아직 폴링되지 않은 태스크는 이미 줄에 서 있다.
                wakers[other % wakers.len()]
                    .iter()
                    .for_each(Waker::wake_by_ref);
            }
            Op::Spawn(ops) => drop(spawn(acted(ops, Rc::clone(&world)))),
        }
    }
}

async fn sleep() {
    let mut slept = false;
    let woken = poll_fn(|_| match mem::replace(&mut slept, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    });
    woken.await;
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    // ANCHOR: same
    #[test]
    fn tasks_are_polled_in_the_order_of_the_model(mut main in script()) {
        // main이 자면 끝나지 않을 수 있다.
        main.iter_mut().filter(|op| matches!(op, Op::Sleep)).for_each(|op| *op = Op::Yield);
        prop_assert_eq!(real(&main), modeled(&main));
    }
    // ANCHOR_END: same
}
