//! 곳마다 함께 있을 수 있는 수와, 어긋난 짝이 막는 것을 본다.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::kitchen::{Kitchen, ask};
use crate::loads::{JOBS, Place, WORKERS, calculate, wait};
use crate::measure::clocks;
use crate::mismatch::{self, GIVE_UP};
use crate::places::{on_rayon, rayon_pool};
use crate::primes::{count_primes, piece};

#[test]
fn primes_are_primes() {
    assert_eq!(count_primes(0..30), 10);
    let pieces: usize = (0..JOBS)
        .map(|number| count_primes(piece(number, 1000)))
        .sum();
    assert_eq!(pieces, count_primes(0..8000));
}

// ANCHOR: waiting
#[test]
fn every_place_gets_the_same_replies() {
    let expected: Vec<_> = (0..JOBS).map(|number| format!("확인 {number}")).collect();
    for (place, batch) in [
        (Place::Threads, JOBS),
        (Place::Tasks, JOBS),
        (Place::Rayon, WORKERS),
    ] {
        assert_eq!(wait(place, batch).results, expected);
    }
}

#[test]
fn tasks_wait_together_on_one_thread() {
    assert_eq!(wait(Place::Threads, JOBS).gauge.read(), (JOBS, JOBS));
    assert_eq!(wait(Place::Tasks, JOBS).gauge.read(), (1, JOBS));
    assert_eq!(wait(Place::Rayon, WORKERS).gauge.read(), (WORKERS, WORKERS));
}
// ANCHOR_END: waiting

// ANCHOR: no_third
#[test]
fn a_third_request_never_leaves_a_pool_of_two() {
    let kitchen = Kitchen::open().unwrap();
    let (address, (take, taken)) = (kitchen.address(), mpsc::channel());
    thread::spawn(move || (0..JOBS).try_for_each(|_| take.send(kitchen.take().unwrap())));
    let asking = thread::spawn(move || {
        let pool = rayon_pool(WORKERS);
        on_rayon(&pool, JOBS, |number| ask(address, number).unwrap()).len()
    });
    let held: Vec<_> = taken.iter().take(WORKERS).collect();
    assert!(taken.recv_timeout(GIVE_UP).is_err());
    // 답을 하나 줄 때마다 요청이 하나 더 온다.
    for order in held.into_iter().chain(taken) {
        order.answer().unwrap();
    }
    assert_eq!(asking.join().unwrap(), JOBS);
}
// ANCHOR_END: no_third

#[test]
fn a_calculation_holds_its_thread() {
    let primes = |report: crate::loads::Report<usize>| report.results.iter().sum::<usize>();
    assert_eq!(calculate(Place::Threads, JOBS).gauge.read(), (JOBS, JOBS));
    assert_eq!(calculate(Place::Tasks, 1).gauge.read(), (1, 1));
    assert_eq!(calculate(Place::Rayon, 2).gauge.read(), (2, 2));
    for (place, batch) in [(Place::Threads, JOBS), (Place::Tasks, 1), (Place::Rayon, 2)] {
        assert_eq!(primes(calculate(place, batch)), count_primes(0..8000));
    }
}

// ANCHOR: mismatch
#[test]
fn waiting_fills_the_pool_and_starves_the_calculation() {
    let finished_early = |log: Vec<String>| {
        let of = |who| log.iter().position(|line| line.starts_with(who)).unwrap();
        let primes = log.iter().position(|line| line.starts_with("계산: 소수"));
        primes.unwrap() < of("주방: 답한다")
    };
    assert!(!finished_early(mismatch::wait_on_rayon().unwrap()));
    assert!(finished_early(mismatch::wait_on_threads().unwrap()));
}

#[test]
fn a_calculation_on_the_task_thread_keeps_the_reply_unheard() {
    let heard = |log: Vec<String>| log.iter().any(|line| line.ends_with("들은 답 1개"));
    assert!(!heard(mismatch::calculate_on_task()));
    assert!(heard(mismatch::calculate_on_rayon()));
}
// ANCHOR_END: mismatch

// ANCHOR: share
#[test]
fn waiting_uses_little_of_the_cpu() {
    let kitchen = Kitchen::open().unwrap();
    let address = kitchen.address();
    let cook = thread::spawn(move || kitchen.serve_slowly(4, Duration::from_millis(50)));
    let (wall, cpu) = clocks(|| (0..4).for_each(|number| drop(ask(address, number).unwrap())));
    assert!(cpu * 2 < wall, "{cpu:?} / {wall:?}");
    cook.join().unwrap().unwrap();
}

#[test]
fn calculating_uses_the_cpu_for_as_long_as_it_calculates() {
    let used = |limit| clocks(|| assert!(count_primes(0..limit) > 0)).1;
    assert!(used(200_000) > used(20_000));
}
// ANCHOR_END: share
