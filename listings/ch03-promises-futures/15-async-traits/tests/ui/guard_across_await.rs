//! 뮤텍스의 가드를 쥔 채로 기다린다.

use std::sync::Mutex;

static STOCK: Mutex<u32> = Mutex::new(3);

async fn sell() {
    let mut stock = STOCK.lock().unwrap();
    tokio::task::yield_now().await;
    *stock -= 1;
}

fn main() {
    tokio::spawn(sell());
}
