//! 스레드를 재우고 깨우는 두 가지 꼴.

use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicBool, Condvar, Mutex, Ordering};

// ANCHOR: park
/// 스레드 하나를 재우고 깨우는 방법.
pub trait Park: Send + Sync + 'static {
    /// 부른 스레드를 재울 것을 만든다.
    fn new() -> Self;

    /// `wake`가 불릴 때까지 잔다. 앞서 불린 `wake`가 있으면 그것을 쓰고 자지 않는다.
    ///
    /// `new`를 부른 스레드만 부른다.
    fn wait(&self);

    /// 자는 스레드를 깨운다. 아무 스레드나 불러도 된다. 거듭 불러도 한 번으로 친다.
    fn wake(&self);
}
// ANCHOR_END: park

// ANCHOR: flag
/// 한 스레드가 세우고 다른 스레드가 내리는 깃발.
pub struct Flag(AtomicBool);

impl Flag {
    /// 내려간 깃발을 만든다.
    #[allow(clippy::new_without_default)] // loom의 AtomicBool은 모델 안에서만 만들 수 있다.
    pub fn new() -> Flag {
        Flag(AtomicBool::new(false))
    }

    /// 깃발을 세운다. 여기까지 한 일은 깃발을 내린 쪽에 보인다.
    pub fn raise(&self) {
        self.0.swap(true, Ordering::Release);
    }

    /// 서 있으면 내리고 참을 돌려준다.
    pub fn take(&self) -> bool {
        let (acquire, relaxed) = (Ordering::Acquire, Ordering::Relaxed);
        self.0
            .compare_exchange(true, false, acquire, relaxed)
            .is_ok()
    }
}
// ANCHOR_END: flag

// ANCHOR: parker
/// 깃발 하나와 `park`로 재운다.
pub struct Parker {
    woken: Flag,
    sleeper: Thread,
}

impl Park for Parker {
    fn new() -> Parker {
        let (woken, sleeper) = (Flag::new(), thread::current());
        Parker { woken, sleeper }
    }

    fn wait(&self) {
        // park는 까닭 없이 돌아오기도 한다. 깃발이 서 있을 때만 나간다.
        while !self.woken.take() {
            thread::park();
        }
    }

    fn wake(&self) {
        self.woken.raise();
        self.sleeper.unpark();
    }
}
// ANCHOR_END: parker

/// 뮤텍스에 든 깃발과 조건 변수로 재운다.
pub struct LockedBell {
    rang: Mutex<bool>,
    bell: Condvar,
}

impl Park for LockedBell {
    fn new() -> LockedBell {
        let (rang, bell) = (Mutex::new(false), Condvar::new());
        LockedBell { rang, bell }
    }

    // ANCHOR: locked
    fn wait(&self) {
        let mut rang = self.rang.lock().expect("오염되지 않는다");
        while !*rang {
            rang = self.bell.wait(rang).expect("오염되지 않는다");
        }
        *rang = false;
    }

    fn wake(&self) {
        *self.rang.lock().expect("오염되지 않는다") = true;
        self.bell.notify_one();
    }
    // ANCHOR_END: locked
}
