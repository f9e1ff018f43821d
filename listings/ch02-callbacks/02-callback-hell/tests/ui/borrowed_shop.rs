use ch02_02_callback_hell::Shop;
use std::sync::Arc;

fn place_order(shop: Arc<Shop>, user_id: u32) {
    shop.find_user(user_id, move |user| {
        if let Ok(user) = user {
            shop.load_cart(user.id, |_cart| {});
        }
    });
}

fn main() {
    place_order(Arc::new(Shop::new(None)), 7);
}
