//! `async fn`이 있는 트레이트를 트레이트 객체로 쓴다.

trait Mailer {
    async fn send(&self, to: &str);
}

fn keep(_mailers: Vec<Box<dyn Mailer>>) {}

fn main() {}
