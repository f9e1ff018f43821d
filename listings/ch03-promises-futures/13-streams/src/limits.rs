//! 같은 열두 요청을 여러 방법으로 돌린다.

use std::fmt;

use ch03_13_streams::{Stream, StreamOps, iter};
use futures::future::join_all;
use tokio::time::Instant;

use crate::clock::{ms, since};
use crate::server::{Answer, Server};

const TOOK: std::time::Duration = ms(10);

/// 걸린 시간과 서버가 센 것.
#[derive(Debug, PartialEq)]
pub struct Report {
    pub elapsed: u128,
    pub high_water: usize,
    pub refused: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}ms, 동시에 {}개, 거절 {}개",
            self.elapsed, self.high_water, self.refused
        )
    }
}

#[cfg(test)]
pub fn report(elapsed: u128, high_water: usize, refused: usize) -> Report {
    Report {
        elapsed,
        high_water,
        refused,
    }
}

pub async fn measured(fetch: impl AsyncFnOnce(&Server)) -> Report {
    let (server, start) = (Server::default(), Instant::now());
    fetch(&server).await;
    let counts = server.counts();
    Report {
        elapsed: since(start),
        high_water: counts.high_water,
        refused: counts.refused,
    }
}

// ANCHOR: problem
async fn one_by_one(server: &Server) {
    for id in 1..=12 {
        let _ = server.profile(id, TOOK).await;
    }
}

async fn all_at_once(server: &Server) {
    join_all((1..=12).map(|id| server.profile(id, TOOK))).await;
}
// ANCHOR_END: problem

// ANCHOR: requests
pub fn requests(server: &Server) -> impl Stream<Item = impl Future<Output = Answer>> {
    iter(1..=12).map(|id| server.profile(id, TOOK))
}

async fn unordered(server: &Server) {
    let mut results = requests(server).buffer_unordered(3);
    while let Some(result) = results.next().await {
        assert!(result.is_ok());
    }
}
// ANCHOR_END: requests

async fn then(server: &Server) {
    iter(1..=12)
        .then(|id| server.profile(id, TOOK))
        .to_vec()
        .await;
}

async fn ordered(server: &Server) {
    requests(server).buffered(3).to_vec().await;
}

pub async fn problem() {
    println!("== 차례로와 한꺼번에 ==");
    println!("차례로: {}", measured(one_by_one).await);
    println!("한꺼번에: {}", measured(all_at_once).await);
}

pub async fn limited() {
    println!("== 한도 ==");
    println!("then: {}", measured(then).await);
    println!("buffer_unordered(3): {}", measured(unordered).await);
    println!("buffered(3): {}", measured(ordered).await);
}

// ANCHOR: slow_head
/// 첫째만 백 밀리초 걸리고 나머지는 십 밀리초 걸린다.
fn slow_first(server: &Server) -> impl Stream<Item = impl Future<Output = u32>> {
    iter(1..=12).map(async |id| {
        let took = if id == 1 { ms(100) } else { TOOK };
        server.profile(id, took).await.expect("붐비지 않는다")
    })
}

/// 첫 결과가 나온 시각과 모두 끝난 시각, 나온 차례.
async fn arrivals(results: impl Stream<Item = u32>) -> (u128, u128, Vec<u32>) {
    let start = Instant::now();
    let timed = results.map(|id| (since(start), id));
    let timed = timed.to_vec().await;
    let ids = timed.iter().map(|&(_, id)| id).collect();
    (timed[0].0, since(start), ids)
}
// ANCHOR_END: slow_head

pub async fn slow_head() {
    println!("== 맨 앞의 느린 일 ==");
    let server = Server::default();
    let unordered = slow_first(&server).buffer_unordered(3);
    print_arrivals("buffer_unordered(3)", arrivals(unordered).await);
    let ordered = slow_first(&server).buffered(3);
    print_arrivals("buffered(3)", arrivals(ordered).await);
}

fn print_arrivals(name: &str, (first, all, ids): (u128, u128, Vec<u32>)) {
    println!("{name}: 첫 결과 {first}ms, 끝 {all}ms");
    let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
    println!("나온 차례: {}", ids.join(" "));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::sleep;

    use super::*;

    // ANCHOR: tests
    #[tokio::test(start_paused = true)]
    async fn the_limit_is_reached_and_never_passed() {
        assert_eq!(measured(one_by_one).await, report(120, 1, 0));
        assert_eq!(measured(then).await, report(120, 1, 0));
        assert_eq!(measured(all_at_once).await, report(10, 12, 8));
        assert_eq!(measured(unordered).await, report(40, 3, 0));
        assert_eq!(measured(ordered).await, report(40, 3, 0));
    }
    // ANCHOR_END: tests

    #[tokio::test(start_paused = true)]
    async fn spawned_tasks_keep_the_limit_and_ended_ones_keep_their_places() {
        let server = Arc::new(Server::default());
        let tasks = iter(1..=12).map(|id| {
            let server = Arc::clone(&server);
            tokio::spawn(async move { server.profile(id, TOOK).await })
        });
        let mut results = tasks.buffer_unordered(3);
        let mut received = 0;
        while results.next().await.is_some() {
            received += 1;
            sleep(TOOK * 10).await; // 바쁜 소비자
            let counts = server.counts();
            // 끝난 것도 소비자가 받을 때까지 자리를 비우지 않는다.
            assert_eq!((counts.running, counts.high_water), (0, 3));
            assert!(counts.started - received <= 2);
        }
        assert_eq!(received, 12);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_head_holds_the_ordered_ones_back() {
        let server = Server::default();
        let unordered = slow_first(&server).buffer_unordered(3);
        let (first, all, ids) = arrivals(unordered).await;
        assert_eq!((first, all), (10, 100));
        assert_eq!(ids.last(), Some(&1));
        let ordered = slow_first(&server).buffered(3);
        let (first, all, ids) = arrivals(ordered).await;
        assert_eq!((first, all), (100, 130));
        assert_eq!(ids, Vec::from_iter(1..=12));
    }

    #[tokio::test(start_paused = true)]
    async fn the_library_holds_its_order_the_same_way() {
        let server = Server::default();
        let ordered = futures::StreamExt::buffered(slow_first(&server), 3);
        assert_eq!(arrivals(ordered).await, (100, 130, Vec::from_iter(1..=12)));
    }
}
