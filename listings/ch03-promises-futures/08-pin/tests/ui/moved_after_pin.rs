//! `pin!`에 넣은 값을 고정이 끝난 뒤에 옮기려 한다.

use std::pin::pin;

use ch03_08_pin::{Reading, Source, poll_once};

fn main() {
    let source = Source::default();
    let reading = Reading::new(&source);
    let _ = poll_once(pin!(reading));
    let _moved = Box::new(reading);
}
