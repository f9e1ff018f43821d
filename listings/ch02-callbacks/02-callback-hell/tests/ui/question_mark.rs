use ch02_02_callback_hell::{OrderError, Shop};
use std::sync::Arc;

fn place_order(shop: Arc<Shop>, user_id: u32) -> Result<(), OrderError> {
    Arc::clone(&shop).find_user(user_id, move |user| {
        let user = user?;
        shop.load_cart(user.id, |_cart| {});
    });
    Ok(())
}

fn main() {
    let _ = place_order(Arc::new(Shop::new(None)), 7);
}
