//! 런타임의 속을 보는 테스트와, 스레드의 차례를 바꿔 보는 모델.

#[cfg(not(feature = "loom"))]
mod inside;
#[cfg(feature = "loom")]
mod models;
