//! 언제 시작하고 언제 끝나는지.

use std::time::Duration;

use futures::future::join;
use tokio::task::spawn_local;
use tokio::time::sleep;

use crate::shop::{Price, Shop, TRIP, run};

/// 답을 기다리기 전에 하는 다른 일.
const OTHER_WORK: Duration = Duration::from_millis(10);

// ANCHOR: eager
pub async fn eager(shop: &Shop) {
    shop.say("main", "프로미스를 만든다");
    let stock = shop.order("재고");
    shop.say("main", "다른 일을 한다");
    sleep(OTHER_WORK).await;
    shop.say("main", "이제 기다린다");
    let _ = shop.heard(&stock).await;
    shop.say("main", "답을 받았다");
}
// ANCHOR_END: eager

// ANCHOR: lazy
pub async fn lazy(shop: &Shop) {
    shop.say("main", "퓨처를 만든다");
    let stock = shop.ask("재고");
    shop.say("main", "다른 일을 한다");
    sleep(OTHER_WORK).await;
    shop.say("main", "이제 기다린다");
    let _ = stock.await;
    shop.say("main", "답을 받았다");
}
// ANCHOR_END: lazy

// ANCHOR: promises
pub async fn promises(shop: &Shop) {
    let (stock, price) = (shop.order("재고"), shop.order("가격"));
    let _ = shop.heard(&stock).await;
    let _ = shop.heard(&price).await;
    shop.say("main", "둘 다 받았다");
}
// ANCHOR_END: promises

// ANCHOR: one_by_one
pub async fn one_by_one(shop: &Shop) {
    let (stock, price) = (shop.ask("재고"), shop.ask("가격"));
    let _ = stock.await;
    let _ = price.await;
    shop.say("main", "둘 다 받았다");
}
// ANCHOR_END: one_by_one

// ANCHOR: joined
pub async fn joined(shop: &Shop) {
    let (stock, price) = (shop.ask("재고"), shop.ask("가격"));
    let _ = join(stock, price).await;
    shop.say("main", "둘 다 받았다");
}
// ANCHOR_END: joined

// ANCHOR: spawned
/// 태스크가 가게를 빌릴 수는 없으므로 제 몫을 복제해 가져간다.
pub fn ask_owned(shop: &Shop, item: &'static str) -> impl Future<Output = Price> + use<> {
    let shop = shop.clone();
    async move { shop.ask(item).await }
}

pub async fn spawned(shop: &Shop) {
    let stock = spawn_local(ask_owned(shop, "재고"));
    let price = spawn_local(ask_owned(shop, "가격"));
    shop.say("main", "둘 다 띄웠다");
    let _ = stock.await;
    let _ = price.await;
    shop.say("main", "둘 다 받았다");
}
// ANCHOR_END: spawned

// ANCHOR: sleeps
/// `sleep`을 만들고 다른 일을 한 다음에 기다린다. 만든 때부터 끝날 때까지 잰다.
pub fn sleeps() -> [(&'static str, Duration); 2] {
    let made_first = async |shop: &Shop| {
        let timer = sleep(TRIP);
        sleep(OTHER_WORK).await;
        timer.await;
        shop.elapsed()
    };
    let in_block = async |shop: &Shop| {
        let timer = async { sleep(TRIP).await };
        sleep(OTHER_WORK).await;
        timer.await;
        shop.elapsed()
    };
    [
        ("sleep", run(made_first).0),
        ("블록 속의 sleep", run(in_block).0),
    ]
}
// ANCHOR_END: sleeps
