//! 같은 일 여럿을 맡길 세 곳.

use std::thread;

use rayon::ThreadPool;
use rayon::prelude::*;
use tokio::runtime::Builder;

// ANCHOR: threads
/// 일마다 스레드를 하나씩 띄운다.
pub fn on_threads<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let job = &job;
    thread::scope(|scope| {
        let spawn = |number| scope.spawn(move || job(number));
        let threads: Vec<_> = (0..count).map(spawn).collect();
        let join = |thread: thread::ScopedJoinHandle<T>| thread.join();
        let results = threads.into_iter().map(join);
        results
            .map(|result| result.expect("패닉하지 않는다"))
            .collect()
    })
}
// ANCHOR_END: threads

// ANCHOR: rayon
/// 정해진 수의 스레드가 일을 나눠 한다.
pub fn on_rayon<T: Send>(
    pool: &ThreadPool,
    count: usize,
    job: impl Fn(usize) -> T + Sync + Send,
) -> Vec<T> {
    pool.install(|| (0..count).into_par_iter().map(job).collect())
}
// ANCHOR_END: rayon

// ANCHOR: tasks
/// 스레드 하나가 태스크를 번갈아 돌본다.
pub fn on_tasks<F>(count: usize, job: impl Fn(usize) -> F) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let runtime = Builder::new_current_thread().enable_io().build();
    runtime.expect("런타임이 선다").block_on(async {
        let tasks: Vec<_> = (0..count).map(|number| tokio::spawn(job(number))).collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.expect("패닉하지 않는다"));
        }
        results
    })
}
// ANCHOR_END: tasks

/// 스레드가 `threads`개인 rayon의 풀.
pub fn rayon_pool(threads: usize) -> ThreadPool {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().expect("스레드를 띄울 수 있다")
}
