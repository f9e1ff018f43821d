//! 하루를 제멋대로 만들어, 문 안에 들어온 주문이 어떻게 되는지 센다.
#![cfg(not(feature = "loom"))]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::block_on_virtual;
use ch04_09_cancel_and_shutdown::channel::{Receiver, channel};
use ch04_09_cancel_and_shutdown::day::{Day, Outcome, run};
use ch04_09_cancel_and_shutdown::faulty::{cuts, enters_late, forgets_queue, leaves};
use ch04_09_cancel_and_shutdown::shop::{Order, Tell, serve};
use ch04_09_cancel_and_shutdown::{Closed, Shutdown, close, spawn};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

// ANCHOR: any_day
fn any_day() -> impl Strategy<Value = Day> {
    let orders = prop::collection::vec((0..40_u64, 0..40_u64), 0..8);
    let second = prop::option::of(0..30_u64);
    (orders, 0..40_u64, second, 0..60_u64).prop_map(|(orders, signal, second, patience)| Day {
        orders,
        signal,
        second,
        patience,
    })
}
// ANCHOR_END: any_day

/// `who`로 시작하고 `what`으로 끝나는 줄의 번호들.
fn numbers(log: &[String], who: &str, what: &str) -> Vec<usize> {
    let of = |line: &String| {
        let number = line.strip_prefix(who)?.strip_suffix(what)?;
        number.strip_suffix("번 요리를 ")?.parse().ok()
    };
    let mut numbers: Vec<_> = log.iter().filter_map(of).collect();
    numbers.sort_unstable();
    numbers
}

// ANCHOR: check
/// 들어온 주문은 모두 냈거나 버렸고, 버렸다면 그만두라고 했을 때뿐이다.
fn check<S>(day: Day, serve: fn(Receiver<Order>, Shutdown, Tell) -> S) -> Result<(), TestCaseError>
where
    S: Future<Output = ()> + 'static,
{
    let log = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&log);
    let tell: Tell = Rc::new(move |line| kept.borrow_mut().push(line));
    let Outcome { closed, at, sent } = run(day.clone(), serve, tell);
    let log = log.take();
    let served = numbers(&log, "주방: ", "냄");
    let dropped = numbers(&log, "주방: ", "버림");
    let (mut ended, mut sent) = ([&served[..], &dropped[..]].concat(), sent);
    ended.sort_unstable();
    sent.sort_unstable();
    prop_assert_eq!(ended, sent, "사라진 주문이 있다");
    let cut = match closed {
        Closed::Drained => 0,
        Closed::Forced(cut) => cut,
    };
    // 그만두라고 한 바로 그때 다 된 요리는 낸다.
    prop_assert!(dropped.len() <= cut, "까닭 없이 버렸다");
    prop_assert!(at <= day.signal + day.patience, "기한을 넘겼다");
    Ok(())
}
// ANCHOR_END: check

// ANCHOR: property
#[test]
fn what_came_in_is_served_or_cut() {
    let config = Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    runner
        .run(&any_day(), |day| check(day, serve))
        .unwrap_or_else(|error| panic!("{error}"));
}
// ANCHOR_END: property

// ANCHOR: faulty
/// 틀린 꼴에서 걸린 까닭. 난수의 씨앗을 정해 두어 늘 같은 하루가 나온다.
fn found<S>(serve: fn(Receiver<Order>, Shutdown, Tell) -> S) -> String
where
    S: Future<Output = ()> + 'static,
{
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    match TestRunner::new_with_rng(config, rng).run(&any_day(), |day| check(day, serve)) {
        Err(TestError::Fail(reason, _)) => reason.message().to_owned(),
        other => panic!("걸리지 않았다: {other:?}"),
    }
}

#[test]
fn the_faulty_ones_are_found() {
    assert!(found(leaves).contains("사라진 주문이 있다"));
    assert!(found(cuts).contains("사라진 주문이 있다"));
    assert!(found(forgets_queue).contains("사라진 주문이 있다"));
}
// ANCHOR_END: faulty

#[test]
fn leaving_throws_away_what_was_cooking() {
    let day = Day {
        orders: vec![(0, 30)],
        signal: 20,
        second: None,
        patience: 60,
    };
    let error = check(day.clone(), leaves).expect_err("요리하던 것을 버린다");
    assert!(error.to_string().contains("까닭 없이 버렸다"));
    check(day, serve).unwrap();
}

// ANCHOR: late
/// 꺼내는 동안 그만두라는 말이 와도, 그 뒤에 꺼낸 주문까지 센다. proptest가 찾은 하루이다.
#[test]
fn orders_taken_after_the_force_are_counted() {
    let day = Day {
        orders: vec![(17, 1), (17, 1)],
        signal: 17,
        second: Some(0),
        patience: 0,
    };
    check(day, serve).unwrap();
}
// ANCHOR_END: late

/// 가드를 쥔 것은 가게까지 셋이고, 버린 주문은 둘이다.
#[test]
fn forced_counts_guards_not_orders() {
    let day = Day {
        orders: vec![(17, 1), (17, 1)],
        signal: 17,
        second: Some(0),
        patience: 0,
    };
    assert_eq!(run(day, serve, Rc::new(drop)).closed, Closed::Forced(3));
}

/// 주문이 하나 든 문으로 가게를 띄우고, 가게가 처음 폴링되기 전에 종료를 알린다. 낸 요리를 돌려준다.
fn served_when_closed_at_once<S>(serve: fn(Receiver<Order>, Shutdown, Tell) -> S) -> Vec<usize>
where
    S: Future<Output = ()> + 'static,
{
    let log = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&log);
    let tell: Tell = Rc::new(move |line| kept.borrow_mut().push(line));
    block_on_virtual(async {
        let (stop, (door, orders)) = (Shutdown::new(), channel(1));
        let (number, cook) = (1, Duration::from_millis(1));
        let sent = door.send(Order { number, cook }).await;
        sent.expect("자리가 있다");
        let serving = spawn(serve(orders, stop.clone(), tell));
        let closed = close(&stop, Duration::from_millis(10)).await;
        assert_eq!(closed, Closed::Drained);
        serving.await.expect("패닉하지 않는다");
    });
    numbers(&log.take(), "주방: ", "냄")
}

// ANCHOR: before_poll
#[test]
fn orders_in_the_door_outlive_an_early_request() {
    assert_eq!(served_when_closed_at_once(serve), [1]);
    assert!(served_when_closed_at_once(enters_late).is_empty());
}
// ANCHOR_END: before_poll
