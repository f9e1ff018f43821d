//! shuttle이 차례를 무작위로 골라 돌리고, 실패한 차례를 적어 다시 돌린다.
#![cfg(feature = "shuttle")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ch01_07_proving_order::counter::Counter;
use ch01_07_proving_order::door::Door;
use ch01_07_proving_order::letter::Letterbox;
use shuttle::scheduler::{ReplayScheduler, Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, Runner, thread};

// ANCHOR: door
/// 한 스레드가 문을 열고 나머지가 기다린다. 어떤 차례에서든 모두 끝나야 한다.
fn everyone_comes_in(waiters: usize, wait: fn(&Door)) {
    let door = Arc::new(Door::new());
    let waiting: Vec<_> = (0..waiters)
        .map(|_| {
            let door = Arc::clone(&door);
            thread::spawn(move || wait(&door))
        })
        .collect();
    door.open();
    for thread in waiting {
        thread.join().unwrap();
    }
}
// ANCHOR_END: door

// ANCHOR: random
#[test]
#[should_panic(expected = "deadlock")]
fn a_look_outside_the_lock_loses_a_wakeup() {
    let seed = 1;
    shuttle::check_random_with_seed(
        || everyone_comes_in(1, Door::wait_after_a_look),
        seed,
        1_000,
    );
}

#[test]
fn twenty_waiters_under_the_lock_all_come_in() {
    shuttle::check_random(|| everyone_comes_in(20, Door::wait), 1_000);
}
// ANCHOR_END: random

// ANCHOR: replay
const LOST_WAKEUP: &str = include_str!("schedules/lost-wakeup.txt");

#[test]
#[should_panic(expected = "deadlock")]
fn the_recorded_schedule_still_fails() {
    shuttle::replay(
        || everyone_comes_in(1, Door::wait_after_a_look),
        LOST_WAKEUP.trim(),
    );
}

#[test]
fn the_cured_door_survives_the_recorded_schedule() {
    let finished = follow(LOST_WAKEUP.trim(), || everyone_comes_in(1, Door::wait));
    assert!(finished, "문 앞에서 멈추었다");
}
// ANCHOR_END: replay

/// 고친 코드는 걸음의 수가 달라서, 적힌 차례만으로는 끝까지 가지 못한다.
#[test]
#[should_panic(expected = "schedule ended early")]
fn a_recorded_schedule_fits_only_the_code_it_came_from() {
    shuttle::replay(|| everyone_comes_in(1, Door::wait), LOST_WAKEUP.trim());
}

/// 적힌 차례를 따르다가, 따를 수 없거나 다 떨어지면 나아갈 수 있는 첫 스레드를 고른다.
struct FollowThenAny(ReplayScheduler);

impl Scheduler for FollowThenAny {
    fn next_task(
        &mut self,
        runnable: &[&Task],
        now: Option<TaskId>,
        yields: bool,
    ) -> Option<TaskId> {
        let recorded = self.0.next_task(runnable, now, yields);
        recorded.or_else(|| runnable.first().map(|task| task.id()))
    }

    fn new_execution(&mut self) -> Option<Schedule> {
        self.0.new_execution()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }
}

/// `story`를 적힌 차례로 한 번 돌리고, 끝까지 갔는지 돌려준다.
fn follow(schedule: &str, story: fn()) -> bool {
    let mut recorded = ReplayScheduler::new_from_encoded(schedule);
    recorded.set_allow_incomplete();
    let ends = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&ends);
    Runner::new(FollowThenAny(recorded), Config::default()).run(move || {
        story();
        counted.fetch_add(1, Ordering::Relaxed);
    });
    ends.load(Ordering::Relaxed) == 1
}

/// 따르는 스케줄러로도 틀린 문은 멈춘다.
#[test]
#[should_panic(expected = "deadlock")]
fn the_faulty_door_stops_when_followed() {
    follow(LOST_WAKEUP.trim(), || {
        everyone_comes_in(1, Door::wait_after_a_look)
    });
}

/// 작은 모델이면 shuttle도 차례를 빠짐없이 돌릴 수 있다.
#[test]
fn every_schedule_of_one_waiter_ends() {
    shuttle::check_dfs(|| everyone_comes_in(1, Door::wait), None);
}

#[test]
#[should_panic(expected = "올린 것을 잃었다")]
fn a_random_schedule_loses_an_update() {
    shuttle::check_random_with_seed(
        || {
            let counter = Arc::new(Counter::new());
            let threads = [(); 2].map(|()| {
                let counter = Arc::clone(&counter);
                thread::spawn(move || counter.add_in_two_steps())
            });
            for thread in threads {
                thread.join().unwrap();
            }
            assert_eq!(counter.get(), 2, "올린 것을 잃었다");
        },
        1,
        1_000,
    );
}

// ANCHOR: blind
/// shuttle은 쓴 순서대로 보이는 기계만 흉내 낸다. 모든 차례를 돌려도 옛 값은 나오지 않는다.
#[test]
fn shuttle_does_not_see_a_relaxed_flag() {
    let story = || {
        let letterbox = Arc::new(Letterbox::new());
        let writer = {
            let letterbox = Arc::clone(&letterbox);
            thread::spawn(move || letterbox.put_relaxed(7))
        };
        assert_ne!(letterbox.take_relaxed(), Some(0));
        writer.join().unwrap();
    };
    shuttle::check_dfs(story, None);
}
// ANCHOR_END: blind
