//! 같은 주문. 함수마다 쓰던 오류 가지를 한 곳에 모았다.

use std::sync::Arc;

use ch02_02_callback_hell::{Cart, Done, Outcome, Shop, Stock, User, receipt};

// ANCHOR: on_ok
/// 성공하면 값과 `done`을 `next`에 넘기고, 실패하면 그 오류로 `done`을 부르는 콜백을 만든다.
fn on_ok<T>(done: Done, next: impl FnOnce(T, Done)) -> impl FnOnce(Outcome<T>) {
    move |result| match result {
        Err(error) => done(Err(error)),
        Ok(value) => next(value, done),
    }
}

pub fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    Arc::clone(&shop).find_user(
        user_id,
        on_ok(done, move |user, done| with_user(shop, user, done)),
    );
}

fn with_user(shop: Arc<Shop>, user: User, done: Done) {
    Arc::clone(&shop).load_cart(
        user.id,
        on_ok(done, move |cart, done| with_cart(shop, user, cart, done)),
    );
}
// ANCHOR_END: on_ok

fn with_cart(shop: Arc<Shop>, user: User, cart: Cart, done: Done) {
    Arc::clone(&shop).reserve_stock(
        cart.item,
        on_ok(done, move |stock, done| with_stock(shop, user, stock, done)),
    );
}

fn with_stock(shop: Arc<Shop>, user: User, stock: Stock, done: Done) {
    shop.charge(
        user.id,
        stock.price,
        on_ok(done, move |payment, done| {
            done(Ok(receipt(user, stock, payment)))
        }),
    );
}
