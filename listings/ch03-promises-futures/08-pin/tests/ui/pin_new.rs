//! `async fn`의 퓨처를 옮겨도 되는 퓨처로 넘기려 한다.

use ch03_08_pin::{Source, poll_movable, read_number};

fn main() {
    let source = Source::default();
    let mut reading = read_number(&source);
    let _ = poll_movable(&mut reading);
}
