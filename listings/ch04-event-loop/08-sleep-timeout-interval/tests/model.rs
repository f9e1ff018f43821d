//! 무작위로 자고 버리는 태스크들을, 기한으로 정렬한 목록과 견준다.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ch03_11_join_select::{Either, select};
use ch04_08_sleep_timeout_interval::{
    advance, block_on_virtual, now, sleep, sleep_until, spawn, timers, yield_now,
};
use proptest::prelude::*;

// ANCHOR: plan
/// 태스크 하나. 모두 마이크로초이다. `starts`에 잠들고, `gives_up`을 넘기면 잠을 버린다.
#[derive(Clone, Debug)]
struct Plan {
    starts: u64,
    sleeps: u64,
    gives_up: Option<u64>,
}

fn micros() -> impl Strategy<Value = u64> {
    let whole = (1..20u64).prop_map(|millis| millis * 1_000);
    prop_oneof![1..3_000u64, 1..100_000u64, 1..10_000_000u64, whole]
}
// ANCHOR_END: plan

/// 잠드는 차례로 세운 태스크들.
fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let plan = (0..20_000u64, micros(), prop::option::of(micros()));
    let plan = plan.prop_map(|(starts, sleeps, gives_up)| Plan {
        starts,
        sleeps,
        gives_up,
    });
    prop::collection::vec(plan, 1..40).prop_map(|mut plans| {
        plans.sort_by_key(|plan| plan.starts);
        plans
    })
}

// ANCHOR: model
/// 잠드는 차례로 받아 기한으로 정렬한 목록. 번호와 깨는 밀리초이다.
fn model(plans: &[Plan]) -> Vec<(usize, u64)> {
    let tick = |plan: &Plan, micros: u64| (plan.starts + micros).div_ceil(1_000);
    let woken = plans.iter().enumerate().filter_map(|(number, plan)| {
        let due = tick(plan, plan.sleeps);
        let gives_up = plan.gives_up.is_some_and(|micros| tick(plan, micros) < due);
        (!gives_up).then_some((number, due))
    });
    let mut woken: Vec<_> = woken.collect();
    woken.sort_by_key(|(_, due)| *due); // 기한이 같으면 차례를 바꾸지 않는 정렬이다.
    woken
}
// ANCHOR_END: model

// ANCHOR: run
/// 진짜로 돌려, 깬 차례대로 번호와 깬 때를 적는다.
fn run(plans: &[Plan]) -> Vec<(usize, Duration)> {
    let woken = Rc::new(RefCell::new(Vec::new()));
    block_on_virtual(async {
        let start = now();
        for (number, plan) in plans.iter().cloned().enumerate() {
            go_to(start, plan.starts).await;
            let woken = Rc::clone(&woken);
            drop(spawn(async move {
                let gives_up = plan.gives_up.map_or(Duration::MAX, Duration::from_micros);
                let nap = sleep(Duration::from_micros(plan.sleeps));
                if let Either::Left(_) = select(nap, sleep(gives_up)).await {
                    woken.borrow_mut().push((number, now() - start));
                }
            }));
            yield_now().await; // 태스크가 잠든다.
        }
        sleep_until(start + Duration::from_secs(60)).await;
        assert_eq!(timers(), 0);
    });
    woken.take()
}
// ANCHOR_END: run

// ANCHOR: go_to
/// 틱까지는 자면서 가고, 틱의 가운데까지는 막으면서 간다.
async fn go_to(start: Instant, micros: u64) {
    sleep_until(start + Duration::from_millis(micros / 1_000)).await;
    let target = start + Duration::from_micros(micros);
    advance(target - now());
}
// ANCHOR_END: go_to

// ANCHOR: agrees
proptest! {
    #[test]
    fn sleeps_wake_in_order_and_never_early(plans in plans()) {
        let woken = run(&plans);
        for (number, at) in &woken {
            let plan = &plans[*number];
            let deadline = Duration::from_micros(plan.starts + plan.sleeps);
            prop_assert!(*at >= deadline);
            prop_assert!(*at < deadline + Duration::from_millis(1));
        }
        let in_ticks = |(number, at): (usize, Duration)| (number, at.as_millis() as u64);
        let woken: Vec<_> = woken.into_iter().map(in_ticks).collect();
        prop_assert_eq!(woken, model(&plans));
    }
}
// ANCHOR_END: agrees
