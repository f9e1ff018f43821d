//! 이야기의 성질을 확인하고, 얼마나 늦는지 잰다.

use std::hint;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;

// ANCHOR: fault_tests
#[test]
fn a_trusting_ring_fires_a_full_turn_early() {
    assert_eq!(far(trusting), 100 - ring::SLOTS as u64);
    assert_eq!(far(checking), 100);
}

#[test]
fn a_rounded_down_deadline_is_early() {
    assert!(fired_at(Clock::now) < 1900);
    assert_eq!(fired_at(Clock::deadline), 2000);
}

#[test]
fn a_wall_clock_moves_the_timer() {
    assert_eq!(real_ticks(|real| real), 10);
    assert_eq!(real_ticks(back), 70);
    assert_eq!(real_ticks(ahead), 5);
}
// ANCHOR_END: fault_tests

#[test]
fn a_cancelled_timer_fires_only_from_a_batch() {
    let mut timers = Wheel::new();
    for (now, expected) in [(10, vec!["첫째", "둘째"]), (20, vec!["첫째"])] {
        timers.insert(now, "첫째");
        let second = timers.insert(now, "둘째");
        let mut called = Vec::new();
        let mut call = |timers: &mut Wheel<_>, name| {
            called.push(name);
            timers.cancel(second);
        };
        if now == 10 {
            run_in_batch(&mut timers, now, call);
        } else {
            while let Some(name) = timers.pop(now) {
                call(&mut timers, name);
            }
        }
        assert_eq!(called, expected);
    }
}

#[test]
fn an_old_key_cancels_only_without_a_ticket() {
    let mut bare = BareIndex::default();
    let old = bare.insert(1);
    bare.cancel(old);
    bare.insert(2);
    assert_eq!(bare.cancel(old), Some(2));

    let mut timers = Wheel::new();
    let old = timers.insert(10, 1);
    timers.cancel(old);
    timers.insert(10, 2);
    assert_eq!(timers.cancel(old), None);
    assert_eq!(timers.pop(10), Some(2));
}

// ANCHOR: endless
#[test]
fn a_timer_that_starts_itself_over_never_lets_go() {
    let mut timers = Wheel::new();
    timers.insert(10, "다시");
    for _ in 0..1_000 {
        let name = timers.pop(10).expect("방금 넣은 것이 또 나온다");
        timers.insert(10, name);
    }
}
// ANCHOR_END: endless

#[test]
fn cancelled_entries_are_cleared_away() {
    let (live, entries) = hoard();
    assert_eq!((live, entries), (6, 20_001));
    let (live, entries) = tidy();
    assert_eq!(live, 6);
    assert!(entries <= 2 * live + 64);
}

#[test]
fn the_heap_grows_with_the_logarithm_and_the_wheel_does_not() {
    let (few, many) = (all_fire(1_000), all_fire(100_000));
    assert!(many.heap - few.heap > 5.0);
    assert!((many.wheel - few.wheel).abs() < 0.1);
    assert!(few.wheel < 5.0);
    let (few, many) = (all_cancelled(1_000), all_cancelled(100_000));
    assert!(few.wheel < 1.1 && many.wheel < 1.1);
}

/// 1밀리초를 기다리기를 되풀이해, 기한보다 얼마나 늦게 깼는지 잰다. 재기 전에 조금씩 달리 쉬어 틱과의 사이를 흩뜨린다.
fn lateness(mut wait: impl FnMut(Instant)) -> Vec<f64> {
    let sample = |phase: u64| {
        thread::sleep(Duration::from_micros(phase * 370 % 1000));
        let deadline = Instant::now() + Duration::from_millis(1);
        wait(deadline);
        let late = Instant::now().checked_duration_since(deadline);
        late.expect("이르지 않다").as_secs_f64() * 1e3
    };
    let mut late: Vec<f64> = (0..1_000).map(sample).collect();
    late.sort_by(f64::total_cmp);
    late
}

// ANCHOR: sleepers
fn sleep(deadline: Instant) {
    thread::sleep(deadline.saturating_duration_since(Instant::now()));
}

/// 1밀리초 틱의 휠에 기한을 넣고, 꺼내질 때까지 잔다.
fn wheel() -> impl FnMut(Instant) {
    let clock = Clock::new(Instant::now(), Duration::from_millis(1));
    let mut timers = Wheel::new();
    move |deadline| {
        timers.insert(clock.deadline(deadline), ());
        while timers.pop(clock.now(Instant::now())).is_none() {
            let next = timers.next_deadline().expect("하나가 남아 있다");
            thread::sleep(clock.wait(next, Instant::now()));
        }
    }
}
// ANCHOR_END: sleepers

/// 코어마다 쉬지 않는 스레드를 둘씩 두고 돌린다.
fn while_busy<R>(run: impl FnOnce() -> R) -> R {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 * thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    hint::spin_loop()
                }
            });
        }
        let result = run();
        done.store(true, Ordering::Relaxed);
        result
    })
}

#[test]
#[ignore = "시간을 잰다"]
fn measure_idle() {
    report("idle", &lateness(sleep));
}

#[test]
#[ignore = "시간을 잰다"]
fn measure_wheel() {
    report("wheel", &lateness(wheel()));
}

#[test]
#[ignore = "시간을 잰다"]
fn measure_busy() {
    report("busy", &while_busy(|| lateness(sleep)));
}

// ANCHOR: edges
/// 분포를 나눌 자리.
const EDGES: [(&str, f64); 5] = [
    ("0.1ms 아래", 0.1),
    ("0.1–0.5ms", 0.5),
    ("0.5–1ms", 1.0),
    ("1–5ms", 5.0),
    ("5ms부터", f64::INFINITY),
];
// ANCHOR_END: edges

/// 분포를 `measured.toml`의 꼴로 찍는다.
fn report(name: &str, late: &[f64]) {
    let at = |part: f64| late[((late.len() - 1) as f64 * part) as usize];
    for (key, part) in [("half", 0.5), ("p99", 0.99), ("max", 1.0)] {
        entry(&format!("{name}-{key}"), format!("{:.2}", at(part)), "ms");
    }
    let mut start = 0.0;
    for (row, (_, end)) in EDGES.iter().enumerate() {
        let inside = late.iter().filter(|late| (start..*end).contains(*late));
        let share = inside.count() as f64 * 100.0 / late.len() as f64;
        start = *end;
        entry(&format!("{name}-{row}"), format!("{share:.1}"), "%");
    }
}

fn entry(key: &str, value: String, unit: &str) {
    println!("[{key}]\nvalue = \"{value}\"\nunit = \"{unit}\"");
    println!(
        "command = \"cargo test --release -p ch04-02-timers -- --ignored --nocapture --test-threads=1\""
    );
    println!("machine = \"AMD EPYC, 코어 2개, Linux\"\ndate = \"2026-11-21\"\n");
}
