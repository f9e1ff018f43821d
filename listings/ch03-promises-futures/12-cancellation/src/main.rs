//! 기다리던 일을 버렸을 때 무엇이 남고 무엇이 사라지는지 본다.

mod abort;
mod story;
mod timeouts;

fn main() {
    story::dropped();
    story::cut_order();
    story::every_cancellation();
    story::counted();
    timeouts::partial_work();
    timeouts::never_yields();
    abort::own_abort();
    abort::blocking();
}
