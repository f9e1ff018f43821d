//! 벌여 놓은 일과 일하는 손이 따로 정해지는지, 한 스레드에서도 수를 잃는지 본다.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

use rayon::prelude::*;
use tokio::runtime::Builder;
use tokio::task::yield_now;

use crate::forms::{RECEIPTS, both, concurrent, neither, parallel};
use crate::measure::on_one_core;
use crate::steps::{ALONE, PIECES, steps, work};
use crate::tally::{locked, lossy, tight};

// ANCHOR: forms
#[test]
fn tasks_and_hands_are_counted_apart() {
    assert_eq!(neither().most(), (1, 1));
    assert_eq!(concurrent().most(), (4, 1));
    assert_eq!(parallel().0.most(), (1, 2));
    assert_eq!(both().most(), (4, 2));
}

#[test]
fn splitting_one_task_gives_the_same_sum() {
    let alone: u64 = RECEIPTS.sum();
    assert_eq!(parallel().1, alone);
    assert_eq!(RECEIPTS.into_par_iter().sum::<u64>(), alone);
}
// ANCHOR_END: forms

#[test]
fn two_hands_on_one_core_are_still_two() {
    assert_eq!(on_one_core(|| both().most()), (4, 2));
}

#[test]
fn one_hand_finishes_each_dish_before_the_next() {
    let who = |line: &String| line.split(':').next().unwrap().to_owned();
    let order: Vec<_> = neither().lines().iter().map(who).collect();
    assert!(order.chunks(2).all(|pair| pair[0] == pair[1]));
    let started: Vec<_> = concurrent().lines().iter().take(4).map(who).collect();
    assert_eq!(started, crate::forms::DISHES);
}

// ANCHOR: tally
#[test]
fn one_thread_is_enough_to_lose_an_update() {
    assert_eq!(lossy().1, 1);
}

#[test]
fn reading_after_the_wait_or_holding_the_lock_keeps_both() {
    assert_eq!(tight().1, 2);
    assert_eq!(locked().1, 2);
}
// ANCHOR_END: tally

#[test]
#[expect(
    clippy::await_holding_lock,
    reason = "쥔 채 기다리면 어떻게 되는지 본다"
)]
fn a_std_lock_held_over_an_await_shuts_out_the_same_thread() {
    let sold = Mutex::new(0);
    let holder = async {
        let _held = sold.lock().unwrap();
        yield_now().await;
    };
    // `lock`을 불렀다면 이 하나뿐인 스레드가 멈춰 `holder`를 이어 갈 수 없다.
    let other = async { sold.try_lock().is_err() };
    let runtime = Builder::new_current_thread().build().unwrap();
    let both = async { futures::join!(holder, other) };
    assert!(runtime.block_on(both).1);
}

// ANCHOR: steps
#[test]
fn every_piece_is_done_once_and_the_first_ones_alone() {
    let done = Mutex::new(HashMap::new());
    let piece = |number| {
        let first = done.lock().unwrap().insert(number, thread::current().id());
        assert!(first.is_none());
    };
    work(4, ALONE, piece);
    let done = done.into_inner().unwrap();
    assert_eq!(done.len(), PIECES);
    assert!((0..ALONE).all(|number| done[&number] == thread::current().id()));
    assert!((ALONE..PIECES).all(|number| done[&number] != thread::current().id()));
}

#[test]
fn the_part_done_alone_is_the_limit() {
    assert_eq!([1, 2, 4, 75, 300].map(steps), [100, 63, 44, 26, 26]);
}
// ANCHOR_END: steps
