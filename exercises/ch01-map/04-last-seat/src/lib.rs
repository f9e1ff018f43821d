//! 공연의 좌석을 여러 스레드가 함께 팝니다. 남았는지 보고 나서 하나를 빼는데, 마지막 좌석이 가끔 두 번 팔립니다.
//! 어떤 차례로 돌아도 있는 만큼만 팔리도록 `take`를 고치세요.
//!
//! - 남은 좌석이 있으면 하나를 줄이고 `true`를, 없으면 `false`를 돌려줍니다.
//! - 팔린 수와 남은 수를 더하면 늘 처음의 좌석 수입니다.
//! - 남은 좌석이 있었는데 다른 스레드와 부딪쳤다는 까닭만으로 `false`를 돌려주지 않습니다.
//! - `left`는 어느 순간에 물어도 처음의 좌석 수를 넘지 않습니다. 잠깐이라도 엉뚱한 수가 보이면 안 됩니다.
//!
//! 원자적 타입은 7절에서 본 loom의 것입니다. 테스트는 모두 `loom::model` 안에서 돌며, 두세 스레드가 걸을 수 있는
//! 차례를 빠짐없이 걸어 봅니다. 여러 번 돌려 보며 운을 바랄 필요가 없습니다.

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
        if self.left.load(Ordering::Relaxed) == 0 {
            return false;
        }
        self.left.fetch_sub(1, Ordering::Relaxed);
        true
    }
}
