#![deny(unused_must_use)]

async fn charge(_price: u32) -> Result<(), &'static str> {
    Err("결제 오류")
}

async fn order() -> Result<&'static str, &'static str> {
    charge(12_000);
    Ok("결제 완료")
}

fn main() {
    let _ = order();
}
