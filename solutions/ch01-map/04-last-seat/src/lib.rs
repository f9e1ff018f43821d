//! 있는 만큼만 파는 좌석.

use loom::sync::atomic::{AtomicUsize, Ordering};

/// 여러 스레드가 함께 파는 좌석.
pub struct Seats {
    left: AtomicUsize,
}

impl Seats {
    /// 좌석 `count`개를 내놓는다.
    pub fn new(count: usize) -> Self {
        Self {
            left: AtomicUsize::new(count),
        }
    }

    /// 남은 좌석의 수.
    pub fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    /// 좌석을 하나 판다. 남은 것이 없으면 거짓이다.
    pub fn take(&self) -> bool {
        let one_less = |left: usize| left.checked_sub(1);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
            .is_ok()
    }
}
