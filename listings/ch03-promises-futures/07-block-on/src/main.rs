//! 다른 스레드의 답을 `block_on`으로 기다리고, `Waker`가 참조를 세는 것을 본다.

// loom의 타입은 모델 밖에서 쓸 수 없으므로, 그때는 이야기를 비운다.
#[cfg(feature = "loom")]
fn main() {}

#[cfg(not(feature = "loom"))]
fn main() {
    story::tell();
}

#[cfg(not(feature = "loom"))]
mod story;
