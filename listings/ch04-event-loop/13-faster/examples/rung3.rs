//! 사다리의 한 칸. 줄에 든 태스크가 참조를 쥐지 않는다.
#![allow(dead_code, missing_docs)]

mod tuning {
    pub(crate) const BOXED_FUTURE: bool = false;
    pub(crate) const COUNTED_QUEUE: bool = false;
    pub(crate) const CLONED_WAKER: bool = true;
    pub(crate) const ATOMIC_WAKES: bool = true;
}

include!("../src/parts.rs");

mod works {
    use super::{block_on, channel::channel, spawn, time::sleep};
    include!("shared/works.rs");
}

fn main() {
    works::answer();
}
