//! 메일을 보내는 트레이트와 두 구현. 하나는 기다리고 하나는 기다리지 않는다.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::task::yield_now;

/// 받는 사람이 없어 되돌아온 메일.
#[derive(Debug, PartialEq, Eq)]
pub struct Bounced;

// ANCHOR: mailer
pub trait Mailer {
    /// 메일을 보내고 그 번호를 돌려준다.
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced>;
}
// ANCHOR_END: mailer

// ANCHOR: welcome
pub async fn welcome<M: Mailer>(mailer: &M, name: &str) -> Result<String, Bounced> {
    let number = mailer.send(name, "어서 오세요").await?;
    Ok(format!("{name}에게 보낸 {number}번 메일"))
}
// ANCHOR_END: welcome

/// 서버의 답을 한 번 기다려 보내는 우체국.
#[derive(Default)]
pub struct Post {
    sent: AtomicU32,
}

/// 보낸 셈만 치고 기다리지 않는 배달원.
pub struct Pretend;

// ANCHOR: impls
impl Mailer for Post {
    async fn send(&self, _to: &str, text: &str) -> Result<u32, Bounced> {
        let envelope = format!("봉투: {text}");
        yield_now().await; // 서버의 답을 기다린다.
        let number = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        drop(envelope);
        Ok(number)
    }
}

impl Mailer for Pretend {
    async fn send(&self, _to: &str, _text: &str) -> Result<u32, Bounced> {
        Ok(0)
    }
}
// ANCHOR_END: impls
