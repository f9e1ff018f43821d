//! 구현을 모르는 `async fn`을 다른 스레드로 보낼 수 있는 태스크로 띄운다.

trait Mailer {
    async fn send(&self, to: &str);
}

fn invite<M: Mailer + Send + Sync + 'static>(mailer: M) {
    tokio::spawn(async move { mailer.send("하나").await });
}

fn main() {
    let _ = invite::<Nobody>;
}

struct Nobody;

impl Mailer for Nobody {
    async fn send(&self, _to: &str) {}
}
