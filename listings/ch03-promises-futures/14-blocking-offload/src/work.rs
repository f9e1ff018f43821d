//! 같은 계산을 도는 네 가지 꼴.

use tokio::task::{spawn_blocking, yield_now};

use crate::shop::{Customer, SLICES, count_primes};

// ANCHOR: blocking
/// 끝날 때까지 스레드를 놓지 않는다.
pub async fn blocking(mut customer: Customer) -> String {
    let mut total = 0;
    for slice in &SLICES {
        total += count_primes(slice);
        customer.note(slice);
        customer.ask();
    }
    customer.total(total)
}
// ANCHOR_END: blocking

// ANCHOR: sliced
/// 조각마다 다른 태스크에 차례를 넘긴다.
pub async fn sliced(mut customer: Customer) -> String {
    let mut total = 0;
    for slice in &SLICES {
        total += count_primes(slice);
        customer.note(slice);
        customer.ask();
        yield_now().await;
    }
    customer.total(total)
}
// ANCHOR_END: sliced

// ANCHOR: waiting
/// 비동기가 아닌 보통 함수이다. 요청마다 답이 나가기를 기다려 차례를 하나로 정한다.
pub fn waiting(mut customer: Customer) -> String {
    let mut total = 0;
    for slice in &SLICES {
        total += count_primes(slice);
        customer.note(slice);
        customer.ask().recv().expect("서버가 답한다");
    }
    customer.total(total)
}
// ANCHOR_END: waiting

// ANCHOR: spawn_blocking
pub async fn on_blocking_pool(customer: Customer) -> String {
    let task = spawn_blocking(move || waiting(customer));
    task.await.expect("계산은 패닉하지 않는다")
}
// ANCHOR_END: spawn_blocking
