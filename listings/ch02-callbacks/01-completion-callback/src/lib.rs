//! 작은 스레드 풀 위의 콜백 API.
//!
//! [`Pool::run`]에 일과 콜백을 함께 넘기면 곧바로 돌아온다. 일이 끝나면 그 일을 한 작업 스레드가
//! 콜백을 부른다.

// ANCHOR: job
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// 작업 스레드가 꺼내 가는 것. 일과 콜백이 이미 하나로 묶여 있다.
type Job = Box<dyn FnOnce() + Send + 'static>;

/// 정해진 수의 작업 스레드와 그들이 함께 보는 큐 하나.
///
/// 버리면 이미 받은 일을 모두 끝내고 작업 스레드를 조인한다. 다만 콜백이 풀을 쥐어 마지막 주인이
/// 작업 스레드이면, 그 스레드는 자기를 뺀 나머지만 조인한다.
pub struct Pool {
    jobs: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
}
// ANCHOR_END: job

impl Pool {
    // ANCHOR: new
    /// 작업 스레드 `workers`개를 띄운다. 스레드의 이름은 `worker-0`부터 차례로 붙는다.
    ///
    /// # Panics
    ///
    /// `workers`가 0이거나 운영체제가 스레드를 더 내주지 않으면 패닉한다.
    pub fn new(workers: usize) -> Pool {
        assert!(workers > 0, "작업 스레드는 하나 이상이어야 합니다");
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let workers = (0..workers)
            .map(|number| {
                let queue = Arc::clone(&queue);
                thread::Builder::new()
                    .name(format!("worker-{number}"))
                    .spawn(move || work_until_closed(&queue))
                    .expect("운영체제가 스레드를 내주지 않았습니다")
            })
            .collect();
        let jobs = Some(jobs);
        Pool { jobs, workers }
    }
    // ANCHOR_END: new

    // ANCHOR: run
    /// `work`를 작업 스레드에 맡기고 곧바로 돌아온다. 결과가 나오면 같은 스레드가 `done`을 부른다.
    ///
    /// `work`가 패닉하면 `done`은 불리지 않고 버려진다. 작업 스레드는 살아남아 다음 일을 한다.
    pub fn run<T, E, W, C>(&self, work: W, done: C)
    where
        W: FnOnce() -> Result<T, E> + Send + 'static,
        C: FnOnce(Result<T, E>) + Send + 'static,
    {
        let job: Job = Box::new(move || done(work()));
        self.jobs
            .as_ref()
            .expect("jobs는 drop에서만 비워진다")
            .send(job)
            .expect("Pool이 살아 있는 동안은 작업 스레드도 살아 있다");
    }
    // ANCHOR_END: run
}

// ANCHOR: worker
fn work_until_closed(queue: &Mutex<Receiver<Job>>) {
    loop {
        // 큐의 락은 일을 꺼내는 동안만 쥔다. 일을 하는 동안 쥐면 풀이 한 줄로 선다.
        let job = queue.lock().expect("락을 쥔 채 패닉하지 않는다").recv();
        let Ok(job) = job else { return };
        // 맡은 일이 패닉해도 작업 스레드는 다음 일을 해야 한다.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // 송신자를 버려야 작업 스레드의 recv가 끝난다. 이 줄이 없으면 아래 join이 영원히 기다린다.
        drop(self.jobs.take());
        for worker in self.workers.drain(..) {
            // 콜백이 풀을 쥐고 있으면 마지막 주인이 작업 스레드일 수 있다. 자기 자신은 조인하지 못한다.
            if worker.thread().id() != thread::current().id() {
                let _ = worker.join();
            }
        }
    }
}
// ANCHOR_END: worker

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: holding
    /// 한 줄로 줄인 작업 루프. 조건에서 얻은 락 가드가 본문이 끝날 때까지 산다.
    fn work_holding_lock(queue: &Mutex<Receiver<Job>>) {
        while let Ok(job) = queue.lock().expect("오염되지 않는다").recv() {
            job();
        }
    }

    /// 일이 도는 동안 다른 작업 스레드가 큐의 락을 얻을 수 있는가.
    fn lock_is_free_during_job(work_loop: fn(&Mutex<Receiver<Job>>)) -> bool {
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let seen_by_job = Arc::clone(&queue);
        let (report, is_free) = mpsc::channel();
        let job = move || {
            report
                .send(seen_by_job.try_lock().is_ok())
                .expect("받을 쪽이 산다")
        };
        jobs.send(Box::new(job)).expect("큐가 산다");
        drop(jobs); // 일 하나만 하고 끝난다.
        work_loop(&queue);
        is_free.recv().expect("일이 알린다")
    }
    // ANCHOR_END: holding

    #[test]
    fn the_lock_is_held_only_while_taking() {
        assert!(!lock_is_free_during_job(work_holding_lock));
        assert!(lock_is_free_during_job(work_until_closed));
    }
}
