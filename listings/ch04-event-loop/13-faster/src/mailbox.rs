//! 다른 스레드가 깨운 태스크를 받아 두는 우편함. 닫힌 뒤에는 받지 않고 되돌려준다.

use std::mem;

use crate::sync::{Mutex, lock};
use crate::task::Queued;

/// 런타임 하나에 하나씩 있다.
pub(crate) struct Mailbox {
    inbox: Mutex<Inbox>,
    unpark: Box<dyn Fn() + Send + Sync>,
}

struct Inbox {
    queue: Vec<Option<Queued>>,
    parked: bool,
    closed: bool,
}

impl Mailbox {
    /// `unpark`는 잠든 런타임을 깨운다. 잠들었을 때 한 번만 불린다.
    pub(crate) fn new(unpark: Box<dyn Fn() + Send + Sync>) -> Mailbox {
        let inbox = Mutex::new(Inbox { queue: Vec::new(), parked: false, closed: false });
        Mailbox { inbox, unpark }
    }

    /// 태스크를 넣고, 런타임이 잠들었으면 깨운다. `None`은 `block_on`의 퓨처이다. 닫혔으면 되돌려준다.
    pub(crate) fn send(&self, task: Option<Queued>) -> Result<(), Option<Queued>> {
        let mut inbox = lock(&self.inbox);
        if inbox.closed {
            return Err(task);
        }
        inbox.queue.push(task);
        let was_parked = mem::take(&mut inbox.parked);
        drop(inbox);
        if was_parked {
            (self.unpark)();
        }
        Ok(())
    }

    /// 온 것을 빈 `arrived`로 모두 옮긴다. 온 것이 없고 할 일도 없으면 잠들었다고 적고 참을 돌려준다.
    ///
    /// 꺼낸 태스크는 락을 푼 다음에 본다. 돌려주다가 남의 `Waker`를 버릴 수 있기 때문이다.
    pub(crate) fn take_or_park(&self, busy: bool, arrived: &mut Vec<Option<Queued>>) -> bool {
        let mut inbox = lock(&self.inbox);
        mem::swap(&mut inbox.queue, arrived);
        inbox.parked = !busy && arrived.is_empty();
        inbox.parked
    }

    /// 더는 받지 않고, 온 것을 내놓는다.
    pub(crate) fn close(&self) -> Vec<Option<Queued>> {
        let mut inbox = lock(&self.inbox);
        inbox.closed = true;
        mem::take(&mut inbox.queue)
    }
}
