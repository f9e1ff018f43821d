//! 사다리의 한 칸. 폴링할 때 `Waker`를 빌려준다.
#![allow(dead_code, missing_docs)]

mod tuning {
    pub(crate) const BOXED_FUTURE: bool = false;
    pub(crate) const COUNTED_QUEUE: bool = false;
    pub(crate) const CLONED_WAKER: bool = false;
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
