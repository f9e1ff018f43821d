//! Node가 차례를 정한 것과 정하지 않은 것. Node가 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ch04_03_phases::EventLoop;

type Counts = BTreeMap<String, BTreeMap<String, u32>>;

// ANCHOR: start-script
const START: &str = "
    setTimeout(() => console.log('timeout'), 0);
    setImmediate(() => console.log('immediate'));
";
// ANCHOR_END: start-script

// ANCHOR: entry-script
const ENTRY: &str = "
    queueMicrotask(() => console.log('마이크로태스크'));
    process.nextTick(() => console.log('nextTick'));
";
// ANCHOR_END: entry-script

fn counts(turns: &str) -> Option<Counts> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/open.mjs");
    let text = beside::node(&[script, turns])?;
    Some(serde_json::from_str(&text).expect("수는 JSON이다"))
}

/// 적힌 차례. `us`는 main이 시작할 때까지 흐른 마이크로초, `between`은 콜백을 거는 사이에 흐른 것.
fn order(us: u64, between: u64, program: Program) -> String {
    let (on, log) = (EventLoop::default(), Log::default());
    on.block(us);
    program(&on, between, &log);
    on.run();
    log.take().join(",")
}

type Log = Rc<RefCell<Vec<&'static str>>>;
type Program = fn(&EventLoop, u64, &Log);

fn put(log: &Log, line: &'static str) -> impl FnOnce() + use<> {
    let log = Rc::clone(log);
    move || log.borrow_mut().push(line)
}

fn start(on: &EventLoop, between: u64, log: &Log) {
    on.set_timeout(0, put(log, "timeout"));
    on.set_immediate(put(log, "immediate"));
    on.block(between);
}

fn bucket(on: &EventLoop, between: u64, log: &Log) {
    let (first, immediate, queue) = (put(log, "첫째"), put(log, "immediate"), on.clone());
    on.set_timeout(1, move || {
        first();
        queue.set_immediate(immediate);
    });
    on.block(between);
    on.set_timeout(1, put(log, "둘째"));
}

fn lengths(on: &EventLoop, between: u64, log: &Log) {
    on.set_timeout(2, put(log, "긴 것"));
    on.block(between);
    on.set_timeout(1, put(log, "짧은 것"));
}

// ANCHOR: both
/// 같은 프로그램도 밀리초의 어디에서 시작했는지에 따라 차례가 다르다.
#[test]
fn the_same_delay_gives_either_order() {
    assert_eq!(order(0, 200, start), "immediate,timeout");
    assert_eq!(order(900, 200, start), "timeout,immediate");
    assert_eq!(order(0, 200, bucket), "첫째,둘째,immediate");
    assert_eq!(order(900, 200, bucket), "첫째,immediate,둘째");
    assert_eq!(order(0, 200, lengths), "짧은 것,긴 것");
    assert_eq!(order(900, 200, lengths), "긴 것,짧은 것");
}
// ANCHOR_END: both

fn from_io(on: &EventLoop, between: u64, log: &Log) {
    let (inside, log) = (on.clone(), log.clone());
    on.io(move || start(&inside, between, &log));
}

fn orders(program: Program) -> Vec<String> {
    let mut orders: Vec<_> = (0..30)
        .flat_map(|us| [0, 200, 900, 3000].map(|between| order(us * 50, between, program)))
        .collect();
    orders.sort();
    orders.dedup();
    orders
}

// ANCHOR: allowed
/// Node에서 나온 차례는 모두 이 루프에서도 나오는 차례이다.
#[test]
fn node_stays_within_the_orders_of_the_model() {
    let Some(counts) = counts("100") else { return };
    let models: [(&str, Program); 3] = [("start", start), ("bucket", bucket), ("io", from_io)];
    for (name, program) in models {
        let allowed = orders(program);
        let seen = counts[name].keys();
        seen.for_each(|order| assert!(allowed.contains(order), "{name}: {order}"));
    }
    assert_eq!(orders(from_io), ["immediate,timeout"]);
}
// ANCHOR_END: allowed

// ANCHOR: measure
/// 두 줄짜리 프로그램을 200번 새로 띄워, 나온 차례마다 센다. `measured.toml`의 수이다.
#[test]
#[ignore = "Node를 200번 띄운다"]
fn node_shows_both_orders() {
    let starts: Option<Vec<_>> = (0..200).map(|_| beside::node(&["-e", START])).collect();
    let Some(starts) = starts else { return };
    let count = |order: &str| starts.iter().filter(|seen| *seen == order).count();
    let timeout_first = count("timeout\nimmediate\n");
    let immediate_first = count("immediate\ntimeout\n");
    println!("timeout 먼저 {timeout_first}, immediate 먼저 {immediate_first}");
    assert_eq!(timeout_first + immediate_first, 200);
    assert!(timeout_first > 0 && immediate_first > 0);
}
// ANCHOR_END: measure

// ANCHOR: entry
/// 같은 두 줄이 CommonJS와 ES 모듈에서 거꾸로 찍힌다.
#[test]
fn a_module_starts_inside_the_microtask_queue() {
    let (script, module) = (["-e", ENTRY], ["--input-type=module", "-e", ENTRY]);
    let (Some(script), Some(module)) = (beside::node(&script), beside::node(&module)) else {
        return;
    };
    assert_eq!(script, "nextTick\n마이크로태스크\n");
    assert_eq!(module, "마이크로태스크\nnextTick\n");
}
// ANCHOR_END: entry
