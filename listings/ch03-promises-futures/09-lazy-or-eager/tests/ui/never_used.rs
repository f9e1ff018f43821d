//! 변수에 담기만 하고 한 번도 쓰지 않는다.
#![deny(unused)]

async fn save(order: u32) {
    println!("{order}번 주문을 적는다");
}

fn main() {
    let saved = save(7);
}
