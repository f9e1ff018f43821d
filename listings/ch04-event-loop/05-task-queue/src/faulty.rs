//! 틀린 꼴들. 테스트와 이야기가 무엇이 잘못되는지 보인다.

use std::collections::VecDeque;
use std::sync::atomic::Ordering::AcqRel;
use std::task::{Context, Waker};

use mio::Token as Key;

use crate::mailbox::Mailbox;
use crate::steps::{Job, Mark};
use crate::sync::{AtomicBool, Mutex, lock};

// ANCHOR: marks
/// 표시가 없다. 깨울 때마다 줄에 세운다.
#[derive(Default)]
pub struct Unmarked;

impl Mark for Unmarked {
    fn on_wake(&self) -> bool {
        true
    }
}

/// 폴링한 뒤에 지우는 표시.
#[derive(Default)]
pub struct ClearsLast(AtomicBool);

impl Mark for ClearsLast {
    fn on_wake(&self) -> bool {
        !self.0.swap(true, AcqRel)
    }

    fn after_poll(&self) {
        self.0.swap(false, AcqRel);
    }
}
// ANCHOR_END: marks

// ANCHOR: keeps
/// 줄에 적힌 대로만 폴링한다. 끝난 퓨처를 치우지 않는다.
pub fn keeps_finished(mut jobs: Vec<Job<'_>>, line: &[usize]) {
    for &number in line {
        let mut cx = Context::from_waker(Waker::noop());
        _ = jobs[number].as_mut().poll(&mut cx);
    }
}
// ANCHOR_END: keeps

/// 우편함이 하는 일. 모델이 옳은 것과 틀린 것을 같은 자리에 넣는다.
pub trait Post: Send + Sync + 'static {
    /// 우편함을 만든다.
    fn new(unpark: Box<dyn Fn() + Send + Sync>) -> Self;
    /// 열쇠를 넣는다.
    fn send(&self, key: Key);
    /// 열쇠를 옮기거나, 잠들었다고 적는다.
    fn take_or_park(&self, ready: &mut VecDeque<Key>) -> bool;
}

impl Post for Mailbox {
    fn new(unpark: Box<dyn Fn() + Send + Sync>) -> Self {
        Mailbox::new(unpark)
    }

    fn send(&self, key: Key) {
        Mailbox::send(self, key);
    }

    fn take_or_park(&self, ready: &mut VecDeque<Key>) -> bool {
        Mailbox::take_or_park(self, ready)
    }
}

/// 보는 것과 적는 것 사이에 락을 놓는 우편함.
pub struct LooksAway {
    keys: Mutex<Vec<Key>>,
    parked: AtomicBool,
    unpark: Box<dyn Fn() + Send + Sync>,
}

impl Post for LooksAway {
    fn new(unpark: Box<dyn Fn() + Send + Sync>) -> Self {
        LooksAway {
            keys: Mutex::new(Vec::new()),
            parked: AtomicBool::new(false),
            unpark,
        }
    }

    // ANCHOR: looks_away
    fn send(&self, key: Key) {
        lock(&self.keys).push(key);
        if self.parked.swap(false, AcqRel) {
            (self.unpark)();
        }
    }

    fn take_or_park(&self, ready: &mut VecDeque<Key>) -> bool {
        ready.extend(lock(&self.keys).drain(..));
        let parked = ready.is_empty();
        self.parked.swap(parked, AcqRel);
        parked
    }
    // ANCHOR_END: looks_away
}
