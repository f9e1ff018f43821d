//! 실행기를 한 걸음씩 키우며, 태스크가 어느 차례로 몇 번 폴링되는지 본다.

// loom의 타입은 모델 밖에서 쓸 수 없으므로, 그때는 이야기를 비운다.
#[cfg(feature = "loom")]
fn main() {}

#[cfg(not(feature = "loom"))]
fn main() {
    std::panic::set_hook(Box::new(|_| {})); // 패닉은 결과로 받아 아래에서 찍는다.
    story::tell();
}

#[cfg(not(feature = "loom"))]
mod story;
