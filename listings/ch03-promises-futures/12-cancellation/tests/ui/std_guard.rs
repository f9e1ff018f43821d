use std::sync::{Arc, Mutex};

async fn transfer(accounts: Arc<Mutex<[i64; 2]>>) {
    let mut accounts = accounts.lock().unwrap();
    accounts[0] -= 30;
    tokio::task::yield_now().await;
    accounts[1] += 30;
}

fn main() {
    tokio::spawn(transfer(Arc::default()));
}
