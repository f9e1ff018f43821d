//! 같은 주문. 콜백마다 이름을 붙여 바깥으로 꺼냈다.

use std::sync::Arc;

use ch02_02_callback_hell::{Cart, Done, Outcome, Payment, Shop, Stock, User, receipt};

// ANCHOR: flat
pub fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    Arc::clone(&shop).find_user(user_id, move |user| on_user(shop, user, done));
}

fn on_user(shop: Arc<Shop>, user: Outcome<User>, done: Done) {
    match user {
        Err(error) => done(Err(error)),
        Ok(user) => {
            Arc::clone(&shop).load_cart(user.id, move |cart| on_cart(shop, user, cart, done))
        }
    }
}

fn on_cart(shop: Arc<Shop>, user: User, cart: Outcome<Cart>, done: Done) {
    match cart {
        Err(error) => done(Err(error)),
        Ok(cart) => Arc::clone(&shop)
            .reserve_stock(cart.item, move |stock| on_stock(shop, user, stock, done)),
    }
}
// ANCHOR_END: flat

fn on_stock(shop: Arc<Shop>, user: User, stock: Outcome<Stock>, done: Done) {
    match stock {
        Err(error) => done(Err(error)),
        Ok(stock) => shop.charge(user.id, stock.price, move |payment| {
            on_payment(user, stock, payment, done)
        }),
    }
}

fn on_payment(user: User, stock: Stock, payment: Outcome<Payment>, done: Done) {
    match payment {
        Err(error) => done(Err(error)),
        Ok(payment) => done(Ok(receipt(user, stock, payment))),
    }
}
