//! 퓨처가 `Send`라고 약속하는 트레이트. 손으로 적은 것과 `trait-variant`로 적은 것.

use crate::mailer::{Bounced, Mailer, Post, Pretend};

// ANCHOR: shared
pub trait SharedMailer {
    /// 메일을 보내고 그 번호를 돌려준다. 퓨처를 다른 스레드로 옮길 수 있다.
    fn send(&self, to: &str, text: &str) -> impl Future<Output = Result<u32, Bounced>> + Send;
}

impl SharedMailer for Post {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced> {
        Mailer::send(self, to, text).await
    }
}
// ANCHOR_END: shared

impl SharedMailer for Pretend {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced> {
        Mailer::send(self, to, text).await
    }
}

// ANCHOR: invite
/// 다른 스레드에서 돌려도 되는 퓨처. 빌린 것이 없도록 모두 값으로 받는다.
pub async fn invite<M: SharedMailer>(mailer: M, name: String) -> Result<String, Bounced> {
    let number = mailer.send(&name, "놀러 오세요").await?;
    Ok(format!("{name}에게 보낸 {number}번 메일"))
}
// ANCHOR_END: invite

// ANCHOR: variant
#[trait_variant::make(SendStore: Send)]
pub trait Store {
    async fn name(&self, user_id: u32) -> Option<String>;
}
// ANCHOR_END: variant

/// 회원이 한 명인 가게.
pub struct OneMember;

// ANCHOR: variant_impl
impl SendStore for OneMember {
    async fn name(&self, user_id: u32) -> Option<String> {
        (user_id == 7).then(|| String::from("하나"))
    }
}
// ANCHOR_END: variant_impl
