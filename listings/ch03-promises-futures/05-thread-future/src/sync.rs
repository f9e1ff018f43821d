//! 보통은 표준 라이브러리의 것을, 모델에서는 loom의 것을 쓴다.

#[cfg(feature = "loom")]
pub use loom::{
    sync::atomic::{AtomicBool, Ordering},
    sync::{Condvar, Mutex, MutexGuard},
    thread::spawn,
};
#[cfg(not(feature = "loom"))]
pub use std::{
    sync::atomic::{AtomicBool, Ordering},
    sync::{Condvar, Mutex, MutexGuard},
    thread::spawn,
};
