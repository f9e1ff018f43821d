//! smol은 받고 async-std는 받지 않는 퓨처.

use std::future::ready;
use std::rc::Rc;

use ch04_14_runtimes::{async_std, smol};

async fn count() -> usize {
    let shared = Rc::new(());
    ready(()).await;
    Rc::strong_count(&shared)
}

fn main() {
    smol::spawn(count()).detach();
    async_std::spawn(count());
}
