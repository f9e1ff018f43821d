//! 버리는 이야기들.

use std::cell::Cell;

use ch03_12_cancellation::orders::{Event, encode, kept, pinned, play};
use ch03_12_cancellation::{bank, bank::Bank, cleanup, faulty};
use ch03_12_cancellation::{for_each_cancellation, poll_times};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::yield_now;

// ANCHOR: paused
/// 시계를 멈춘 런타임. 모두가 기다릴 때만 다음 시각으로 건너뛴다.
pub fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("런타임을 만든다")
}
// ANCHOR_END: paused

// ANCHOR: guest
struct Lent(&'static str);

fn lend(name: &'static str) -> Lent {
    println!("{name}: 빌려줌");
    Lent(name)
}

impl Drop for Lent {
    fn drop(&mut self) {
        println!("{}: 돌아옴", self.0);
    }
}

async fn guest() {
    let _seat = lend("자리");
    yield_now().await; // 차림표를 기다린다.
    let _plate = lend("접시");
    yield_now().await; // 음식을 기다린다.
    println!("손님: 다 먹음");
}
// ANCHOR_END: guest

// ANCHOR: dropped
pub fn dropped() {
    println!("== 떠난 손님 ==");
    for polls in 0..=3 {
        println!("{polls}번 묻고 버린다");
        poll_times(guest(), polls);
    }
}
// ANCHOR_END: dropped

// ANCHOR: cut_order
fn cut_order_events() -> Vec<Event> {
    let mut bytes = encode(&[vec![2, 7, 9], vec![5]]);
    let rest = bytes.split_off(1);
    vec![Event::Bytes(bytes), Event::Tick, Event::Bytes(rest)]
}

pub fn cut_order() {
    let tell = |line: String| println!("{line}");
    let events = cut_order_events;
    println!("== 잘린 주문 ==");
    let only_rust = |line: String| println!("[Rust] {line}");
    paused().block_on(play(faulty::dropping, events(), &only_rust));
    println!("== 고정한 읽기 ==");
    paused().block_on(play(pinned, events(), &tell));
    println!("== 쌓아 둔 읽기 ==");
    paused().block_on(play(kept, events(), &tell));
}
// ANCHOR_END: cut_order

// ANCHOR: every
/// 이체를 자리마다 취소하고, 남은 잔액을 적는다.
fn balances(transfer: impl AsyncFn(&Bank, i64)) {
    for_each_cancellation(
        Bank::open,
        async |bank| transfer(bank, 30).await,
        |polls, output, bank| {
            let ending = if output.is_some() { "끝" } else { "취소" };
            let [from, to] = bank.balances();
            println!("{polls}번 묻고 {ending}: {from} + {to} = {}", from + to);
        },
    );
}
// ANCHOR_END: every

pub fn every_cancellation() {
    println!("== 사라진 돈 ==");
    balances(faulty::transfer);
    println!("== 한 번에 옮기기 ==");
    balances(bank::at_once);
    println!("== 되돌리는 가드 ==");
    balances(bank::refunding);
}

pub fn counted() {
    println!("== 새는 수 ==");
    let fresh = || (Semaphore::new(2), Cell::new(0));
    let print = |(limit, in_flight): (Semaphore, Cell<u32>)| {
        let permits = limit.available_permits();
        println!("처리 중: {}, 남은 허가: {permits}", in_flight.get());
    };
    let (limit, in_flight) = fresh();
    poll_times(faulty::counted(&limit, &in_flight), 1);
    print((limit, in_flight));
    println!("== 돌아온 수 ==");
    let (limit, in_flight) = fresh();
    poll_times(cleanup::guarded(&limit, &in_flight), 1);
    print((limit, in_flight));
}
