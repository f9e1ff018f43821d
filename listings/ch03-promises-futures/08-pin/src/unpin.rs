//! 값의 타입이 `Unpin`인지 알아본다.

/// 값을 빌려, 그 타입이 `Unpin`인지 물을 자리.
pub struct Probe<'a, T>(pub &'a T);

/// `Unpin`인 타입에 걸린다.
pub trait Movable {
    /// 참을 돌려준다.
    fn is_unpin(&self) -> bool {
        true
    }
}

impl<T: Unpin> Movable for Probe<'_, T> {}

/// 나머지 모든 타입에 걸린다. 참조자가 하나 더 있어서 나중에 찾는다.
pub trait Anchored {
    /// 거짓을 돌려준다.
    fn is_unpin(&self) -> bool {
        false
    }
}

impl<T> Anchored for &Probe<'_, T> {}

/// 값의 타입이 `Unpin`인지.
#[macro_export]
macro_rules! is_unpin {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::unpin::{Anchored, Movable};
        (&$crate::unpin::Probe(&$value)).is_unpin()
    }};
}
