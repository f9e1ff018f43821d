//! loom이 스레드의 차례를 빠짐없이 바꿔 가며, 깨어난 자식을 아무도 모르는 때가 있는지 본다.
#![cfg(feature = "loom")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Wake, Waker};

use ch03_11_join_select::faulty;
use ch03_11_join_select::ready_set::{ReadySet, child_waker};
use loom::thread;

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Wakes {
    fn pair() -> (Arc<Wakes>, Waker) {
        let wakes = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&wakes));
        (wakes, waker)
    }

    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

type Take = fn(&ReadySet, &Waker, &mut Vec<usize>);

// ANCHOR: race
/// 새 태스크로 옮겨 가 묻는 동안 자식이 깨어난다.
fn race(take: Take) {
    loom::model(move || {
        let set = Arc::new(ReadySet::all(1));
        let ((_, before), (wakes, after)) = (Wakes::pair(), Wakes::pair());
        take(&set, &before, &mut Vec::new());
        let child = child_waker(&set, 0);
        let waking = thread::spawn(move || child.wake());
        let mut batch = Vec::new();
        take(&set, &after, &mut batch);
        waking.join().unwrap();
        let known = batch == [0] || wakes.count() > 0;
        assert!(known, "깨어난 자식을 아무도 모른다");
    });
}
// ANCHOR_END: race

// ANCHOR: race_tests
#[test]
fn a_woken_child_is_taken_or_wakes_the_parent() {
    race(ReadySet::take);
}

#[test]
#[should_panic(expected = "깨어난 자식을 아무도 모른다")]
fn taking_before_registering_loses_a_wake() {
    race(faulty::take_apart);
}
// ANCHOR_END: race_tests

/// 둘이 함께 깨어나도 번호는 하나씩이고, 가져가지 않은 번호가 있으면 부모를 깨웠다.
#[test]
fn two_children_are_both_known() {
    loom::model(|| {
        let set = Arc::new(ReadySet::all(2));
        let (wakes, parent) = Wakes::pair();
        set.take(&parent, &mut Vec::new());
        let children = [0, 1].map(|index| {
            let child = child_waker(&set, index);
            thread::spawn(move || child.wake())
        });
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        set.take(&parent, &mut first);
        children.into_iter().for_each(|child| child.join().unwrap());
        let woken = wakes.count();
        set.take(&parent, &mut rest);
        // 나중에 온 것이 있다면 그 몫의 깨움이 하나 더 있다.
        let batches = [&first, &rest].map(|batch| usize::from(!batch.is_empty()));
        assert_eq!(woken, batches.iter().sum());
        first.append(&mut rest);
        first.sort_unstable();
        assert_eq!(first, [0, 1]);
    });
}
