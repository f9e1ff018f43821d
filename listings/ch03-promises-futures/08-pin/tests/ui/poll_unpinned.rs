//! 고정하지 않고 폴링하려 한다.

use std::task::{Context, Waker};

use ch03_08_pin::{Source, read_number};

fn main() {
    let source = Source::default();
    let mut cx = Context::from_waker(Waker::noop());
    let mut reading = read_number(&source);
    let _ = reading.poll(&mut cx);
}
