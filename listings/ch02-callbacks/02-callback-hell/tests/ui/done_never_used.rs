#![deny(warnings)]
use ch02_02_callback_hell::{Done, Shop};
use std::sync::Arc;

fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    shop.find_user(user_id, |_user| {});
}

fn main() {
    place_order(Arc::new(Shop::new(None)), 7, Box::new(|_| {}));
}
