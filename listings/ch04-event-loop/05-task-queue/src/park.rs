//! 할 일이 없는 동안 자는 법.

use std::time::Duration;

use crate::sync::{park_timeout, thread};

// ANCHOR: park
/// 실행기를 재우고, 다른 스레드에서 깨우는 것.
pub trait Park {
    /// 깨우는 소식이 오거나 `timeout`이 지날 때까지 잔다. `None`이면 소식이 올 때까지이고, 0이면 소식만 모은다.
    ///
    /// 까닭 없이 일찍 돌아와도 된다. 자기 전에 온 깨움은 잊지 않는다.
    fn park(&self, timeout: Option<Duration>);

    /// 어느 스레드에서나 부를 수 있는, 깨우는 함수.
    fn unparker(&self) -> Box<dyn Fn() + Send + Sync>;
}
// ANCHOR_END: park

/// 만든 스레드를 재운다. 만든 스레드에서만 자야 한다.
pub struct ThreadPark(thread::Thread);

impl ThreadPark {
    /// 지금 이 스레드를 재울 것을 만든다.
    pub fn new() -> ThreadPark {
        ThreadPark(thread::current())
    }
}

impl Default for ThreadPark {
    fn default() -> ThreadPark {
        ThreadPark::new()
    }
}

impl Park for ThreadPark {
    fn park(&self, timeout: Option<Duration>) {
        match timeout {
            None => thread::park(),
            Some(Duration::ZERO) => {}
            Some(timeout) => park_timeout(timeout),
        }
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        let thread = self.0.clone();
        Box::new(move || thread.unpark())
    }
}
