// 먼저 빼고, 없었으면 도로 더합니다. 도로 더하기 전까지는 0에서 뺀 아주 큰 수가 남아 있어, 그사이에 온 스레드가 없는 좌석을 삽니다.
// 잡는 테스트: everyone_gets_one_or_none, a_watcher_never_sees_nonsense

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
        let before = self.left.fetch_sub(1, Ordering::Relaxed);
        if before == 0 {
            self.left.fetch_add(1, Ordering::Relaxed);
        }
        before > 0
    }
}
