//! 보통은 표준 라이브러리의 것을, 도구가 돌릴 때는 그 도구의 것을 쓴다.

// ANCHOR: sync
#[cfg(feature = "loom")]
pub use loom::sync::{Condvar, Mutex, atomic};
#[cfg(feature = "shuttle")]
pub use shuttle::sync::{Condvar, Mutex, atomic};
#[cfg(not(any(feature = "loom", feature = "shuttle")))]
pub use std::sync::{Condvar, Mutex, atomic};
// ANCHOR_END: sync
