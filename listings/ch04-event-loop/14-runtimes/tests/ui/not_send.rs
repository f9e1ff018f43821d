//! 미니 런타임은 받고 tokio는 받지 않는 퓨처.

use std::future::ready;
use std::rc::Rc;

use ch04_14_runtimes::{mini, tokio};

// ANCHOR: work
async fn count() -> usize {
    let shared = Rc::new(());
    ready(()).await;
    Rc::strong_count(&shared)
}

fn main() {
    mini::spawn(count());
    tokio::spawn(count());
}
// ANCHOR_END: work
