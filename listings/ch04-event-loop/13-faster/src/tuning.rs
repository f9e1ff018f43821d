//! 아낀 것을 도로 넣는 스위치. 라이브러리에서는 모두 꺼져 있고, `examples`의 칸마다 하나씩 덜 꺼져 있다.

// ANCHOR: switches
/// 퓨처를 따로 할당한다.
pub(crate) const BOXED_FUTURE: bool = false;
/// 줄에 든 태스크가 참조를 쥔다.
pub(crate) const COUNTED_QUEUE: bool = false;
/// 폴링할 때마다 `Waker`를 복제해 건넨다.
pub(crate) const CLONED_WAKER: bool = false;
/// 제 스레드의 깨움도 원자적 연산으로 적는다.
pub(crate) const ATOMIC_WAKES: bool = false;
// ANCHOR_END: switches
