//! 몇 번 폴링하는가. 우리 것은 도는 퓨처를 모두, `futures`의 것은 깨운 퓨처만 폴링한다.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;

use ch03_13_streams::{Stream, StreamOps, iter};
use tokio::time::sleep;

use crate::clock::ms;

// ANCHOR: counted
/// 폴링할 때마다 `polls`를 하나 늘린다.
async fn counted<F: Future>(polls: &Cell<u32>, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(cx)
    })
    .await
}

/// 서로 다른 때에 끝나는 퓨처 `count`개.
fn jobs(polls: &Cell<u32>, count: u64) -> impl Stream<Item = impl Future<Output = ()>> {
    iter(1..=count).map(|turn| counted(polls, sleep(ms(turn * 10))))
}
// ANCHOR_END: counted

async fn ours(count: u64) -> u32 {
    let polls = Cell::new(0);
    let limit = count as usize;
    jobs(&polls, count).buffer_unordered(limit).to_vec().await;
    polls.get()
}

async fn library(count: u64) -> u32 {
    let polls = Cell::new(0);
    let limit = count as usize;
    futures::StreamExt::buffer_unordered(jobs(&polls, count), limit)
        .to_vec()
        .await;
    polls.get()
}

pub async fn tell() {
    println!("== 폴링한 횟수 ==");
    for count in [10, 100] {
        println!(
            "[Rust] BufferUnordered, 일 {count}개: {}번",
            ours(count).await
        );
        println!("[Rust] futures, 일 {count}개: {}번", library(count).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn ours_polls_all_and_the_library_only_the_woken() {
        for count in [10, 100] {
            assert_eq!(library(count).await, 2 * count as u32);
            let all = count * count / 2;
            assert!(u64::from(ours(count).await) > all);
        }
    }
}
