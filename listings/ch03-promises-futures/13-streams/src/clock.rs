//! 기다릴 일만 남으면 다음 시각으로 건너뛰는 시계.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::Instant;

// ANCHOR: virtual_time
/// 가상 시간에서 `future`를 끝까지 돌린다.
pub fn virtual_time<T>(future: impl Future<Output = T>) -> T {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("런타임을 만든다")
        .block_on(future)
}
// ANCHOR_END: virtual_time

pub const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// `start`부터 흐른 밀리초.
pub fn since(start: Instant) -> u128 {
    start.elapsed().as_millis()
}
