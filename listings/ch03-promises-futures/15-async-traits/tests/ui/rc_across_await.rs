//! `Rc`를 쥔 채로 기다린다.

use std::rc::Rc;

async fn greet() {
    let name = Rc::new("하나");
    tokio::task::yield_now().await;
    println!("{name}");
}

fn main() {
    tokio::spawn(greet());
}
