//! 고정된 값을 꺼내려 한다.

use std::pin::Pin;

use ch03_08_pin::Reading;

fn take(reading: Pin<Box<Reading<'_>>>) {
    let _reading = *reading;
}

fn main() {}
