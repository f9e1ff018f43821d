//! 버린 모양이 분명하거나 변수에 담은 퓨처에는 경고가 없다.
#![deny(unused_must_use)]

async fn save(order: u32) {
    println!("{order}번 주문을 적는다");
}

fn main() {
    let _ = save(7);
    let saved = save(8);
    drop(saved);
}
