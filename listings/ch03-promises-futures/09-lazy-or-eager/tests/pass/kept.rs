//! 버린 모양이 분명하거나, 변수에 담아 한 번이라도 쓴 퓨처에는 경고가 없다.
#![deny(unused)]

async fn save(order: u32) {
    println!("{order}번 주문을 적는다");
}

fn main() {
    let _ = save(7);
    let saved = save(8);
    drop(saved);
    let mut list = Vec::new();
    list.push(save(9));
}
