//! 언제 요청이 나가고 언제 결과가 나오는지 본다.

use std::pin::pin;

use ch03_11_join_select::{Either, join, join_all, select, try_join};

use crate::clock::{Clock, request};

// ANCHOR: in_turn
pub async fn in_turn(clock: &Clock) {
    let name = request(clock, "사용자", 30, "하나").await;
    let orders = request(clock, "주문", 50, 3).await;
    clock.say("main", format!("{name}, 주문 {orders}건"));
}
// ANCHOR_END: in_turn

// ANCHOR: together
pub async fn together(clock: &Clock) {
    let name = request(clock, "사용자", 30, "하나");
    let orders = request(clock, "주문", 50, 3);
    let (name, orders) = join(name, orders).await;
    clock.say("main", format!("{name}, 주문 {orders}건"));
}
// ANCHOR_END: together

// ANCHOR: input_order
pub async fn input_order(clock: &Clock) {
    let pages = [
        ("첫 쪽", 30, "가"),
        ("둘째 쪽", 20, "나"),
        ("셋째 쪽", 10, "다"),
    ];
    let requests = pages.map(|(who, ms, text)| request(clock, who, ms, text));
    let texts = join_all(requests).await;
    clock.say("main", texts.join(", "));
}
// ANCHOR_END: input_order

// ANCHOR: first
pub async fn first(clock: &Clock) {
    let cache = pin!(request(clock, "캐시", 20, 8));
    let server = pin!(request(clock, "서버", 50, 9));
    match select(cache, server).await {
        Either::Left((old, server)) => {
            clock.say("main", format!("재고 {old}개를 먼저 보임"));
            let fresh = server.await;
            clock.say("main", format!("재고 {fresh}개로 고침"));
        }
        Either::Right((fresh, _)) => clock.say("main", format!("재고 {fresh}개")),
    }
}
// ANCHOR_END: first

// ANCHOR: loser_dropped
pub async fn loser_dropped(clock: &Clock) {
    let near = Box::pin(request(clock, "가까운 서버", 20, "답"));
    let far = Box::pin(request(clock, "먼 서버", 50, "답"));
    let (Either::Left((text, _)) | Either::Right((text, _))) = select(near, far).await;
    clock.say("main", format!("{text}을 받음"));
}
// ANCHOR_END: loser_dropped

// ANCHOR: loser_kept
pub async fn loser_kept(clock: &Clock) {
    let near = pin!(request(clock, "가까운 서버", 20, "답"));
    let far = pin!(request(clock, "먼 서버", 50, "답"));
    let (Either::Left((text, _)) | Either::Right((text, _))) = select(near, far).await;
    clock.say("main", format!("{text}을 받음"));
}
// ANCHOR_END: loser_kept

// ANCHOR: one_fails
pub async fn one_fails(clock: &Clock) {
    let stock = request(clock, "재고", 50, Ok("두 개"));
    let payment = request(clock, "결제", 20, Err("잔액 부족"));
    match try_join(stock, payment).await {
        Ok((stock, receipt)) => clock.say("main", format!("{stock}, {receipt}")),
        Err::<(_, &str), &str>(error) => clock.say("main", format!("실패, {error}")),
    }
}
// ANCHOR_END: one_fails
