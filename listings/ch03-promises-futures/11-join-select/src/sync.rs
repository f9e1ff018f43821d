//! 보통은 표준 라이브러리의 것을, 모델에서는 loom의 것을 쓴다.

#[cfg(feature = "loom")]
pub use loom::sync::{Mutex, MutexGuard};
#[cfg(not(feature = "loom"))]
pub use std::sync::{Mutex, MutexGuard};
