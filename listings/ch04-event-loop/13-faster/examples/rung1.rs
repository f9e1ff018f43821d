//! 사다리의 한 칸. 표와 상태 하나만 새로 쓴다.
#![allow(dead_code, missing_docs)]

mod tuning {
    pub(crate) const BOXED_FUTURE: bool = true;
    pub(crate) const COUNTED_QUEUE: bool = true;
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
