//! 소비자가 바쁜 동안 폴링되지 않는 일.

use std::sync::{Arc, Mutex};

use ch03_13_streams::{StreamOps, iter};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};

use crate::clock::{ms, since};

/// 누가 언제 무엇을 했는지 적는다.
#[derive(Clone)]
struct Log {
    start: Instant,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Log {
    fn new() -> Log {
        Log {
            start: Instant::now(),
            lines: Arc::default(),
        }
    }

    fn say(&self, who: &str, what: &str) {
        let line = format!("[{:>3}ms] {who}: {what}", since(self.start));
        self.lines.lock().expect("패닉하지 않는다").push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("패닉하지 않는다").clone()
    }

    fn timeouts(&self) -> usize {
        let lines = self.lines();
        lines
            .iter()
            .filter(|line| line.ends_with("타임아웃"))
            .count()
    }
}

// ANCHOR: job
/// 홀수 번째는 15ms, 짝수 번째는 25ms 걸린다. 30ms 안에 끝나지 않으면 그만둔다.
async fn job(log: Log, id: u64) -> Result<u64, Elapsed> {
    let name = format!("일 {id}");
    log.say(&name, "연결");
    let result = timeout(ms(30), async {
        sleep(if id % 2 == 1 { ms(10) } else { ms(20) }).await;
        log.say(&name, "본문");
        sleep(ms(5)).await;
        id
    })
    .await;
    let outcome = if result.is_ok() {
        "끝"
    } else {
        "타임아웃"
    };
    log.say(&name, outcome);
    result
}
// ANCHOR_END: job

// ANCHOR: outside
async fn save(log: &Log, result: Result<u64, Elapsed>) {
    let Ok(id) = result else { return };
    log.say("소비자", &format!("{id} 저장"));
    sleep(ms(50)).await;
}

async fn saved_outside(log: &Log) {
    let jobs = iter(1..=4).map(|id| job(log.clone(), id));
    let mut results = jobs.buffer_unordered(2);
    while let Some(result) = results.next().await {
        save(log, result).await;
    }
}
// ANCHOR_END: outside

// ANCHOR: spawned
async fn spawned(log: &Log) {
    let jobs = iter(1..=4).map(|id| tokio::spawn(job(log.clone(), id)));
    let mut results = jobs.buffer_unordered(2);
    while let Some(result) = results.next().await {
        save(log, result.expect("패닉하지 않는다")).await;
    }
}
// ANCHOR_END: spawned

// ANCHOR: inside
async fn saved_inside(log: &Log) {
    let jobs = iter(1..=4).map(async |id| {
        let result = job(log.clone(), id).await;
        save(log, result).await;
    });
    let mut saved = jobs.buffer_unordered(2);
    while saved.next().await.is_some() {}
}
// ANCHOR_END: inside

pub async fn tell() {
    println!("== 루프에서 저장 ==");
    let log = Log::new();
    saved_outside(&log).await;
    for line in log.lines() {
        println!("{line}");
    }
    println!("== 고친 저장 ==");
    println!("[Rust] 루프에서 저장: {}", summary(saved_outside).await);
    println!("[Rust] 띄우고 루프에서 저장: {}", summary(spawned).await);
    println!("[Rust] 스트림에서 저장: {}", summary(saved_inside).await);
}

async fn summary(run: impl AsyncFnOnce(&Log)) -> String {
    let log = Log::new();
    run(&log).await;
    let elapsed = since(log.start);
    format!("{elapsed}ms, 타임아웃 {}개", log.timeouts())
}

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: tests
    #[tokio::test(start_paused = true)]
    async fn jobs_do_not_run_while_the_loop_body_waits() {
        assert_eq!(summary(saved_outside).await, "130ms, 타임아웃 2개");
    }

    #[tokio::test(start_paused = true)]
    async fn spawned_jobs_and_jobs_that_save_keep_running() {
        assert_eq!(summary(spawned).await, "215ms, 타임아웃 0개");
        assert_eq!(summary(saved_inside).await, "150ms, 타임아웃 0개");
    }
    // ANCHOR_END: tests

    #[tokio::test(start_paused = true)]
    async fn the_library_stalls_in_the_same_way() {
        let log = Log::new();
        let ids = futures::stream::iter(1..=4);
        let jobs = futures::StreamExt::map(ids, |id| job(log.clone(), id));
        let mut results = futures::StreamExt::buffer_unordered(jobs, 2);
        while let Some(result) = results.next().await {
            save(&log, result).await;
        }
        assert_eq!(log.timeouts(), 2);
    }
}
