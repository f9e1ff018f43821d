//! 트레이트 객체로 쓸 수 있는 꼴. 손으로 담은 상자와 `async-trait`이 담는 상자.

use std::collections::BTreeSet;
use std::pin::Pin;

use async_trait::async_trait;

use crate::mailer::{Bounced, Mailer, Post, Pretend};
use crate::shared::SharedMailer;

// ANCHOR: boxed
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub trait DynMailer {
    fn send<'a>(&'a self, to: &'a str, text: &'a str) -> BoxFuture<'a, Result<u32, Bounced>>;
}
// ANCHOR_END: boxed

// ANCHOR: bridge
/// 정적으로 쓰려고 만든 것을 그대로 트레이트 객체로도 쓴다.
impl<M: SharedMailer> DynMailer for M {
    fn send<'a>(&'a self, to: &'a str, text: &'a str) -> BoxFuture<'a, Result<u32, Bounced>> {
        Box::pin(SharedMailer::send(self, to, text))
    }
}
// ANCHOR_END: bridge

// ANCHOR: send_all
/// 구현이 무엇인지 모르는 배달원들에게 차례로 맡긴다.
pub async fn send_all(mailers: &[Box<dyn DynMailer + Sync>], to: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for mailer in mailers {
        if let Ok(number) = mailer.send(to, "소식").await {
            numbers.push(number);
        }
    }
    numbers
}
// ANCHOR_END: send_all

// ANCHOR: async_trait
#[async_trait]
pub trait MacroMailer {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced>;
}

#[async_trait]
impl MacroMailer for Post {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced> {
        Mailer::send(self, to, text).await
    }
}
// ANCHOR_END: async_trait

#[async_trait]
impl MacroMailer for Pretend {
    async fn send(&self, to: &str, text: &str) -> Result<u32, Bounced> {
        Mailer::send(self, to, text).await
    }
}

// ANCHOR: boxes
/// 손에 든 퓨처의 크기, 그 뒤에 따로 놓인 상자의 크기.
pub fn sizes<F: Future + ?Sized>(future: &Pin<Box<F>>) -> [usize; 2] {
    [size_of_val(future), size_of_val(&**future)]
}

/// 살아 있는 퓨처들이 쓰는 상자의 수. 주소가 다르면 다른 상자이다.
pub fn count_boxes<T>(futures: &[BoxFuture<'_, T>]) -> usize {
    let addresses = futures.iter().map(|future| (&raw const **future).addr());
    addresses.collect::<BTreeSet<_>>().len()
}
// ANCHOR_END: boxes
