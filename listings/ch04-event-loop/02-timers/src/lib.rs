//! 틱으로 세는 타이머. 힙과 타이밍 휠이 같은 트레이트를 구현한다.

mod clock;
mod heap;
mod slots;
mod wheel;

pub use clock::Clock;
pub use heap::{Heap, comparisons};
pub use slots::Key;
pub use wheel::Wheel;

// ANCHOR: timers
/// 기한이 된 것부터 꺼내는 통. 시간은 부르는 쪽이 틱으로 알려 준다.
///
/// 기한이 같으면 먼저 넣은 것이 먼저 나온다. 이미 지난 기한은 지금으로 친다.
pub trait Timers<T> {
    /// `deadline`틱에 꺼낼 값을 넣는다.
    fn insert(&mut self, deadline: u64, value: T) -> Key;

    /// 값을 되찾는다. 이미 꺼냈거나 취소한 열쇠이면 `None`이다.
    fn cancel(&mut self, key: Key) -> Option<T>;

    /// 이 틱의 앞에는 꺼낼 것이 없다. 비었으면 `None`이다.
    fn next_deadline(&self) -> Option<u64>;

    /// 기한이 `now`이거나 그 앞인 값을 하나 꺼낸다. 뒤로 간 `now`는 무시한다.
    ///
    /// 꺼내는 사이에 지난 기한을 넣으면 그것도 이번에 나온다.
    fn pop(&mut self, now: u64) -> Option<T>;

    /// 기한이 된 값을 모두 꺼내는 반복자. 도중에 버리면 나머지는 그대로 남는다.
    fn expire(&mut self, now: u64) -> impl Iterator<Item = T> {
        std::iter::from_fn(move || self.pop(now))
    }
}
// ANCHOR_END: timers
