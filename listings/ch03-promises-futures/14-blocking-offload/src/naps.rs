//! 스레드를 재우는 것과 태스크만 재우는 것.

use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;

use crate::shop::Log;

// ANCHOR: nap
/// 스레드를 재운다.
pub async fn nap_thread() {
    thread::sleep(Duration::from_millis(10));
}

/// 태스크만 재운다.
pub async fn nap_task() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}
// ANCHOR_END: nap

// ANCHOR: naps
/// 두 사람이 한 스레드에서 잔다. 시계는 아무도 할 일이 없을 때만 앞으로 간다.
pub fn naps<F: Future<Output = ()> + Send + 'static>(nap: fn() -> F) -> Vec<String> {
    let log = Log::default();
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build();
    runtime.expect("런타임이 선다").block_on(async {
        let sleepers = ["하나", "두리"].map(|name| {
            let log = log.clone();
            tokio::spawn(async move {
                log.add(format!("{name}: 잔다"));
                nap().await;
                log.add(format!("{name}: 깼다"));
            })
        });
        for sleeper in sleepers {
            sleeper.await.expect("패닉하지 않는다");
        }
    });
    log.lines()
}
// ANCHOR_END: naps
