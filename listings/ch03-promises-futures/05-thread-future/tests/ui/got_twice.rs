//! 받은 결과를 또 받는다.

use std::time::Instant;

use ch03_05_thread_future::spawn;

fn main() {
    let price = spawn(|| 30_000);
    drop(price.get(Instant::now()));
    drop(price.get(Instant::now()));
}
