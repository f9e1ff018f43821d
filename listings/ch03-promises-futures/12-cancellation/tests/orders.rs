//! 바이트를 어디에서 자르고 틱이 언제 오든, 보낸 주문을 모두 읽는가.

mod common;

use std::cell::RefCell;
use std::io;

use ch03_12_cancellation::faulty::dropping;
use ch03_12_cancellation::orders::*;
use ch03_12_cancellation::{for_each_cancellation, poll_times};
use common::Drip;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokio::runtime::{Builder, Runtime};

// ANCHOR: case
/// 주문들과, 바이트를 몇 개씩 보내고 그 뒤에 틱이 오는지.
fn case() -> impl Strategy<Value = (Vec<Order>, Vec<Event>)> {
    let orders = vec(vec(any::<u8>(), 0..4), 0..4);
    let steps = vec((1..4_usize, any::<bool>()), 0..8);
    (orders, steps).prop_map(|(orders, steps)| {
        let mut bytes = encode(&orders);
        let mut events = Vec::new();
        for (count, tick) in steps {
            let rest = bytes.split_off(count.min(bytes.len()));
            events.push(Event::Bytes(bytes));
            events.extend(tick.then_some(Event::Tick));
            bytes = rest;
        }
        events.push(Event::Bytes(bytes));
        events.retain(|event| *event != Event::Bytes(Vec::new()));
        (orders, events)
    })
}
// ANCHOR_END: case

// ANCHOR: property
/// 읽는 쪽은 보낸 주문을 그대로 모두 읽고 끝나야 한다.
fn reads_every_order(
    serve: impl AsyncFn(Pipe, Ticks, Tell<'_>) -> io::Result<usize>,
    (orders, events): (Vec<Order>, Vec<Event>),
) -> Result<(), TestCaseError> {
    let read = RefCell::new(Vec::new());
    let note = |line: String| match line.strip_prefix("읽는 쪽: ") {
        Some(line) if !line.starts_with("틱") => read.borrow_mut().push(line.to_owned()),
        _ => {}
    };
    paused().block_on(play(serve, events, &note));
    let mut sent: Vec<_> = orders
        .iter()
        .map(|order| format!("주문 {order:?}"))
        .collect();
    sent.push(format!("끝, 모두 {}건", orders.len()));
    let read = read.into_inner();
    if sent == read {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("읽은 것: {}", read.join(", "))))
}
// ANCHOR_END: property

/// 시계를 멈춘 런타임.
fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("런타임을 만든다")
}

fn runner() -> TestRunner {
    // 실패를 파일에 남기지 않는다. 씨앗이 정해져 있어 늘 같은 경우가 나온다.
    let config = Config {
        cases: 256,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

// ANCHOR: dropping_fails
const SHRUNK: &str = "\
보낸 주문: [[0, 0]]
일어난 일: [Bytes([2]), Tick, Bytes([0, 0])]
읽은 것: 주문 [], 주문 [], 끝, 모두 2건";

#[test]
fn a_reading_dropped_on_every_tick_loses_bytes() {
    let result = runner().run(&case(), |case| reads_every_order(dropping, case));
    let Err(TestError::Fail(reason, (orders, events))) = result else {
        panic!("바이트를 잃어야 한다");
    };
    let shrunk = format!("보낸 주문: {orders:?}\n일어난 일: {events:?}\n{reason}");
    assert_eq!(shrunk, SHRUNK);
}
// ANCHOR_END: dropping_fails

// ANCHOR: cures
#[test]
fn both_cures_read_every_order() {
    let run = |case| {
        reads_every_order(pinned, Clone::clone(&case))?;
        reads_every_order(kept, case)
    };
    runner().run(&case(), run).unwrap();
}
// ANCHOR_END: cures

const ORDERS: [&[u8]; 2] = [&[2, 7, 9], &[5]];

fn drip() -> Drip {
    Drip::new(&encode(&ORDERS.map(Vec::from)))
}

/// 끝까지 읽은 주문들. 오류가 나면 `None`.
fn read_all(mut read: impl AsyncFnMut() -> io::Result<Option<Order>>) -> Option<Vec<Order>> {
    poll_times(
        async {
            let mut orders = Vec::new();
            while let Some(order) = read().await.ok()? {
                orders.push(order);
            }
            Some(orders)
        },
        1_000,
    )
    .expect("Drip은 물으면 나아간다")
}

// ANCHOR: read_order_loses
/// 취소한 자리마다, 취소하기 전에 읽은 것과 그 뒤에 읽은 것이 보낸 것과 같은지.
#[test]
fn read_order_loses_bytes_at_every_pause_but_the_first() {
    let mut whole = Vec::new();
    for_each_cancellation(
        drip,
        async |io| read_order(io).await.unwrap().unwrap(),
        |_, first, mut io| {
            let rest = read_all(async || read_order(&mut io).await);
            let all = rest.map(|rest| first.into_iter().chain(rest).collect::<Vec<_>>());
            whole.push(all.is_some_and(|all| all == ORDERS));
        },
    );
    assert_eq!(whole, [true, true, false, false, true]);
}
// ANCHOR_END: read_order_loses

// ANCHOR: next_is_safe
#[test]
fn next_loses_nothing_wherever_it_is_cancelled() {
    let polls = for_each_cancellation(
        || OrderReader::new(drip()),
        async |reader| reader.next().await.unwrap().unwrap(),
        |polls, first, mut reader| {
            let rest = read_all(async || reader.next().await).expect("바이트가 남아 있다");
            let all: Vec<_> = first.into_iter().chain(rest).collect();
            assert_eq!(all, ORDERS, "{polls}번 묻고 취소했을 때");
        },
    );
    assert_eq!(polls, 3);
}
// ANCHOR_END: next_is_safe

#[test]
fn a_line_closed_inside_an_order_is_an_error() {
    let cut = || Drip::new(&[3, 1]);
    let mut reader = OrderReader::new(cut());
    let mut io = cut();
    let kept = poll_times(reader.next(), 100).unwrap().unwrap_err();
    let lost = poll_times(read_order(&mut io), 100).unwrap().unwrap_err();
    assert_eq!(kept.kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(lost.kind(), io::ErrorKind::UnexpectedEof);
}
