//! 깨어난 자식의 번호를 모아 두고 부모를 깨운다.

use std::mem;
use std::sync::Arc;
use std::task::{Wake, Waker};

use crate::sync::{Mutex, MutexGuard};

// ANCHOR: ready_set
/// 깨어난 자식들의 목록과, 목록이 생기면 깨울 부모.
pub struct ReadySet(Mutex<Woken>);

pub(crate) struct Woken {
    pub(crate) parent: Waker,
    queue: Vec<usize>,
    /// 자식마다 `queue`에 들었는가.
    queued: Vec<bool>,
}

impl ReadySet {
    /// 자식 `len`개가 모두 깨어난 채로 시작한다. 아직 한 번도 묻지 않았기 때문이다.
    pub fn all(len: usize) -> ReadySet {
        ReadySet(Mutex::new(Woken {
            parent: Waker::noop().clone(),
            queue: (0..len).collect(),
            queued: vec![true; len],
        }))
    }
    // ANCHOR_END: ready_set

    pub(crate) fn lock(&self) -> MutexGuard<'_, Woken> {
        self.0.lock().expect("락을 쥔 채 패닉하지 않는다")
    }

    // ANCHOR: take
    /// 부모의 `Waker`를 새로 맡고, 깨어난 자식의 번호를 비어 있는 `batch`로 모두 옮긴다.
    pub fn take(&self, parent: &Waker, batch: &mut Vec<usize>) {
        let mut woken = self.lock();
        woken.parent.clone_from(parent);
        woken.move_to(batch);
    }

    fn push(&self, index: usize) {
        let mut woken = self.lock();
        if mem::replace(&mut woken.queued[index], true) {
            return;
        }
        woken.queue.push(index);
        // 목록이 비어 있지 않았다면 부모는 이미 깨웠다.
        if woken.queue.len() == 1 {
            let parent = woken.parent.clone();
            drop(woken); // 부모가 그 자리에서 폴링해도 막히지 않는다.
            parent.wake();
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: move_to
impl Woken {
    pub(crate) fn move_to(&mut self, batch: &mut Vec<usize>) {
        mem::swap(&mut self.queue, batch);
        for &index in batch.iter() {
            self.queued[index] = false; // 폴링하는 동안 깨어나면 다시 들어온다.
        }
    }
}
// ANCHOR_END: move_to

// ANCHOR: child
/// 자식 하나의 `Waker`의 속.
struct Child {
    index: usize,
    ready: Arc<ReadySet>,
}

impl Wake for Child {
    fn wake(self: Arc<Self>) {
        self.ready.push(self.index);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ready.push(self.index);
    }
}

/// 깨우면 `index`를 목록에 올리는 `Waker`.
pub fn child_waker(ready: &Arc<ReadySet>, index: usize) -> Waker {
    let ready = Arc::clone(ready);
    Waker::from(Arc::new(Child { index, ready }))
}
// ANCHOR_END: child
