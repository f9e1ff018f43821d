//! 보통은 표준 라이브러리의 것을, 모델에서는 loom의 것을 쓴다.

#[cfg(feature = "loom")]
pub(crate) use loom::{
    sync::{Mutex, MutexGuard, atomic::AtomicBool},
    thread,
};
#[cfg(not(feature = "loom"))]
pub(crate) use std::{
    sync::{Mutex, MutexGuard, atomic::AtomicBool},
    thread,
};

/// 락을 얻는다.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("락을 쥔 채 남의 코드를 부르지 않는다")
}

/// 모델에는 시간이 없다. 까닭 없이 일찍 깬 것으로 친다.
#[cfg(feature = "loom")]
pub(crate) fn park_timeout(_: std::time::Duration) {
    thread::yield_now();
}
#[cfg(not(feature = "loom"))]
pub(crate) use std::thread::park_timeout;
