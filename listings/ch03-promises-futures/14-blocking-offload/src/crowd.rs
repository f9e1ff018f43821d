//! 계산을 한꺼번에 맡겼을 때 동시에 도는 스레드의 수를 센다.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use tokio::runtime::Builder;

use crate::offload::on_rayon;

pub const JOBS: usize = 64;

// ANCHOR: crowd
/// 지금 도는 일과 가장 많이 겹쳤을 때의 수.
#[derive(Default)]
struct Running {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// `together`개가 모일 때까지 끝나지 않는 계산.
fn job(running: &Running, together: &Barrier) {
    let now = running.now.fetch_add(1, Ordering::SeqCst) + 1;
    running.most.fetch_max(now, Ordering::SeqCst);
    together.wait();
    running.now.fetch_sub(1, Ordering::SeqCst);
}
// ANCHOR_END: crowd

fn setup(together: usize) -> (Arc<Running>, impl Fn() -> Box<dyn FnOnce() + Send>) {
    let running = Arc::new(Running::default());
    let together = Arc::new(Barrier::new(together));
    let seen = Arc::clone(&running);
    let make = move || -> Box<dyn FnOnce() + Send> {
        let (running, together) = (Arc::clone(&seen), Arc::clone(&together));
        Box::new(move || job(&running, &together))
    };
    (running, make)
}

/// 블로킹 풀에 한꺼번에 맡긴다. `limit`이 없으면 tokio가 정한 한도 그대로이다.
pub fn on_blocking_pool(limit: Option<usize>) -> usize {
    let mut builder = Builder::new_current_thread();
    if let Some(limit) = limit {
        builder.max_blocking_threads(limit);
    }
    let (running, make) = setup(limit.unwrap_or(JOBS));
    builder.build().expect("런타임이 선다").block_on(async {
        let tasks: Vec<_> = (0..JOBS)
            .map(|_| tokio::task::spawn_blocking(make()))
            .collect();
        for task in tasks {
            task.await.expect("패닉하지 않는다");
        }
    });
    running.most.load(Ordering::SeqCst)
}

/// 스레드 `threads`개짜리 rayon 풀에 한꺼번에 맡긴다.
pub fn on_rayon_pool(threads: usize) -> usize {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.expect("풀이 선다");
    let (running, make) = setup(threads);
    let runtime = Builder::new_current_thread()
        .build()
        .expect("런타임이 선다");
    runtime.block_on(async {
        let results: Vec<_> = (0..JOBS).map(|_| on_rayon(&pool, make())).collect();
        for result in results {
            result.await;
        }
    });
    running.most.load(Ordering::SeqCst)
}
