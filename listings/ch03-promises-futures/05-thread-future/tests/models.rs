//! loom이 스레드의 차례를 빠짐없이 바꿔 가며, 채우는 일과 기다리는 일을 견준다.
#![cfg(feature = "loom")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ch03_05_thread_future::faulty::Unlocked;
use ch03_05_thread_future::{GetError, spawn};
use loom::thread;

// ANCHOR: unlocked
#[test]
#[should_panic(expected = "deadlock")]
fn looking_outside_the_lock_sleeps_forever() {
    loom::model(|| {
        let slot = Arc::new(Unlocked::new());
        let filler = {
            let slot = Arc::clone(&slot);
            thread::spawn(move || slot.fill())
        };
        slot.wait();
        filler.join().unwrap();
    });
}
// ANCHOR_END: unlocked

// ANCHOR: wait
#[test]
fn a_waiter_is_woken_in_every_order() {
    loom::model(|| assert_eq!(spawn(|| 7).wait().unwrap(), 7));
    let far = Instant::now() + Duration::from_secs(3600); // 모델에서는 시간이 흐르지 않는다.
    loom::model(move || assert_eq!(spawn(|| 7).get(far).unwrap(), 7));
}

/// 기한이 지난 물음. 결과를 받거나 퓨처를 돌려받거나 둘 중 하나이다.
#[test]
fn giving_up_and_asking_again_loses_nothing() {
    loom::model(|| {
        let value = match spawn(|| 7).get(Instant::now()) {
            Ok(value) => value,
            Err(GetError::Timeout(future)) => future.wait().unwrap(),
            Err(GetError::Panicked(_)) => unreachable!(),
        };
        assert_eq!(value, 7);
    });
}
// ANCHOR_END: wait

/// 버려진 횟수를 세는 결과. 모델이 보는 것이 아니므로 표준 라이브러리의 타입을 쓴다.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

// ANCHOR: dropped
#[test]
fn a_result_is_dropped_once_whoever_comes_last() {
    let runs = Arc::new(AtomicUsize::new(0));
    let dropped = Arc::new(AtomicUsize::new(0));
    let (count, result) = (Arc::clone(&runs), Arc::clone(&dropped));
    loom::model(move || {
        count.fetch_add(1, Ordering::Relaxed);
        let result = Counted(Arc::clone(&result));
        drop(spawn(|| result).get(Instant::now()));
    });
    let (runs, dropped) = (
        runs.load(Ordering::Relaxed),
        dropped.load(Ordering::Relaxed),
    );
    assert!(runs > 1, "차례가 하나뿐이면 견준 것이 없다");
    assert_eq!(dropped, runs);
}
// ANCHOR_END: dropped
