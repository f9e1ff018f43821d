//! 손으로 만든 채널 둘로 주문과 답을 나르고, 느린 소비자가 빠른 생산자를 늦추는 것을 본다.

// loom의 타입은 모델 밖에서 쓸 수 없으므로, 그때는 이야기를 비운다.
#[cfg(feature = "loom")]
fn main() {}

#[cfg(not(feature = "loom"))]
fn main() {
    story::tell();
}

#[cfg(not(feature = "loom"))]
mod story;
