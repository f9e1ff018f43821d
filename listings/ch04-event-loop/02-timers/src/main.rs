//! 타이머를 힙과 타이밍 휠에 넣고, 취소하고, 제때 꺼낸다.

mod faulty;
mod ring;
#[cfg(test)]
mod tests;
mod work;

use std::iter;
use std::time::{Duration, Instant};

use ch04_02_timers::{Clock, Heap, Timers, Wheel};

use faulty::{BareIndex, HoardingHeap, run_in_batch};
use ring::{Ring, checking, trusting};
use work::{all_cancelled, all_fire, requests};

fn main() {
    println!("== 쌓이는 기한 ==");
    let (live, entries) = hoard();
    println!("[Rust] 미루기만 하는 힙: 산 것 {live}, 힙에 든 것 {entries}");
    let (live, entries) = tidy();
    println!("[Rust] 가끔 치우는 힙: 산 것 {live}, 힙에 든 것 {entries}");
    println!("== 같은 기한 ==");
    same_deadline();
    println!("== 지난 기한 ==");
    past_deadline();
    println!("== 휠의 층 ==");
    levels();
    println!("== 먼 기한 ==");
    println!(
        "[Rust] 칸만 믿는 고리: 100틱짜리가 {}틱에 나옴",
        far(trusting)
    );
    println!(
        "[Rust] 기한을 보는 고리: 100틱짜리가 {}틱에 나옴",
        far(checking)
    );
    println!("== 도중의 취소 ==");
    cancel_midway();
    println!("== 옛 열쇠 ==");
    old_key();
    println!("== 올림과 내림 ==");
    println!("[Rust] 내린 기한: {}µs에 나옴", fired_at(Clock::now));
    println!("[Rust] 올린 기한: {}µs에 나옴", fired_at(Clock::deadline));
    println!("== 밀리는 간격 ==");
    intervals();
    println!("== 시계 ==");
    println!(
        "[Rust] 단조 시계: 실제 {}틱에 나옴",
        real_ticks(|real| real)
    );
    println!(
        "[Rust] 5틱에 60틱 뒤로 간 벽시계: 실제 {}틱에 나옴",
        real_ticks(back)
    );
    println!(
        "[Rust] 5틱에 60틱 앞으로 간 벽시계: 실제 {}틱에 나옴",
        real_ticks(ahead)
    );
    println!("== 일의 양 ==");
    counts();
}

// ANCHOR: hoard
fn hoard() -> (usize, usize) {
    let mut timers = HoardingHeap::new();
    requests(
        20_000,
        &mut timers,
        |timers, deadline| timers.insert(deadline, "타임아웃"),
        |timers, id| assert!(timers.cancel(id).is_some()),
    );
    let (live, entries) = (timers.values.len(), timers.queue.len());
    let fired = iter::from_fn(|| timers.pop(u64::MAX)).count();
    assert_eq!(fired, live, "취소한 것은 나오지 않는다");
    (live, entries)
}
// ANCHOR_END: hoard

fn tidy() -> (usize, usize) {
    let mut timers = Heap::new();
    requests(
        20_000,
        &mut timers,
        |timers, deadline| timers.insert(deadline, "타임아웃"),
        |timers, key| assert!(timers.cancel(key).is_some()),
    );
    (timers.len(), timers.entries())
}

// ANCHOR: same_deadline
fn same_deadline() {
    let mut timers = Wheel::new();
    for (deadline, name) in [(20, "가"), (10, "나"), (20, "다"), (10, "라")] {
        timers.insert(deadline, name);
    }
    for now in [10, 20] {
        for name in timers.expire(now) {
            println!("{now}: {name}");
        }
    }
}
// ANCHOR_END: same_deadline

fn past_deadline() {
    let mut timers = Wheel::new();
    assert_eq!(timers.pop(10), None);
    timers.insert(10, "지금이 기한인 것");
    timers.insert(3, "이미 지난 것");
    for name in timers.expire(10) {
        println!("{name}");
    }
}

// ANCHOR: levels
fn levels() {
    let mut timers = Wheel::new();
    let mut keys = [5, 100, 5000].map(|deadline| (deadline, timers.insert(deadline, deadline)));
    show(0, &timers, &mut keys);
    while let Some(now) = timers.next_deadline() {
        let fired: Vec<u64> = timers.expire(now).collect();
        println!("[Rust] {now}틱: 꺼낸 것 {fired:?}");
        show(now, &timers, &mut keys);
    }
}
// ANCHOR_END: levels

fn show(now: u64, timers: &Wheel<u64>, keys: &mut [(u64, ch04_02_timers::Key)]) {
    for (deadline, key) in keys {
        if let Some((level, slot)) = timers.position(*key) {
            println!("[Rust] {now}틱: {deadline}은 {level}층 {slot}칸");
        }
    }
}

// ANCHOR: far
fn far(is_due: fn(u64, u64) -> bool) -> u64 {
    let mut ring = Ring::new();
    ring.insert(100, ());
    while ring.tick(is_due).is_empty() {}
    ring.now
}
// ANCHOR_END: far

// ANCHOR: cancel_midway
fn cancel_midway() {
    let mut timers = Wheel::new();
    timers.insert(10, "첫째");
    let second = timers.insert(10, "둘째");
    while let Some(name) = timers.pop(10) {
        println!("{name}가 둘째를 취소함");
        timers.cancel(second);
    }

    timers.insert(20, "첫째");
    let second = timers.insert(20, "둘째");
    run_in_batch(&mut timers, 20, |timers, name| {
        println!("[Rust] 모아 부르기: {name}가 불림");
        timers.cancel(second);
    });
}
// ANCHOR_END: cancel_midway

// ANCHOR: old_key
fn old_key() {
    let mut bare = BareIndex::default();
    let old = bare.insert("하나의 타임아웃");
    bare.cancel(old);
    bare.insert("두리의 타임아웃");
    println!("[Rust] 번호만 있는 열쇠: {:?}", bare.cancel(old));

    let mut timers = Wheel::new();
    let old = timers.insert(10, "하나의 타임아웃");
    timers.cancel(old);
    timers.insert(10, "두리의 타임아웃");
    println!("[Rust] 번호표가 있는 열쇠: {:?}", timers.cancel(old));
}
// ANCHOR_END: old_key

// ANCHOR: fired_at
/// 1틱이 1000µs인 시계에서 1900µs 뒤의 기한을 틱으로 바꿔 넣고, 100µs마다 물어본다.
fn fired_at(to_tick: fn(&Clock, Instant) -> u64) -> u64 {
    let start = Instant::now();
    let after = |micros| start + Duration::from_micros(micros);
    let clock = Clock::new(start, Duration::from_micros(1000));
    let mut timers = Wheel::new();
    timers.insert(to_tick(&clock, after(1900)), ());
    let mut asked = (0..).step_by(100);
    let fired = asked.find(|micros| timers.pop(clock.now(after(*micros))).is_some());
    fired.expect("언젠가 나온다")
}
// ANCHOR_END: fired_at

// ANCHOR: beats
/// 틱을 다섯 번 받은 시각. `wake`는 기한을 받아 실제로 깨어나는 시각을 정한다.
fn beats(next: fn(u64, u64) -> u64, wake: fn(u64) -> u64) -> String {
    let mut timers = Wheel::new();
    let mut deadline = 10;
    let mut beats = Vec::new();
    for _ in 0..5 {
        timers.insert(deadline, deadline);
        let now = wake(deadline);
        let last = timers.pop(now).expect("기한이 지났다");
        beats.push(now.to_string());
        deadline = next(last, now);
    }
    beats.join(" ")
}
// ANCHOR_END: beats

// ANCHOR: intervals
fn intervals() {
    let from_now = |_last, now| now + 10;
    let from_last = |last, _now| last + 10;
    let late = |deadline| deadline + 3;
    println!("지금부터 10틱 뒤: {}", beats(from_now, late));
    println!("앞의 기한부터 10틱 뒤: {}", beats(from_last, late));
    let blocked = |deadline: u64| {
        if deadline < 20 {
            deadline
        } else {
            deadline.max(45)
        }
    };
    println!("20틱부터 45틱까지 막히면: {}", beats(from_last, blocked));
}
// ANCHOR_END: intervals

// ANCHOR: real_ticks
/// 10틱짜리 타이머가 나올 때까지 실제로 흐른 틱. `clock`은 실제 틱에 시계가 가리키는 값이다.
fn real_ticks(clock: fn(u64) -> u64) -> u64 {
    let mut timers = Wheel::new();
    timers.insert(clock(0) + 10, ());
    let mut real = 0..;
    let fired = real.find(|real| timers.pop(clock(*real)).is_some());
    fired.expect("언젠가 나온다")
}

/// 시각을 맞추느라 5틱에 60틱을 되돌린 벽시계. 1000틱에서 시작한다.
fn back(real: u64) -> u64 {
    1000 + real - if real < 5 { 0 } else { 60 }
}
// ANCHOR_END: real_ticks

fn ahead(real: u64) -> u64 {
    1000 + real + if real < 5 { 0 } else { 60 }
}

fn counts() {
    for count in [1_000, 10_000, 100_000] {
        let work = all_fire(count);
        let (heap, wheel) = (work.heap, work.wheel);
        let ring = work.ring.expect("고리도 돌렸다");
        println!(
            "[Rust] {count}개를 꺼냄: 힙 비교 {heap:.1}, 고리 보기 {ring:.1}, 휠 옮김 {wheel:.1}"
        );
    }
    for count in [1_000, 10_000, 100_000] {
        let work = all_cancelled(count);
        let (heap, wheel) = (work.heap, work.wheel);
        println!("[Rust] {count}개를 취소함: 힙 비교 {heap:.1}, 휠 옮김 {wheel:.1}");
    }
}
