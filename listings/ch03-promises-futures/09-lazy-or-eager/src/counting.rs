//! 몇 번 시작하는지.

use futures::FutureExt;
use futures::future::join;
use tokio::task::spawn_local;

use crate::shop::{Price, Shop, run};
use crate::timing::ask_owned;

/// 보낸 요청과 온 답의 수.
fn counts(story: impl AsyncFnOnce(&Shop)) -> String {
    let lines = run(story).1;
    let count = |what| lines.iter().filter(|line| line.ends_with(what)).count();
    format!("요청 {}개, 답 {}개", count("보낸다"), count("온다"))
}

// ANCHOR: dropped
pub fn dropped_promise() -> String {
    counts(async |shop| drop(shop.order("재고")))
}

pub fn dropped_future() -> String {
    counts(async |shop| drop(shop.ask("재고")))
}

pub fn asked_once() -> String {
    counts(async |shop| {
        // 답이 없으면 폴링을 멈추고 퓨처를 버린다.
        assert!(shop.ask("재고").now_or_never().is_none());
    })
}

pub fn dropped_handle() -> String {
    counts(async |shop| drop(spawn_local(ask_owned(shop, "재고"))))
}
// ANCHOR_END: dropped

// ANCHOR: head
async fn whole(shop: &Shop, _item: &str) {
    shop.say("본문", "본문");
}

fn with_head(shop: &Shop, _item: &str) -> impl Future<Output = ()> {
    shop.say("본문", "앞머리");
    async { shop.say("본문", "블록") }
}

/// 퓨처를 만들었다고 적고 나서 폴링한다.
async fn made(shop: &Shop, future: impl Future<Output = ()>) {
    shop.say("main", "불렀다");
    future.await;
}

pub fn calls_async() -> String {
    in_order(async |shop| made(shop, whole(shop, item(shop))).await)
}

pub fn calls_head() -> String {
    in_order(async |shop| made(shop, with_head(shop, item(shop))).await)
}
// ANCHOR_END: head

/// 인수를 계산한다.
fn item(shop: &Shop) -> &'static str {
    shop.say("인수", "인수");
    "재고"
}

/// 무엇이 일어났는지만 차례로 잇는다.
fn in_order(story: impl AsyncFnOnce(&Shop)) -> String {
    let lines = run(story).1;
    let what = lines.iter().filter_map(|line| line.rsplit(": ").next());
    what.collect::<Vec<_>>().join(" → ")
}

// ANCHOR: twice
pub fn asked_twice() -> [(&'static str, u32); 3] {
    let promise = async |shop: &Shop| {
        let stock = shop.order("재고");
        let _ = shop.heard(&stock).await;
        let _ = shop.heard(&stock).await;
        shop.sent()
    };
    let made_again = async |shop: &Shop| {
        let _ = shop.ask("재고").await;
        let _ = shop.ask("재고").await;
        shop.sent()
    };
    let shared = async |shop: &Shop| {
        let stock = shop.ask("재고").shared();
        let _ = join(stock.clone(), stock).await;
        shop.sent()
    };
    [
        ("프로미스 하나를 두 번 기다림", run(promise).0),
        ("퓨처를 두 번 만듦", run(made_again).0),
        ("퓨처 하나를 나눠 기다림", run(shared).0),
    ]
}
// ANCHOR_END: twice

// ANCHOR: retry
/// 받아 둔 프로미스를 다시 기다린다. 정해진 것은 바뀌지 않는다.
pub async fn retry_promise(shop: &Shop) -> Price {
    let stock = shop.order("붐비는 가게");
    match shop.heard(&stock).await {
        Ok(price) => Ok(price),
        Err(_) => shop.heard(&stock).await,
    }
}

/// 다시 할 때마다 퓨처를 새로 만든다.
pub async fn retry_future<F: Future<Output = Price>>(ask: impl Fn() -> F) -> Price {
    match ask().await {
        Ok(price) => Ok(price),
        Err(_) => ask().await,
    }
}
// ANCHOR_END: retry

pub fn retries() -> [(&'static str, String); 2] {
    let promise = run(async |shop| retry_promise(shop).await).0;
    let future = run(async |shop| retry_future(|| shop.ask("붐비는 가게")).await).0;
    let told = |price: Price| match price {
        Ok(price) => format!("{price}원"),
        Err(reason) => format!("실패, {reason}"),
    };
    [
        ("담아 둔 프로미스", told(promise)),
        ("새로 만든 퓨처", told(future)),
    ]
}
