//! `Send`를 약속한 트레이트를 `Rc`를 쥐고 기다리는 구현으로 채운다.

use std::rc::Rc;

trait SharedMailer {
    fn send(&self, to: &str) -> impl Future<Output = ()> + Send;
}

struct Local;

impl SharedMailer for Local {
    async fn send(&self, to: &str) {
        let name = Rc::new(to.len());
        tokio::task::yield_now().await;
        drop(name);
    }
}

fn main() {
    drop(Local.send("하나"));
}
