//! 퓨처를 만들고 기다리지 않는다.
#![deny(unused_must_use)]

async fn save(order: u32) {
    println!("{order}번 주문을 적는다");
}

fn main() {
    save(7);
}
