// 본 수에서 하나를 빼서 그대로 씁니다. 그사이에 남이 판 것을 덮어쓰므로, 팔린 좌석이 다시 나타납니다.
// 잡는 테스트: two_seats_go_to_two_threads, the_last_seat_is_sold_once, everyone_gets_one_or_none

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
        if left == 0 {
            return false;
        }
        self.left.store(left - 1, Ordering::Relaxed);
        true
    }
}
