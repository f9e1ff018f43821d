//! 깨움을 잃는 꼴들. 모델이 잃는 차례를 찾아낸다.

use crate::park::{Flag, Park};
use crate::sync::thread::{self, Thread};
use crate::sync::{Condvar, Mutex};

// ANCHOR: bell
/// 깃발을 락 밖에서 보고 나서 조건 변수로 잔다.
pub struct Bell {
    rang: Flag,
    lock: Mutex<()>,
    bell: Condvar,
}

impl Park for Bell {
    fn new() -> Bell {
        let (rang, lock, bell) = (Flag::new(), Mutex::new(()), Condvar::new());
        Bell { rang, lock, bell }
    }

    fn wait(&self) {
        while !self.rang.take() {
            let guard = self.lock.lock().expect("오염되지 않는다");
            drop(self.bell.wait(guard));
        }
    }

    fn wake(&self) {
        self.rang.raise();
        self.bell.notify_one();
    }
}
// ANCHOR_END: bell

/// 깨울 때만 락을 쥐는 `Bell`. 깃발은 여전히 락 밖에서 본다.
pub struct HalfLockedBell(Bell);

impl Park for HalfLockedBell {
    fn new() -> HalfLockedBell {
        HalfLockedBell(Bell::new())
    }

    fn wait(&self) {
        self.0.wait();
    }

    fn wake(&self) {
        let _guard = self.0.lock.lock().expect("오염되지 않는다");
        self.0.wake();
    }
}

// ANCHOR: token
/// 깃발 없이 `park`의 토큰만 믿는다.
pub struct TokenOnly(Thread);

impl Park for TokenOnly {
    fn new() -> TokenOnly {
        TokenOnly(thread::current())
    }

    fn wait(&self) {
        thread::park();
    }

    fn wake(&self) {
        self.0.unpark();
    }
}
// ANCHOR_END: token
