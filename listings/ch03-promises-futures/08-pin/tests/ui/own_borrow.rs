//! 버퍼와 그 버퍼를 빌린 퓨처를 한 값에 담으려 한다.

use ch03_08_pin::Source;
use ch03_08_pin::source::{Fill, fill};

// ANCHOR: state
struct Filling<'a> {
    buffer: [u8; 8],
    fill: Fill<'a>,
}

fn start(source: &Source) -> Filling<'_> {
    let mut buffer = [b'.'; 8];
    let fill = fill(source, &mut buffer);
    Filling { buffer, fill }
}
// ANCHOR_END: state

fn main() {
    start(&Source::default());
}
