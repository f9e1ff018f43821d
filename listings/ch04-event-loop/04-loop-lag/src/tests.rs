//! 지연의 한도, 재는 방법, 범인 찾기.

use std::cell::Cell;
use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::histogram::Histogram;

// ANCHOR: worst_lag
/// `slices`마다 하나씩, 나눈 보고서를 `start`에 모두 시작하고 가장 늦은 박동을 본다.
fn worst_lag(slices: &[u64], start: u64, budget: Duration) -> Duration {
    let mut on = virtual_loop().with_budget(budget);
    Beat::new(ms(3), ms(2000)).start(&mut on, ms(3));
    for slice in slices.iter().copied() {
        on.at("알람", ms(start), move |on| {
            on.post("보고서", move |on| sliced(on, slice))
        });
    }
    on.run();
    on.lag.max()
}
// ANCHOR_END: worst_lag

proptest! {
    // ANCHOR: bound
    #[test]
    fn one_report_is_late_by_a_slice_at_most(slice in 1u64..60, start in 0u64..100) {
        prop_assert!(worst_lag(&[slice], start, Duration::MAX) <= ms(slice));
    }

    #[test]
    fn a_budget_bounds_the_lag_of_many(
        slices in prop::collection::vec(1u64..20, 1..12),
        start in 0u64..100,
        budget in 1u64..30,
    ) {
        let longest = slices.iter().copied().max().unwrap();
        prop_assert!(worst_lag(&slices, start, ms(budget)) < ms(budget + longest));
    }
    // ANCHOR_END: bound
}

#[test]
fn without_a_budget_slices_add_up() {
    assert_eq!(worst_lag(&[2; 10], 8, Duration::MAX), ms(19));
    assert!(worst_lag(&[2; 10], 8, ms(5)) < ms(7));
    assert!(worst_lag(&[2; 10], 8, ms(0)) <= ms(2)); // 몫이 0이면 한 바퀴에 하나이다.
}

// ANCHOR: from_timer
#[test]
fn a_report_begun_in_a_timer_runs_two_slices_a_turn() {
    let mut on = virtual_loop();
    heart(&mut on);
    on.at("보고서", ms(15), |on| sliced(on, 8));
    on.run();
    assert_eq!(on.lag.max(), ms(11)); // 조각은 8ms이다.
    assert!(day(|on| sliced(on, 8)).lag.max() <= ms(8));
}
// ANCHOR_END: from_timer

#[test]
fn every_form_gives_the_same_total() {
    let pool = Pool::new(1);
    let last = |on: EventLoop| {
        let mut lines = on
            .story
            .into_iter()
            .filter(|line| line.starts_with("보고서"));
        lines.next_back().unwrap()
    };
    for on in [
        day(blocking),
        day(|on| sliced(on, 7)),
        day(move |on| offloaded(on, &pool)),
    ] {
        assert_eq!(last(on), "보고서: 55ms, 합계 820");
    }
}

#[test]
fn only_the_blocking_report_is_late() {
    let pool = Pool::new(1);
    assert_eq!(day(blocking).lag.max(), ms(35));
    assert_eq!(day(|on| sliced(on, 1)).lag.max(), ms(0));
    assert_eq!(day(move |on| offloaded(on, &pool)).lag.max(), ms(0));
}

#[test]
fn a_panic_of_offloaded_work_comes_back_as_an_event() {
    let pool = Pool::new(1);
    let mut on = virtual_loop();
    on.offload(
        &pool,
        ("일", ms(5)),
        || -> u32 { panic!("일부러 낸 패닉") },
        |on, result| {
            assert!(result.is_err());
            on.tell("일", "실패");
        },
    );
    on.run();
    assert_eq!(on.story, ["일: 5ms, 실패"]);
}

#[test]
fn a_real_loop_waits_for_what_it_sent_away() {
    let pool = Pool::new(1);
    let mut on = EventLoop::new(Clock::Real(std::time::Instant::now()));
    let main = thread::current().id();
    on.offload(
        &pool,
        ("일", ms(0)),
        || thread::current().id(),
        move |on, worker| {
            assert_ne!(worker.unwrap(), main);
            assert_eq!(thread::current().id(), main); // 결과를 받는 곳은 다시 루프이다.
            on.tell("일", "끝");
        },
    );
    on.run();
    assert_eq!(on.story.len(), 1);
}

// ANCHOR: omission
#[test]
fn a_client_that_waits_misses_almost_all_of_the_lag() {
    let bad = |seen: &Histogram| {
        (1..=100)
            .filter(|rank| seen.percentile(*rank) > ms(5))
            .count()
    };
    let waiting = with_accounts(Client::waiting);
    let scheduled = with_accounts(Client::scheduled);
    assert_eq!(bad(&scheduled.inside.borrow()), 0);
    assert_eq!(bad(&waiting.outside.borrow()), 1);
    assert_eq!(bad(&scheduled.outside.borrow()), 33);
}
// ANCHOR_END: omission

proptest! {
    // ANCHOR: percentile
    #[test]
    fn a_percentile_is_never_low_and_less_than_twice_too_high(
        mut values in prop::collection::vec(0u64..1_000_000, 1..200),
        percent in 1u64..=100,
    ) {
        let mut histogram = Histogram::default();
        for value in &values {
            histogram.record(Duration::from_micros(*value));
        }
        values.sort_unstable();
        let rank = (values.len() * percent as usize).div_ceil(100);
        let exact = values[rank - 1];
        let found = histogram.percentile(percent).as_micros() as u64;
        prop_assert!(exact <= found && found < exact.max(1) * 2);
        prop_assert!(histogram.max() == Duration::from_micros(values[values.len() - 1]));
    }
    // ANCHOR_END: percentile
}

#[test]
fn the_record_names_who_blocked() {
    let runs = day(blocking).runs;
    let worst = runs.iter().max_by_key(|(_, runs)| runs.longest).unwrap();
    assert_eq!((*worst.0, worst.1.longest), ("보고서", ms(40)));
    assert_eq!(runs["박동"].longest, ms(0)); // 늦은 것은 박동이지만 막은 것은 아니다.
}

#[test]
fn a_turn_takes_only_what_was_waiting() {
    fn again(on: &mut EventLoop, turns: Rc<Cell<u32>>) {
        turns.set(turns.get() + 1);
        if turns.get() < 1000 {
            on.post("다시", move |on| again(on, turns));
        }
    }
    let (turns, seen) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (count, fired) = (Rc::clone(&turns), Rc::clone(&seen));
    let mut on = virtual_loop();
    on.post("처음", move |on| {
        on.at("타이머", on.now(), move |_| fired.set(count.get()));
        again(on, turns);
    });
    on.run();
    assert_eq!(seen.get(), 1); // 다시 서기를 되풀이해도 타이머는 다음 바퀴에 울린다.
}

#[test]
fn dropping_a_pool_in_a_handler_blocks_the_loop() {
    assert!(!news_reaches_work(false));
    assert!(news_reaches_work(true));
}
