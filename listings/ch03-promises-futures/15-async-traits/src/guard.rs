//! 가드를 쥐고 기다리는 동안 같은 락을 얻으려는 두 꼴. `Send`를 묻지 않는 실행기에서는 컴파일된다.

use std::sync::Mutex;

use tokio::task::yield_now;

// ANCHOR: hold
#[expect(clippy::await_holding_lock, reason = "사고를 내 보려는 것이다")]
async fn hold(stock: &Mutex<u32>) {
    let guard = stock.lock().expect("오염되지 않는다");
    yield_now().await;
    drop(guard);
}

/// 다른 태스크가 `hold`에서 기다리는 동안 락을 얻을 수 있는지 본다. `lock`을 부르면 스레드가 멈춘다.
pub async fn is_free_meanwhile(stock: &Mutex<u32>) -> bool {
    let other = async { stock.try_lock().is_ok() };
    let ((), free) = tokio::join!(hold(stock), other);
    free
}
// ANCHOR_END: hold

// ANCHOR: hold_async
async fn hold_async(stock: &tokio::sync::Mutex<u32>) {
    let guard = stock.lock().await;
    yield_now().await;
    drop(guard);
}

/// 태스크가 락을 기다리면 스레드는 `hold_async`를 마저 돌려 락을 풀게 한다.
pub async fn wait_meanwhile(stock: &tokio::sync::Mutex<u32>) -> u32 {
    let other = async { *stock.lock().await };
    let ((), left) = tokio::join!(hold_async(stock), other);
    left
}
// ANCHOR_END: hold_async
