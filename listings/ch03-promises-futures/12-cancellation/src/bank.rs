//! 계좌 둘 사이의 이체.

use std::mem;
use std::sync::{Arc, Mutex};

use tokio::sync;
use tokio::task::yield_now;

/// 보내는 계좌의 번호.
pub const FROM: usize = 0;
/// 받는 계좌의 번호.
pub const TO: usize = 1;

// ANCHOR: bank
/// 계좌 둘.
pub struct Bank(Mutex<[i64; 2]>);

impl Bank {
    /// 보내는 계좌에 100, 받는 계좌에 0.
    pub fn open() -> Bank {
        Bank(Mutex::new([100, 0]))
    }

    /// 계좌에 `amount`를 더한다. 락은 이 안에서만 쥐므로 await를 넘지 않는다.
    pub fn add(&self, account: usize, amount: i64) {
        self.0.lock().expect("오염되지 않는다")[account] += amount;
    }

    /// 두 계좌의 잔액.
    pub fn balances(&self) -> [i64; 2] {
        *self.0.lock().expect("오염되지 않는다")
    }
}
// ANCHOR_END: bank

/// 멀리 있는 서버에 묻는 일을 대신한다. 한 번 멈춘다.
pub(crate) async fn remote() {
    yield_now().await;
}

// ANCHOR: at_once
/// 물을 것을 먼저 다 묻고, 돈은 한 번에 옮긴다. 취소하면 모두 옮겼거나 하나도 옮기지 않았다.
pub async fn at_once(bank: &Bank, amount: i64) {
    remote().await; // 승인
    remote().await; // 장부에 적기
    bank.add(FROM, -amount);
    bank.add(TO, amount);
    remote().await; // 알림
}
// ANCHOR_END: at_once

// ANCHOR: refunding
/// 뺀 돈을 쥐고 있다. 넣지 않고 버려지면 되돌린다.
struct Held<'a> {
    bank: &'a Bank,
    amount: i64,
}

impl Held<'_> {
    fn deposit(mut self) {
        self.bank.add(TO, mem::take(&mut self.amount));
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.bank.add(FROM, self.amount); // 이미 넣었으면 0이다.
    }
}
// ANCHOR_END: refunding

// ANCHOR: refund
/// 뺀 돈을 가드에 쥐여 두고 기다린다. 취소하면 가드가 되돌린다.
pub async fn refunding(bank: &Bank, amount: i64) {
    remote().await; // 승인
    bank.add(FROM, -amount);
    let held = Held { bank, amount };
    remote().await; // 장부에 적기
    held.deposit();
    remote().await; // 알림
}
// ANCHOR_END: refund

// ANCHOR: detached
/// 이체를 태스크로 띄운다. 기다리던 쪽을 취소해도 태스크는 끝까지 간다.
///
/// # Panics
///
/// tokio 런타임 밖에서 부르면 패닉한다.
pub async fn detached(bank: Arc<Bank>, amount: i64) {
    let task = tokio::spawn(async move { crate::faulty::transfer(&bank, amount).await });
    task.await.expect("이체는 패닉하지 않는다");
}
// ANCHOR_END: detached

// ANCHOR: locked
/// 복사본을 고치고, 다 고친 것을 한 번에 넣는다. 취소하면 앞의 잔액이 그대로 남는다.
pub async fn locked(accounts: &sync::Mutex<[i64; 2]>, amount: i64) {
    let mut accounts = accounts.lock().await;
    let mut next = *accounts;
    next[FROM] -= amount;
    remote().await; // 장부에 적기
    next[TO] += amount;
    *accounts = next;
}
// ANCHOR_END: locked
