//! 가드를 먼저 버렸는데도 퓨처에 남는다.

use std::sync::Mutex;

static STOCK: Mutex<u32> = Mutex::new(3);

async fn sell() {
    let mut stock = STOCK.lock().unwrap();
    *stock -= 1;
    drop(stock);
    tokio::task::yield_now().await;
}

fn main() {
    tokio::spawn(sell());
}
