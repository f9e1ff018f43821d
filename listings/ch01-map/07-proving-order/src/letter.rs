//! 한 스레드가 값을 적고 깃발을 세우면, 다른 스레드가 깃발을 보고 값을 읽는다.

use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// 우편함 하나. 적는 스레드와 읽는 스레드가 하나씩이다.
pub struct Letterbox {
    letter: AtomicUsize,
    flag: AtomicBool,
}

impl Default for Letterbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Letterbox {
    /// 빈 우편함을 만든다.
    pub fn new() -> Self {
        Self {
            letter: AtomicUsize::new(0),
            flag: AtomicBool::new(false),
        }
    }

    // ANCHOR: relaxed
    /// 적고 깃발을 세운다. 남에게는 이 순서대로 보이지 않을 수 있다.
    pub fn put_relaxed(&self, value: usize) {
        self.letter.store(value, Ordering::Relaxed);
        self.flag.store(true, Ordering::Relaxed);
    }

    /// 깃발이 서 있으면 읽는다. 깃발을 보고도 옛 값을 읽을 수 있다.
    pub fn take_relaxed(&self) -> Option<usize> {
        let ready = self.flag.load(Ordering::Relaxed);
        ready.then(|| self.letter.load(Ordering::Relaxed))
    }
    // ANCHOR_END: relaxed

    // ANCHOR: ordered
    /// 적고 깃발을 세운다. 깃발을 본 쪽에는 적은 것도 보인다.
    pub fn put(&self, value: usize) {
        self.letter.store(value, Ordering::Relaxed);
        self.flag.store(true, Ordering::Release);
    }

    /// 깃발이 서 있으면 읽는다.
    pub fn take(&self) -> Option<usize> {
        let ready = self.flag.load(Ordering::Acquire);
        ready.then(|| self.letter.load(Ordering::Relaxed))
    }
    // ANCHOR_END: ordered
}
