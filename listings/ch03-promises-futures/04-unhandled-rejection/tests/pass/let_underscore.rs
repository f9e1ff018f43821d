//! `let _`로 버리면 퓨처도 프로미스도 경고가 없다.
#![deny(unused)]

use ch03_01_promise::{Microtasks, Promise};

async fn charge(_price: u32) -> Result<(), &'static str> {
    Err("결제 오류")
}

fn main() {
    let _ = charge(12_000);
    let _ = Promise::<(), _>::settled(&Microtasks::default(), Err("결제 오류"));
}
