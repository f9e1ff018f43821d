//! 스트림 안의 일과 소비자가 연결 하나를 나누어 쓴다.

use std::sync::Arc;

use ch03_13_streams::{Stream, StreamOps, iter};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use crate::clock::{ms, since};

// ANCHOR: lock
type Connection = Arc<Mutex<()>>;

/// 연결을 십 밀리초 동안 혼자 쓴다.
async fn query(connection: Connection) {
    let _guard = connection.lock().await;
    sleep(ms(10)).await;
}

fn queries(connection: &Connection) -> impl Stream<Item = impl Future<Output = ()> + use<>> {
    let connection = Arc::clone(connection);
    iter(1..=3).map(move |_| query(Arc::clone(&connection)))
}

async fn in_loop(connection: &Connection) {
    let mut found = queries(connection).buffer_unordered(2);
    while found.next().await.is_some() {
        query(Arc::clone(connection)).await; // 저장도 같은 연결을 쓴다.
    }
}
// ANCHOR_END: lock

// ANCHOR: cured
async fn in_stream(connection: &Connection) {
    let both = queries(connection).map(async |found| {
        found.await;
        query(Arc::clone(connection)).await;
    });
    both.buffer_unordered(2).to_vec().await;
}

async fn spawned(connection: &Connection) {
    let mut found = queries(connection).map(tokio::spawn).buffer_unordered(2);
    while found.next().await.is_some() {
        query(Arc::clone(connection)).await;
    }
}
// ANCHOR_END: cured

// ANCHOR: within_hour
/// 끝나기까지 걸린 밀리초. 한 시간 안에 끝나지 않으면 `None`.
async fn within_an_hour(run: impl AsyncFnOnce(&Connection)) -> Option<u128> {
    let (connection, start) = (Connection::default(), Instant::now());
    let done = timeout(ms(3_600_000), run(&connection)).await;
    done.ok().map(|()| since(start))
}
// ANCHOR_END: within_hour

pub async fn tell() {
    println!("== 나누어 쓰는 연결 ==");
    let line = |took: Option<u128>| match took {
        Some(took) => format!("{took}ms"),
        None => "한 시간이 지나도 끝나지 않음".to_owned(),
    };
    println!(
        "[Rust] 루프에서 저장: {}",
        line(within_an_hour(in_loop).await)
    );
    println!(
        "[Rust] 띄우고 루프에서 저장: {}",
        line(within_an_hour(spawned).await)
    );
    println!(
        "[Rust] 스트림에서 저장: {}",
        line(within_an_hour(in_stream).await)
    );
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    // ANCHOR: tests
    #[tokio::test(start_paused = true)]
    async fn a_job_that_is_not_polled_keeps_the_lock() {
        assert_eq!(within_an_hour(in_loop).await, None);
        assert_eq!(within_an_hour(spawned).await, Some(60));
        assert_eq!(within_an_hour(in_stream).await, Some(60));
    }
    // ANCHOR_END: tests

    async fn borrow(pool: &Semaphore) {
        let _permit = pool.acquire().await;
        sleep(ms(10)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_pool_made_of_a_semaphore_stops_too() {
        let pool = &Semaphore::new(2);
        let outside = async {
            let mut found = iter(0..6).map(|_| borrow(pool)).buffer_unordered(4);
            while found.next().await.is_some() {
                borrow(pool).await;
            }
        };
        assert!(timeout(ms(3_600_000), outside).await.is_err());
        let inside = iter(0..6).map(async |_| {
            borrow(pool).await;
            borrow(pool).await;
        });
        let inside = inside.buffer_unordered(4).to_vec();
        assert!(timeout(ms(3_600_000), inside).await.is_ok());
    }
}
