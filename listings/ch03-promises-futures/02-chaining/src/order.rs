//! 주문을 처리하는 사슬. 곧은 꼴과, 오류를 길목에서 받는 꼴과, 잃어버리는 꼴.

use ch02_02_callback_hell::{OrderError, Step};
use ch03_02_chaining::{Answer, Cart, Payment, Shop, Stock, User};

// ANCHOR: order
pub fn place_order(shop: &Shop, user_id: u32) -> Answer<String> {
    let (carts, stocks, payments) = (shop.clone(), shop.clone(), shop.clone());
    shop.find_user(user_id)
        .then(move |user| carts.load_cart(user.id).then(|cart| Ok((user, cart))))
        .then(move |(user, cart)| {
            let stock = stocks.reserve_stock(cart.item);
            stock.then(|stock| Ok((user, stock)))
        })
        .then(move |(user, stock)| {
            let payment = payments.charge(user.id, stock.price);
            payment.then(|payment| Ok(receipt(user, stock, payment)))
        })
}

fn receipt(user: User, stock: Stock, payment: Payment) -> String {
    format!(
        "{} 님, {}, 승인 {}",
        user.name, stock.item, payment.approval
    )
}
// ANCHOR_END: order

// ANCHOR: recover
/// 장바구니를 읽지 못하면 추천하는 책을 담는다.
pub fn cart_or_default(shop: &Shop, user_id: u32) -> Answer<Cart> {
    let item = String::from("추천하는 책");
    shop.load_cart(user_id).catch(|_| Ok(Cart { item }))
}
// ANCHOR_END: recover

// ANCHOR: rethrow
/// 재고가 없을 때만 대기 명단에 올린다. 다른 오류는 그대로 넘긴다.
pub fn order_or_wait(shop: &Shop, user_id: u32) -> Answer<String> {
    place_order(shop, user_id).catch(|error| match error {
        OrderError(Step::Stock) => Ok(String::from("대기 명단에 올림")),
        other => Err(other),
    })
}
// ANCHOR_END: rethrow

// ANCHOR: forgotten
/// 결제를 부르기만 하고 그 프로미스를 돌려주지 않는다.
pub fn order_forgetting(shop: &Shop, user_id: u32) -> Answer<String> {
    let payments = shop.clone();
    shop.find_user(user_id).then(move |user| {
        let _ = payments.charge(user.id, 12_000);
        Ok(format!("{} 님, 결제 완료", user.name))
    })
}
// ANCHOR_END: forgotten

// ANCHOR: remembered
/// 결제의 프로미스로 다음 걸음을 잇는다.
pub fn order_remembering(shop: &Shop, user_id: u32) -> Answer<String> {
    let payments = shop.clone();
    shop.find_user(user_id).then(move |user| {
        let payment = payments.charge(user.id, 12_000);
        payment.then(move |_| Ok(format!("{} 님, 결제 완료", user.name)))
    })
}
// ANCHOR_END: remembered
