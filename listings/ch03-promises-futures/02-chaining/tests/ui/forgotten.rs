//! 결제의 프로미스를 이어 받지 않는다.
#![deny(warnings)]

use ch03_01_promise::Microtasks;
use ch03_02_chaining::Shop;

fn main() {
    let shop = Shop::new(&Microtasks::default(), None);
    let payments = shop.clone();
    let order = shop.find_user(7).then(move |user| {
        payments.charge(user.id, 12_000);
        Ok(format!("{} 님, 결제 완료", user.name))
    });
    order.done(drop);
}
