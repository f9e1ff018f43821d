//! 스트림을 버리거나 오류로 그만두면 돌던 요청은 어떻게 되는가.

use std::sync::Arc;

use ch03_13_streams::{StreamOps, iter};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::clock::ms;
use crate::server::{Counts, Server};

// ANCHOR: dropped
/// 하나만 받고 스트림을 버린다.
async fn drop_after_one(server: &Server) {
    let requests = iter(1..=6).map(|id| server.profile(id, ms(u64::from(id) * 10)));
    let mut results = requests.buffer_unordered(3);
    assert_eq!(results.next().await, Some(Ok(1)));
}
// ANCHOR_END: dropped

// ANCHOR: spawned
/// 같은 일을 태스크로 띄운다. 버려지는 것은 태스크가 아니라 `JoinHandle`이다.
async fn drop_spawned_after_one(server: &Arc<Server>) {
    let requests = iter(1..=6).map(|id| {
        let server = Arc::clone(server);
        tokio::spawn(async move { server.profile(id, ms(u64::from(id) * 10)).await })
    });
    let mut results = requests.buffer_unordered(3);
    let first = results.next().await.expect("여섯이 있다");
    assert_eq!(first.expect("패닉하지 않는다"), Ok(1));
}
// ANCHOR_END: spawned

// ANCHOR: join_set
/// `JoinSet`은 버려질 때 남은 태스크를 취소한다. 한도는 스스로 지켜야 한다.
async fn drop_join_set_after_one(server: &Arc<Server>) {
    let mut tasks = JoinSet::new();
    for id in 1..=3 {
        let server = Arc::clone(server);
        tasks.spawn(async move { server.profile(id, ms(u64::from(id) * 10)).await });
    }
    let first = tasks.join_next().await.expect("셋이 있다");
    assert_eq!(first.expect("패닉하지 않는다"), Ok(1));
}
// ANCHOR_END: join_set

// ANCHOR: first_error
/// 프로필 2는 없다. 처음 나온 오류에서 그만둔다.
async fn until_error(server: &Server) -> Result<Vec<u32>, String> {
    let requests = iter(1..=6).map(async |id| {
        let found = server.profile(id, ms(u64::from(id) * 10)).await?;
        if found == 2 {
            return Err(format!("프로필 {found} 없음"));
        }
        Ok(found)
    });
    requests.buffer_unordered(3).try_to_vec().await
}
// ANCHOR_END: first_error

fn line(counts: Counts) -> String {
    let Counts {
        started,
        finished,
        cancelled,
        ..
    } = counts;
    format!("시작 {started}개, 끝 {finished}개, 취소 {cancelled}개")
}

pub async fn tell() {
    println!("== 버린 스트림 ==");
    let server = Server::default();
    drop_after_one(&server).await;
    println!("[Rust] 퓨처: {}", line(server.counts()));
    println!(
        "[Rust] 띄운 태스크: {}",
        line(left_alone(drop_spawned_after_one).await)
    );
    println!(
        "[Rust] JoinSet: {}",
        line(left_alone(drop_join_set_after_one).await)
    );
    println!("== 첫 오류 ==");
    let server = Server::default();
    println!("{}", until_error(&server).await.expect_err("2가 없다"));
    println!("[Rust] {}", line(server.counts()));
}

/// 남은 태스크가 모두 끝나도록 넉넉히 기다리고 나서 센다.
async fn left_alone(run: impl AsyncFnOnce(&Arc<Server>)) -> Counts {
    let server = Arc::default();
    run(&server).await;
    sleep(ms(100)).await;
    server.counts()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn dropping_the_stream_cancels_what_runs() {
        let server = Server::default();
        drop_after_one(&server).await;
        assert_eq!(line(server.counts()), "시작 3개, 끝 1개, 취소 2개");
        assert_eq!(server.counts().running, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn dropping_join_handles_cancels_nothing() {
        let counts = left_alone(drop_spawned_after_one).await;
        assert_eq!(line(counts), "시작 3개, 끝 3개, 취소 0개");
        let counts = left_alone(drop_join_set_after_one).await;
        assert_eq!(line(counts), "시작 3개, 끝 1개, 취소 2개");
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_error_drops_the_rest() {
        let server = Server::default();
        assert_eq!(until_error(&server).await, Err("프로필 2 없음".to_owned()));
        assert_eq!(line(server.counts()), "시작 4개, 끝 2개, 취소 2개");
    }
}
