//! 기다림을 그르치는 꼴들.

use crate::sync::{AtomicBool, Condvar, Mutex, Ordering};

// ANCHOR: unlocked
/// 왔는지를 락 밖에서 보고 나서 잔다.
pub struct Unlocked {
    done: AtomicBool,
    lock: Mutex<()>,
    filled: Condvar,
}

impl Unlocked {
    /// 결과가 왔다고 적고 깨운다.
    pub fn fill(&self) {
        self.done.store(true, Ordering::Release);
        self.filled.notify_one();
    }

    /// 결과가 올 때까지 잔다.
    pub fn wait(&self) {
        while !self.done.load(Ordering::Acquire) {
            let guard = self.lock.lock().expect("오염되지 않는다");
            drop(self.filled.wait(guard));
        }
    }
}
// ANCHOR_END: unlocked

impl Unlocked {
    /// 빈 자리를 만든다.
    #[allow(clippy::new_without_default)] // loom의 타입은 모델 안에서만 만들 수 있다.
    pub fn new() -> Unlocked {
        let (done, lock, filled) = (AtomicBool::new(false), Mutex::new(()), Condvar::new());
        Unlocked { done, lock, filled }
    }
}

#[cfg(not(feature = "loom"))]
pub use timing::{UncaughtWork, give_up_when_woken, restart_timeout, spawn_uncaught};

#[cfg(not(feature = "loom"))]
mod timing {
    use std::sync::Arc;
    use std::thread::{self, JoinHandle, Result};
    use std::time::Duration;

    use crate::slot::Slot;
    use crate::{Clock, ThreadFuture};

    // ANCHOR: restart
    /// 깨어날 때마다 `timeout`을 처음부터 다시 잰다.
    pub fn restart_timeout<T>(
        future: &ThreadFuture<T>,
        timeout: Duration,
        clock: &impl Clock,
    ) -> Option<Result<T>> {
        let slot = future.slot();
        let mut result = slot.lock();
        loop {
            if let Some(result) = result.take() {
                return Some(result);
            }
            let start = clock.now();
            result = clock.sleep(&slot.filled, result, timeout);
            if clock.now() - start >= timeout {
                return result.take();
            }
        }
    }
    // ANCHOR_END: restart

    // ANCHOR: once
    /// 한 번 자고 일어나서 없으면 시간이 다 되었다고 여긴다.
    pub fn give_up_when_woken<T>(
        future: &ThreadFuture<T>,
        timeout: Duration,
        clock: &impl Clock,
    ) -> Option<Result<T>> {
        let slot = future.slot();
        let mut result = slot.lock();
        if result.is_none() {
            result = clock.sleep(&slot.filled, result, timeout);
        }
        result.take()
    }
    // ANCHOR_END: once

    /// 퓨처와, 결과를 채우는 스레드.
    pub type UncaughtWork<T> = (ThreadFuture<T>, JoinHandle<()>);

    // ANCHOR: uncaught
    /// 패닉을 잡지 않는다.
    pub fn spawn_uncaught<T: Send + 'static>(
        work: impl FnOnce() -> T + Send + 'static,
    ) -> UncaughtWork<T> {
        let slot = Arc::new(Slot::new());
        let future = ThreadFuture::on(Arc::clone(&slot));
        (future, thread::spawn(move || slot.fill(Ok(work()))))
    }
    // ANCHOR_END: uncaught
}
