//! 틀린 꼴들. 테스트가 틀린 대로 되는지 확인한다. 기다림에는 모두 끝이 있다.

use std::time::Duration;

use rayon::ThreadPool;
use tokio::runtime::{Builder, Handle};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::offload::on_rayon;
use crate::shop::Customer;

/// 오지 않을 것을 기다리다 그만두는 때. 올 것이라면 이보다 훨씬 먼저 온다.
const LIMIT: Duration = Duration::from_millis(50);

// ANCHOR: wait_inside
/// 같은 스레드에 있는 서버의 답을 스레드째로 기다린다.
pub async fn wait_inside(mut customer: Customer) -> String {
    let answer = customer.ask().recv_timeout(LIMIT);
    outcome(answer.is_ok())
}

/// 기다리는 일을 다른 스레드로 보낸다.
pub async fn wait_outside(mut customer: Customer) -> String {
    let answer = customer.ask();
    let answer = spawn_blocking(move || answer.recv());
    let answer = answer.await.expect("패닉하지 않는다");
    outcome(answer.is_ok())
}
// ANCHOR_END: wait_inside

fn outcome(answered: bool) -> String {
    String::from(if answered {
        "답을 받았다"
    } else {
        "답을 받지 못하고 그만두었다"
    })
}

// ANCHOR: nested
/// 비동기 함수 안에서 다른 비동기 함수를 동기로 부르려 한다.
pub async fn nested_block_on() -> u32 {
    Handle::current().block_on(async { 7 })
}
// ANCHOR_END: nested

// ANCHOR: rayon_wait
/// 풀의 일이 같은 풀에 일을 맡기고 그 퓨처를 스레드째로 기다린다.
pub fn wait_in_pool(pool: &ThreadPool) -> Option<u32> {
    pool.install(|| {
        let answer = on_rayon(pool, || 7);
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.expect("런타임이 선다");
        runtime.block_on(async { timeout(LIMIT, answer).await.ok() })
    })
}

/// 기다리는 동안 그 스레드가 맡긴 일을 대신한다.
pub fn scope_in_pool(pool: &ThreadPool) -> Option<u32> {
    pool.install(|| {
        let mut answer = None;
        rayon::scope(|scope| scope.spawn(|_| answer = Some(7)));
        answer
    })
}
// ANCHOR_END: rayon_wait
