#![deny(warnings)]
use ch02_02_callback_hell::{Done, Receipt, Shop, Step, outcomes};
use std::sync::Arc;

fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    shop.find_user(user_id, |user| {
        if let Ok(user) = user {
            let (item, approval) = (String::from("책"), String::from("1"));
            done(Ok(Receipt { name: user.name, item, approval }));
        }
    });
}

fn main() {
    assert_eq!(outcomes(place_order, Some(Step::User)), []);
}
