//! 고정된 값을 다른 값과 맞바꾸려 한다.

use std::mem;
use std::pin::pin;

use ch03_08_pin::{Reading, Source};

fn main() {
    let source = Source::default();
    let pinned = pin!(Reading::new(&source));
    mem::swap(&mut *pinned, &mut Reading::new(&source));
}
