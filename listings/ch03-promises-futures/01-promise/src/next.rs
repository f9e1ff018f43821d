//! 처리 함수가 돌려줄 수 있는 세 가지.

use crate::Promise;

// ANCHOR: next
/// 처리 함수의 결과이자, 프로미스를 정하는 세 가지 길.
pub enum Next<T, E> {
    /// 이 값으로 이행한다.
    Value(T),
    /// 이 까닭으로 거부한다.
    Error(E),
    /// 이 프로미스의 결과를 제 결과로 삼는다.
    Promise(Promise<T, E>),
}

/// `Next`로 바꿀 수 있는 것. 처리 함수는 이 트레이트의 타입을 돌려준다.
pub trait IntoNext {
    /// 이행할 때의 값.
    type Value: Clone + 'static;
    /// 거부할 때의 까닭.
    type Error: Clone + 'static;

    /// 세 가지 길 가운데 하나로 바꾼다.
    fn into_next(self) -> Next<Self::Value, Self::Error>;
}
// ANCHOR_END: next

// ANCHOR: into-next
impl<T: Clone + 'static, E: Clone + 'static> IntoNext for Result<T, E> {
    type Value = T;
    type Error = E;

    fn into_next(self) -> Next<T, E> {
        match self {
            Ok(value) => Next::Value(value),
            Err(reason) => Next::Error(reason),
        }
    }
}

impl<T: Clone + 'static, E: Clone + 'static> IntoNext for Promise<T, E> {
    type Value = T;
    type Error = E;

    fn into_next(self) -> Next<T, E> {
        Next::Promise(self)
    }
}
// ANCHOR_END: into-next

// 길에 따라 값도 프로미스도 돌려주는 처리 함수는 `Next`를 그대로 돌려준다.
impl<T: Clone + 'static, E: Clone + 'static> IntoNext for Next<T, E> {
    type Value = T;
    type Error = E;

    fn into_next(self) -> Next<T, E> {
        self
    }
}
