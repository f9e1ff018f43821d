//! 라이브러리 밖으로 내보낼 트레이트에 `async fn`을 적는다.
#![deny(async_fn_in_trait)]

pub trait Mailer {
    async fn send(&self, to: &str);
}

fn main() {}
