//! 함께 기다려도 나란히 돌지는 않는다.

use std::collections::HashSet;
use std::thread;

use ch03_07_block_on::block_on;
use ch03_11_join_select::join;
use tokio::task::yield_now;

use crate::clock::Clock;

// ANCHOR: steps
async fn walk(clock: &Clock, who: &str, polite: bool) {
    for step in 1..=3 {
        clock.line(format!("{who}: {step}걸음"));
        if polite {
            yield_now().await;
        }
    }
}

pub async fn greedy(clock: &Clock) {
    join(walk(clock, "첫째", false), walk(clock, "둘째", false)).await;
}

pub async fn polite(clock: &Clock) {
    join(walk(clock, "첫째", true), walk(clock, "둘째", true)).await;
}
// ANCHOR_END: steps

// ANCHOR: threads
/// 두 일이 돈 스레드는 모두 몇 개인가.
pub fn threads() -> Vec<String> {
    let here = || thread::current().id();
    let (a, b) = block_on(join(async { here() }, async { here() }));
    let joined = HashSet::from([a, b]).len();
    let (a, b) = thread::scope(|scope| {
        let (a, b) = (scope.spawn(here), scope.spawn(here));
        (a.join(), b.join())
    });
    let spawned = HashSet::from([a.expect("끝난다"), b.expect("끝난다")]).len();
    vec![
        format!("[Rust] join: 스레드 {joined}개"),
        format!("[Rust] thread::scope: 스레드 {spawned}개"),
    ]
}
// ANCHOR_END: threads
