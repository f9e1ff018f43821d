//! 다른 스레드가 깨운 태스크의 열쇠를 받아 두는 우편함. 스레드를 넘는 것은 여기와 태스크의 상태뿐이다.

use std::collections::VecDeque;
use std::mem;

use crate::sync::{Mutex, lock};
use crate::task::Key;

/// 런타임 하나에 하나씩 있다.
pub(crate) struct Mailbox {
    inbox: Mutex<Inbox>,
    unpark: Box<dyn Fn() + Send + Sync>,
}

struct Inbox {
    keys: Vec<Key>,
    parked: bool,
}

impl Mailbox {
    /// `unpark`는 잠든 런타임을 깨운다. 잠들었을 때 한 번만 불린다.
    pub(crate) fn new(unpark: Box<dyn Fn() + Send + Sync>) -> Mailbox {
        let inbox = Mutex::new(Inbox { keys: Vec::new(), parked: false });
        Mailbox { inbox, unpark }
    }

    /// 열쇠를 넣고, 런타임이 잠들었으면 깨운다.
    pub(crate) fn send(&self, key: Key) {
        let mut inbox = lock(&self.inbox);
        inbox.keys.push(key);
        let was_parked = mem::take(&mut inbox.parked);
        drop(inbox);
        if was_parked {
            (self.unpark)();
        }
    }

    /// 온 열쇠를 모두 옮긴다. `ready`가 그래도 비었으면 잠들었다고 적고 참을 돌려준다.
    ///
    /// 보는 것과 적는 것을 한 락 안에서 하므로, 그 사이에 온 열쇠를 놓치고 잠드는 일이 없다.
    pub(crate) fn take_or_park(&self, ready: &mut VecDeque<Key>) -> bool {
        let mut inbox = lock(&self.inbox);
        ready.extend(inbox.keys.drain(..));
        inbox.parked = ready.is_empty();
        inbox.parked
    }
}
