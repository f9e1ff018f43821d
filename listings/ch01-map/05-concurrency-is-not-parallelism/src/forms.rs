//! 네 꼴. 벌여 놓은 요리의 수와 일하는 손의 수를 따로 정한다.

use std::ops::RangeInclusive;
use std::sync::Barrier;
use std::thread;

use futures::future::join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

use crate::board::Board;

pub const DISHES: [&str; 4] = ["국밥", "만두", "전", "식혜"];
/// 더할 영수증의 금액. 하나의 일이지만 나눌 수 있다.
pub const RECEIPTS: RangeInclusive<u64> = 1..=1000;

// ANCHOR: dish
/// 요리 하나. 손질하고, 불에 올려 두고, 담는다.
async fn dish(name: &str, board: &Board, hands: &Barrier) {
    let _in_progress = board.in_progress.enter();
    work(name, "손질한다", board, hands);
    yield_now().await; // 끓는 동안 다른 요리에 손을 내준다.
    work(name, "담는다", board, hands);
}

/// `hands`에 적힌 수만큼 손이 모여야 일한다.
fn work(name: &str, what: &str, board: &Board, hands: &Barrier) {
    let _running = board.running.enter();
    hands.wait();
    board.note(name, what);
}
// ANCHOR_END: dish

// ANCHOR: neither
/// 손 하나가 요리를 하나씩 끝낸다.
pub fn neither() -> Board {
    let (board, hands) = kitchen(1);
    for name in DISHES {
        runtime().block_on(dish(name, &board, &hands));
    }
    board
}
// ANCHOR_END: neither

// ANCHOR: concurrent
/// 손 하나가 요리를 모두 벌여 놓고 번갈아 한다.
pub fn concurrent() -> Board {
    let (board, hands) = kitchen(1);
    take_turns(&DISHES, &board, &hands);
    board
}

/// 이 스레드에서 요리를 번갈아 나아가게 하고, 모두 끝날 때까지 기다린다.
fn take_turns(names: &[&str], board: &Board, hands: &Barrier) {
    let dishes = names.iter().map(|name| dish(name, board, hands));
    runtime().block_on(join_all(dishes));
}
// ANCHOR_END: concurrent

// ANCHOR: parallel
/// 일은 하나뿐이고, 그 하나를 손 둘이 나눠서 한다.
pub fn parallel() -> (Board, u64) {
    let (board, hands) = kitchen(2);
    let sum = {
        let _in_progress = board.in_progress.enter();
        thread::scope(|scope| {
            let right = scope.spawn(|| add(Hand::Right, 501..=1000, &board, &hands));
            let left = add(Hand::Left, 1..=500, &board, &hands);
            left + right.join().expect("패닉하지 않는다")
        })
    };
    (board, sum)
}

fn add(hand: Hand, receipts: RangeInclusive<u64>, board: &Board, hands: &Barrier) -> u64 {
    let _running = board.running.enter();
    hand.note("더하기 시작한다", board, hands);
    let sum = receipts.sum();
    hand.note("다 더했다", board, hands);
    sum
}
// ANCHOR_END: parallel

enum Hand {
    Left,
    Right,
}

impl Hand {
    /// 두 손이 모두 여기에 이르러야 지나간다. 적는 차례만 왼손부터로 정한다.
    fn note(&self, what: &str, board: &Board, hands: &Barrier) {
        match self {
            Hand::Left => {
                board.note("왼손", what);
                hands.wait();
            }
            Hand::Right => {
                hands.wait();
                board.note("오른손", what);
            }
        }
        hands.wait();
    }
}

// ANCHOR: both
/// 손 둘이 저마다 요리 둘을 벌여 놓고 번갈아 한다.
pub fn both() -> Board {
    let (board, hands) = kitchen(2);
    thread::scope(|scope| {
        for names in DISHES.chunks(2) {
            scope.spawn(|| take_turns(names, &board, &hands));
        }
    });
    board
}
// ANCHOR_END: both

fn kitchen(hands: usize) -> (Board, Barrier) {
    (Board::default(), Barrier::new(hands))
}

/// 부른 스레드 하나에서 도는 런타임.
fn runtime() -> Runtime {
    Builder::new_current_thread()
        .build()
        .expect("런타임이 선다")
}
