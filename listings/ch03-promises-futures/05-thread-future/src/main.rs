//! 스레드에 일을 맡기고, 기한을 두고 결과를 받는다.

// loom의 타입은 모델 밖에서 쓸 수 없으므로, 그때는 이야기를 비운다.
#[cfg(feature = "loom")]
fn main() {}

#[cfg(not(feature = "loom"))]
fn main() {
    story::tell();
}

#[cfg(not(feature = "loom"))]
mod scripted;
#[cfg(not(feature = "loom"))]
mod story;
