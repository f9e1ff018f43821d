//! 스택에 고정한 것을 함수 밖으로 돌려주려 한다.

use std::pin::{Pin, pin};

use ch03_08_pin::{Source, read_number};

fn start(source: &Source) -> Pin<&mut impl Future<Output = String>> {
    pin!(read_number(source))
}

fn main() {
    start(&Source::default());
}
