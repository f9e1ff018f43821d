//! 취소하면 무언가를 잃는 꼴들. 테스트가 잃는 대로 잃는지 확인한다.

use std::cell::Cell;
use std::io;

use tokio::select;
use tokio::sync::{Mutex, Semaphore};
use tokio::task::yield_now;

use crate::bank::{Bank, FROM, TO, remote};
use crate::orders::{Pipe, Tell, Ticks, read_order};

// ANCHOR: dropping
/// 틱이 올 때마다 읽던 퓨처를 버린다.
pub async fn dropping(mut io: Pipe, mut ticks: Ticks, tell: Tell<'_>) -> io::Result<usize> {
    let mut orders = 0;
    loop {
        select! {
            order = read_order(&mut io) => {
                let Some(order) = order? else { return Ok(orders) };
                orders += 1;
                tell(format!("주문 {order:?}"));
            }
            Some(()) = ticks.recv() => tell(format!("틱, 지금까지 {orders}건")),
        }
    }
}
// ANCHOR_END: dropping

// ANCHOR: transfer
/// 뺀 다음과 넣기 전 사이에 기다린다.
pub async fn transfer(bank: &Bank, amount: i64) {
    remote().await; // 승인
    bank.add(FROM, -amount);
    remote().await; // 장부에 적기
    bank.add(TO, amount);
    remote().await; // 알림
}
// ANCHOR_END: transfer

// ANCHOR: counted
/// 처리가 끝난 다음에 손으로 되돌린다.
pub async fn counted(limit: &Semaphore, in_flight: &Cell<u32>) {
    limit.acquire().await.expect("닫지 않는다").forget();
    in_flight.update(|count| count + 1);
    yield_now().await; // 요청 처리
    in_flight.update(|count| count - 1);
    limit.add_permits(1);
}
// ANCHOR_END: counted

// ANCHOR: locked
/// 락을 쥔 채로 기다린다. 취소하면 락은 풀리지만 반만 옮긴 돈은 그대로이다.
pub async fn locked(accounts: &Mutex<[i64; 2]>, amount: i64) {
    let mut accounts = accounts.lock().await;
    accounts[FROM] -= amount;
    remote().await; // 장부에 적기
    accounts[TO] += amount;
}
// ANCHOR_END: locked
