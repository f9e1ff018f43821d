// `compare_exchange`를 한 번만 해 봅니다. 부딪쳐서 진 것과 남은 것이 없는 것을 가리지 못해, 좌석이 남았는데도 없다고 합니다.
// 잡는 테스트: two_seats_go_to_two_threads

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
        let left = self.left.load(Ordering::Relaxed);
        left > 0
            && self
                .left
                .compare_exchange(left, left - 1, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}
