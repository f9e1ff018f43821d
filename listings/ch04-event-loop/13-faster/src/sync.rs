//! 보통은 표준 라이브러리의 것을, 모델에서는 loom의 것을 쓴다.

#[cfg(feature = "loom")]
pub(crate) use loom::sync::{Mutex, MutexGuard, atomic::AtomicU32};
#[cfg(not(feature = "loom"))]
pub(crate) use std::sync::{Mutex, MutexGuard, atomic::AtomicU32};

/// 락을 얻는다.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("락을 쥔 채 남의 코드를 부르지 않는다")
}

/// 규칙으로만 지키는 자리에 붙인다. 모델에서는 loom이 순서가 정해지지 않은 접근을 찾고, 보통은 아무것도 아니다.
#[derive(Default)]
pub(crate) struct Watched(#[cfg(feature = "loom")] loom::cell::UnsafeCell<bool>);

impl Watched {
    /// 여럿이 함께 읽는다. 이미 돌려준 것이면 패닉한다.
    pub(crate) fn shared(&self) {
        #[cfg(feature = "loom")]
        // SAFETY: loom이 준 주소이고, loom이 겹친 접근을 막는다.
        self.0.with(|freed| assert!(!unsafe { *freed }, "돌려준 태스크를 만졌다"));
    }

    /// 혼자 쓴다.
    pub(crate) fn alone(&self) {
        #[cfg(feature = "loom")]
        self.0.with_mut(|_| ());
    }

    /// 돌려준다. 그 뒤로 아무도 만지지 않아야 한다.
    #[cfg(feature = "loom")]
    pub(crate) fn freed(&self) {
        // SAFETY: 위와 같다.
        self.0.with_mut(|freed| unsafe { *freed = true });
    }
}
