//! 값이 시간에 따라 나오는 스트림.

use ch03_13_streams::{StreamOps, Ticker};
use tokio::time::{Instant, sleep};

use crate::clock::{ms, since};

// ANCHOR: odd
/// 홀수 번째 시각만 셋 받는다.
async fn odd_ticks(start: Instant) -> Vec<u128> {
    let mut count = 0;
    let mut odd = Ticker::new(ms(10))
        .map(|at| (at - start).as_millis())
        .filter(|_| {
            count += 1;
            count % 2 == 1
        });
    let mut seen = Vec::new();
    while seen.len() < 3
        && let Some(at) = odd.next().await
    {
        seen.push(at);
    }
    seen
}
// ANCHOR_END: odd

// ANCHOR: late
/// 35ms 동안 묻지 않다가 넷을 받는다. 묻고 나서 받은 시각과 함께 적는다.
async fn late_ticks(start: Instant) -> Vec<(u128, u128)> {
    let mut ticks = Ticker::new(ms(10));
    sleep(ms(35)).await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let at = ticks.next().await.expect("끝나지 않는다");
        seen.push(((at - start).as_millis(), since(start)));
    }
    seen
}
// ANCHOR_END: late

pub async fn tell() {
    println!("== 틱 ==");
    for at in odd_ticks(Instant::now()).await {
        println!("{at}ms");
    }
    println!("== 늦게 물은 틱 ==");
    for (at, received) in late_ticks(Instant::now()).await {
        println!("{at}ms의 것을 {received}ms에 받음");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_filtered_tick_does_not_stall_the_stream() {
        assert_eq!(odd_ticks(Instant::now()).await, [10, 30, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_ticks_until_asked() {
        let seen = late_ticks(Instant::now()).await;
        assert_eq!(seen, [(10, 35), (20, 35), (30, 35), (40, 40)]);
    }
}
