//! 반환 타입에 바운드를 거는 표기는 아직 안정화되지 않았다.

trait Mailer {
    async fn send(&self, to: &str);
}

fn invite<M: Mailer<send(..): Send> + Send + Sync + 'static>(mailer: M) {
    tokio::spawn(async move { mailer.send("하나").await });
}

fn main() {
    let _ = invite::<Nobody>;
}

struct Nobody;

impl Mailer for Nobody {
    async fn send(&self, _to: &str) {}
}
