//! `Arc<Parker>`를 가리키는 `Waker`를 손으로 만든다.

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::park::{Park, Parker};

// ANCHOR: waker
/// `parker`를 깨우는 `Waker`. `parker`의 참조 하나를 가져가고, 버려질 때 돌려준다.
pub fn waker(parker: Arc<Parker>) -> Waker {
    let data = Arc::into_raw(parker).cast::<()>();
    // SAFETY: data는 Arc<Parker>의 into_raw에서 왔고 참조 하나를 쥐고 있다. VTABLE의 네 함수는
    // 그 참조를 규칙대로 늘리고 줄이며, Parker가 Send이고 Sync라서 어느 스레드에서 불리고 버려져도 된다.
    unsafe { Waker::new(data, &VTABLE) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);
// ANCHOR_END: waker

// ANCHOR: vtable
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: data는 into_raw에서 왔고, 이 Waker가 사는 동안 참조가 하나 이상 있다.
    unsafe { Arc::increment_strong_count(data.cast::<Parker>()) };
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: data는 into_raw에서 왔다. wake는 Waker를 소비하므로 그 참조를 여기서 넘겨받는다.
    let parker = unsafe { Arc::from_raw(data.cast::<Parker>()) };
    parker.wake();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: 빌려 온 Waker가 참조 하나를 쥐고 있어서 Parker가 살아 있다. 참조 수는 건드리지 않는다.
    let parker = unsafe { &*data.cast::<Parker>() };
    parker.wake();
}

unsafe fn drop(data: *const ()) {
    // SAFETY: data는 into_raw에서 왔고, 버려지는 Waker가 쥔 참조를 딱 한 번 돌려준다.
    unsafe { Arc::decrement_strong_count(data.cast::<Parker>()) };
}
// ANCHOR_END: vtable

/// 참조를 잘못 세는 vtable들. 틀린 수를 보여 줄 때만 쓴다.
pub mod faulty {
    use super::{Arc, Park, Parker, RawWaker, RawWakerVTable, Waker};

    // ANCHOR: faulty
    unsafe fn clone_for_free(data: *const ()) -> RawWaker {
        RawWaker::new(data, &FREE_CLONE) // 참조를 늘리지 않았다.
    }

    unsafe fn wake_and_keep(data: *const ()) {
        // SAFETY: 부른 쪽이 Parker를 살려 둔다.
        unsafe { &*data.cast::<Parker>() }.wake(); // 소비한 참조를 돌려주지 않았다.
    }

    unsafe fn wake_by_ref_and_drop(data: *const ()) {
        // SAFETY: 부른 쪽이 남는 참조를 쥐고 있어서, 빌린 참조를 버려도 Parker는 살아 있다.
        unsafe { Arc::from_raw(data.cast::<Parker>()) }.wake(); // 빌린 것을 버렸다.
    }
    // ANCHOR_END: faulty

    /// `clone`이 참조를 늘리지 않는다.
    pub static FREE_CLONE: RawWakerVTable =
        RawWakerVTable::new(clone_for_free, super::wake, super::wake_by_ref, super::drop);
    /// `wake`가 참조를 돌려주지 않는다.
    pub static KEPT: RawWakerVTable = RawWakerVTable::new(
        clone_as_kept,
        wake_and_keep,
        super::wake_by_ref,
        super::drop,
    );
    /// `wake_by_ref`가 빌린 참조를 버린다.
    pub static DROPPED: RawWakerVTable = RawWakerVTable::new(
        clone_as_dropped,
        super::wake,
        wake_by_ref_and_drop,
        super::drop,
    );

    unsafe fn clone_as_kept(data: *const ()) -> RawWaker {
        // SAFETY: super::clone과 같다.
        unsafe { Arc::increment_strong_count(data.cast::<Parker>()) };
        RawWaker::new(data, &KEPT)
    }

    unsafe fn clone_as_dropped(data: *const ()) -> RawWaker {
        // SAFETY: super::clone과 같다.
        unsafe { Arc::increment_strong_count(data.cast::<Parker>()) };
        RawWaker::new(data, &DROPPED)
    }

    /// 이 모듈의 `vtable`로 `Waker`를 만든다.
    ///
    /// # Safety
    ///
    /// 이 `Waker`와 복제본을 복제하고 깨우고 버리는 횟수의 합보다 많은 참조를 따로 쥐고, 끝까지 버리지 않아야 한다.
    pub unsafe fn waker(parker: Arc<Parker>, vtable: &'static RawWakerVTable) -> Waker {
        let data = Arc::into_raw(parker).cast::<()>();
        // SAFETY: 계약을 일부러 어긴 vtable이다. 부른 쪽이 남는 참조를 쥐고 있어서 수가 틀려도
        // Parker는 풀리지 않는다.
        unsafe { Waker::new(data, vtable) }
    }
}
