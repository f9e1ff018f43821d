//! 끝나면 알려 주는 에코 서버를 준비되면 알려 주는 것과 나란히 돌린다.
//!
//! 어느 쪽으로 돌았는지는 표준 오류로 알리므로 표준 출력은 어디서나 같다.

#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod story;

#[cfg(unix)]
use {
    ch04_12_completion::driver::{open, open_with},
    std::io::{self, ErrorKind},
};

#[cfg(unix)]
fn main() -> io::Result<()> {
    if std::env::args().any(|arg| arg == "--measure") {
        return measure::measure();
    }
    if std::env::args().any(|arg| arg == "--refused") {
        return story::tell(|| open_with(|| Err(ErrorKind::PermissionDenied.into())));
    }
    story::tell(open)
}

#[cfg(not(unix))]
fn main() {
    eprintln!("이 예제는 Linux와 macOS에서 돕니다");
}
