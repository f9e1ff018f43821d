//! loom이 두 스레드의 차례를 빠짐없이 돌려 본다.
#![cfg(feature = "loom")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ch01_07_proving_order::counter::Counter;
use ch01_07_proving_order::door::Door;
use ch01_07_proving_order::letter::Letterbox;
use loom::thread;

// ANCHOR: counter
/// 두 스레드가 한 번씩 올리면 어떤 차례에서든 2가 남는다.
fn two_threads_add_two(add: fn(&Counter)) {
    loom::model(move || {
        let counter = Arc::new(Counter::new());
        let threads = [(); 2].map(|()| {
            let counter = Arc::clone(&counter);
            thread::spawn(move || add(&counter))
        });
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        assert_eq!(counter.get(), 2, "올린 것을 잃었다");
    });
}

#[test]
#[should_panic(expected = "올린 것을 잃었다")]
fn adding_in_two_steps_loses_an_update() {
    two_threads_add_two(Counter::add_in_two_steps);
}

#[test]
fn fetch_add_loses_nothing() {
    two_threads_add_two(Counter::add);
}
// ANCHOR_END: counter

/// 깃발을 보고 읽은 값은 늘 적힌 값이다.
fn a_seen_flag_shows_the_letter(put: fn(&Letterbox, usize), take: fn(&Letterbox) -> Option<usize>) {
    loom::model(move || {
        let letterbox = Arc::new(Letterbox::new());
        let writer = {
            let letterbox = Arc::clone(&letterbox);
            thread::spawn(move || put(&letterbox, 7))
        };
        let taken = take(&letterbox);
        assert_ne!(taken, Some(0), "깃발은 보았는데 옛 값을 읽었다");
        writer.join().unwrap();
    });
}

// ANCHOR: letter_tests
#[test]
#[should_panic(expected = "옛 값을 읽었다")]
fn a_relaxed_flag_may_show_the_old_letter() {
    a_seen_flag_shows_the_letter(Letterbox::put_relaxed, Letterbox::take_relaxed);
}

#[test]
fn a_released_flag_shows_the_letter() {
    a_seen_flag_shows_the_letter(Letterbox::put, Letterbox::take);
}
// ANCHOR_END: letter_tests

/// 한쪽만 고쳐서는 모자란다.
#[test]
#[should_panic(expected = "옛 값을 읽었다")]
fn release_alone_is_not_enough() {
    a_seen_flag_shows_the_letter(Letterbox::put, Letterbox::take_relaxed);
}

#[test]
#[should_panic(expected = "옛 값을 읽었다")]
fn acquire_alone_is_not_enough() {
    a_seen_flag_shows_the_letter(Letterbox::put_relaxed, Letterbox::take);
}

/// 문을 여는 스레드와 기다리는 스레드.
fn the_door_lets_everyone_in(wait: fn(&Door)) {
    loom::model(move || {
        let door = Arc::new(Door::new());
        let opener = {
            let door = Arc::clone(&door);
            thread::spawn(move || door.open())
        };
        wait(&door);
        opener.join().unwrap();
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn loom_finds_the_lost_wakeup_too() {
    the_door_lets_everyone_in(Door::wait_after_a_look);
}

#[test]
fn a_door_watched_under_the_lock_never_hangs() {
    the_door_lets_everyone_in(Door::wait);
}

/// 몇 가지 차례를 돌렸는지 센다. 스레드가 저마다 `times`번 올린다.
fn executions(threads: usize, times: usize) -> usize {
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    loom::model(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        let counter = Arc::new(Counter::new());
        let added: Vec<_> = (0..threads)
            .map(|_| {
                let counter = Arc::clone(&counter);
                thread::spawn(move || (0..times).for_each(|_| counter.add()))
            })
            .collect();
        added.into_iter().for_each(|thread| thread.join().unwrap());
    });
    runs.load(Ordering::Relaxed)
}

/// 스레드와 일이 조금만 늘어도 돌려 볼 것이 훨씬 많이 는다.
#[test]
fn more_threads_mean_many_more_executions() {
    assert_eq!(executions(2, 0), 3); // 띄우고 조인하는 자리에서도 차례를 고른다.
    assert_eq!(executions(2, 1), 9);
    assert_eq!(executions(2, 2), 30);
    assert_eq!(executions(3, 1), 414);
    assert_eq!(executions(3, 2), 7847);
}

/// loom이 한꺼번에 돌리는 스레드는 모델을 돌리는 것까지 다섯이다.
#[test]
fn loom_takes_five_threads() {
    assert!(executions(4, 0) > 0);
}

#[test]
#[should_panic(expected = "self.threads.len() < self.max()")]
fn loom_does_not_take_a_sixth_thread() {
    executions(5, 0);
}

/// `Relaxed`가 허락하지만 loom은 보여 주지 않는 결과. 저마다 먼저 읽고 나중에 쓰는데,
/// 둘 다 상대가 나중에 쓴 값을 읽을 수도 있다.
#[test]
fn loom_does_not_show_loads_that_read_later_stores() {
    use loom::sync::atomic::{AtomicUsize, Ordering};
    loom::model(|| {
        let cells = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
        let other = {
            let cells = Arc::clone(&cells);
            thread::spawn(move || {
                let seen = cells[0].load(Ordering::Relaxed);
                cells[1].store(1, Ordering::Relaxed);
                seen
            })
        };
        let seen = cells[1].load(Ordering::Relaxed);
        cells[0].store(1, Ordering::Relaxed);
        assert_ne!((seen, other.join().unwrap()), (1, 1));
    });
}

/// loom은 `SeqCst`로 읽고 쓴 것을 `AcqRel`로만 다룬다. 그래서 있을 수 없는 결과를 보여 주기도 한다.
/// 저마다 먼저 쓰고 나중에 읽으면, 적어도 한쪽은 상대가 쓴 것을 보아야 옳다.
#[test]
#[should_panic(expected = "둘 다 옛 값을 읽었다")]
fn loom_takes_seq_cst_for_less_than_it_is() {
    use loom::sync::atomic::{AtomicUsize, Ordering};
    loom::model(|| {
        let cells = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
        let other = {
            let cells = Arc::clone(&cells);
            thread::spawn(move || {
                cells[0].store(1, Ordering::SeqCst);
                cells[1].load(Ordering::SeqCst)
            })
        };
        cells[1].store(1, Ordering::SeqCst);
        let seen = cells[0].load(Ordering::SeqCst);
        assert_ne!(
            (seen, other.join().unwrap()),
            (0, 0),
            "둘 다 옛 값을 읽었다"
        );
    });
}
