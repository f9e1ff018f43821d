//! 꼴마다 서버가 답할 수 있었는지, 틀린 꼴이 틀린 대로 되는지 본다.

use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::task::{Context, Waker};
use std::time::{Duration, Instant};
use std::{env, hint};

use tokio::runtime::{Handle, Runtime};
use tokio::sync::Semaphore;

use super::*;
use crate::faulty::{scope_in_pool, wait_in_pool};
use crate::shop::{SLICES, count_primes};

#[test]
fn primes_are_primes() {
    assert_eq!(count_primes(&(2..30)), 10);
    assert_eq!(SLICES.iter().map(count_primes).sum::<usize>(), 430);
}

// ANCHOR: answered
#[test]
fn a_blocking_computation_lets_no_answer_out() {
    assert_eq!(answered_meanwhile(&day(blocking)), 0);
}

#[test]
fn the_other_forms_let_every_answer_out() {
    let pool = Pool::new(1);
    let workers = rayon_pool(1);
    let by_hand = async |customer| offload(&pool, move || waiting(customer)).await.unwrap();
    let by_rayon = async |customer| on_rayon(&workers, move || waiting(customer)).await;
    for lines in [
        day(sliced),
        day(on_blocking_pool),
        day(by_hand),
        day(by_rayon),
    ] {
        assert_eq!(answered_meanwhile(&lines), SLICES.len());
    }
}
// ANCHOR_END: answered

#[test]
fn only_offloaded_work_leaves_the_thread() {
    let told = |lines: Vec<String>, place: &str| lines.iter().any(|line| line.ends_with(place));
    assert!(told(day(blocking), "서버와 같은 스레드"));
    assert!(told(day(sliced), "서버와 같은 스레드"));
    assert!(told(day(on_blocking_pool), "다른 스레드"));
}

#[test]
fn both_bridges_start_before_they_are_polled() {
    let (started, on_start) = mpsc::channel();
    let again = started.clone();
    let pool = Pool::new(1);
    let workers = rayon_pool(1);
    let futures = (
        offload(&pool, move || started.send("풀")),
        on_rayon(&workers, move || again.send("rayon")),
    );
    assert_eq!(on_start.iter().take(2).count(), 2);
    drop(futures);
}

// ANCHOR: leave_tests
#[test]
fn a_dropped_future_does_not_stop_its_work() {
    let finished = leave(|pool, work| offload(pool, move || work(&|| false)));
    assert_eq!(finished, SLICES.len());
}

#[test]
fn work_that_looks_at_its_flag_stops_at_the_next_slice() {
    assert_eq!(leave(|pool, work| stoppable(pool, work)), 1);
}
// ANCHOR_END: leave_tests

// ANCHOR: abort
#[test]
fn abort_takes_back_only_what_has_not_started() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let (started, on_start) = mpsc::channel();
        let (go_on, wait) = mpsc::channel();
        let running = spawn_blocking(move || {
            started.send(()).unwrap();
            wait.recv().unwrap();
            "끝까지 돌았다"
        });
        let queued = spawn_blocking(|| "돌았다");
        on_start.recv().unwrap();
        running.abort();
        queued.abort();
        go_on.send(()).unwrap();
        assert_eq!(running.await.unwrap(), "끝까지 돌았다");
        assert!(queued.await.unwrap_err().is_cancelled());
    });
}
// ANCHOR_END: abort

#[test]
fn a_dropped_handle_takes_nothing_back() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let (done, mut on_done) = tokio::sync::mpsc::unbounded_channel();
        let (go_on, wait) = mpsc::channel::<()>();
        let (queued, task) = (done.clone(), done);
        drop(spawn_blocking(move || wait.recv()));
        drop(spawn_blocking(move || queued.send("큐에 있던 일")));
        drop(tokio::spawn(async move {
            tokio::task::yield_now().await;
            task.send("태스크")
        }));
        assert_eq!(on_done.recv().await, Some("태스크"));
        go_on.send(()).unwrap();
        assert_eq!(on_done.recv().await, Some("큐에 있던 일"));
    });
}

/// 한도가 1일 때, 시작한 일을 기다리던 퓨처를 버리면 일이 도는데도 돌아오는 허가의 수.
fn permits_after_leaving(permit_in_work: bool) -> usize {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let limit = Arc::new(Semaphore::new(1));
        let (started, on_start) = mpsc::channel();
        let (go_on, wait) = mpsc::channel::<()>();
        let own = Arc::clone(&limit);
        let mut request = Box::pin(async move {
            let permit = own.acquire_owned().await.unwrap();
            let (in_work, outside) = if permit_in_work {
                (Some(permit), None)
            } else {
                (None, Some(permit))
            };
            let work = spawn_blocking(move || {
                let _permit = in_work;
                started.send(()).unwrap();
                wait.recv().unwrap();
            });
            work.await.unwrap();
            drop(outside);
        });
        let mut cx = Context::from_waker(Waker::noop());
        assert!(request.as_mut().poll(&mut cx).is_pending());
        on_start.recv().unwrap();
        drop(request); // 타임아웃이 하는 일이다.
        let back = limit.available_permits();
        go_on.send(()).unwrap();
        drop(limit.acquire().await.unwrap()); // 일이 끝나면 어느 쪽이든 돌아온다.
        back
    })
}

#[test]
fn only_a_permit_inside_the_work_lasts_as_long_as_the_work() {
    assert_eq!(permits_after_leaving(false), 1);
    assert_eq!(permits_after_leaving(true), 0);
}

// ANCHOR: rayon_abort
#[test]
fn an_uncaught_panic_in_rayon_ends_the_process() {
    const CHILD: &str = "CH14_PANIC_IN_RAYON";
    if env::var_os(CHILD).is_some() {
        rayon_pool(1).spawn(|| panic!("잡지 않은 패닉"));
        let (_open, never) = mpsc::channel::<()>();
        let _ = never.recv_timeout(Duration::from_secs(10)); // 그 전에 프로세스가 끝난다.
        return;
    }
    let name = "tests::an_uncaught_panic_in_rayon_ends_the_process";
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", name]).env(CHILD, "1");
    child.stdout(Stdio::null()).stderr(Stdio::null());
    assert!(!child.status().unwrap().success());
}
// ANCHOR_END: rayon_abort

#[test]
fn a_panic_handler_keeps_the_process_and_the_pool() {
    let (told, on_panic) = mpsc::channel();
    let builder = rayon::ThreadPoolBuilder::new().num_threads(1);
    let pool = builder.panic_handler(move |_| told.send(()).unwrap());
    let pool = pool.build().unwrap();
    pool.spawn(|| panic!("처리기가 받는 패닉"));
    on_panic.recv().unwrap();
    assert_eq!(pool.install(|| 7), 7);
}

#[test]
fn a_caught_panic_in_rayon_reaches_the_awaiter() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let pool = rayon_pool(1);
    let panicked = runtime.block_on(async {
        let broken = on_rayon(&pool, || -> u32 { panic!("잡은 패닉") });
        tokio::spawn(broken).await
    });
    assert_eq!(describe(panicked.unwrap_err()), "패닉 '잡은 패닉'");
    assert_eq!(runtime.block_on(on_rayon(&pool, || 7)), 7); // 풀은 살아 있다.
}

#[test]
fn waiting_inside_the_runtime_never_gets_its_answer() {
    let last_of_work = |lines: Vec<String>| {
        let mut work = lines.into_iter().filter(|line| line.starts_with("계산"));
        work.next_back().unwrap()
    };
    assert_eq!(
        last_of_work(day(wait_inside)),
        "계산: 답을 받지 못하고 그만두었다"
    );
    assert_eq!(last_of_work(day(wait_outside)), "계산: 답을 받았다");
}

#[test]
fn a_blocking_thread_may_wait_for_a_task_of_the_runtime() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let answer = runtime.block_on(async {
        let synchronous = || Handle::current().block_on(tokio::spawn(async { 7 }));
        spawn_blocking(synchronous).await.unwrap()
    });
    assert_eq!(answer.unwrap(), 7);
}

/// 블로킹 작업 하나를 시작해 둔 런타임.
fn busy_runtime(work: impl FnOnce() + Send + 'static) -> Runtime {
    let runtime = Builder::new_current_thread().build().unwrap();
    let (started, on_start) = mpsc::channel();
    runtime.spawn_blocking(move || {
        started.send(()).unwrap();
        work();
    });
    on_start.recv().unwrap();
    runtime
}

#[test]
fn closing_the_runtime_waits_for_started_work() {
    let (finish, finished) = mpsc::channel();
    drop(busy_runtime(move || {
        crunch(50);
        finish.send(()).unwrap();
    }));
    assert_eq!(finished.try_recv(), Ok(()));
}

#[test]
fn a_shutdown_timeout_leaves_the_work_behind() {
    let (go_on, wait) = mpsc::channel();
    let (finish, finished) = mpsc::channel();
    let runtime = busy_runtime(move || {
        wait.recv().unwrap();
        finish.send(()).unwrap();
    });
    runtime.shutdown_timeout(Duration::ZERO);
    assert!(finished.try_recv().is_err());
    go_on.send(()).unwrap();
    finished.recv().unwrap();
}

#[test]
fn a_sleeping_thread_stops_everyone() {
    assert_eq!(
        naps(nap_thread),
        ["하나: 잔다", "하나: 깼다", "두리: 잔다", "두리: 깼다"]
    );
    assert_eq!(naps(nap_task)[..2], ["하나: 잔다", "두리: 잔다"]);
}

#[test]
fn each_pool_runs_as_many_as_its_limit() {
    assert_eq!(crowd::on_blocking_pool(None), JOBS);
    assert_eq!(crowd::on_blocking_pool(Some(2)), 2);
    assert_eq!(crowd::on_rayon_pool(2), 2);
}

#[test]
fn a_pool_that_waits_for_itself_never_ends() {
    let pool = rayon_pool(1);
    assert_eq!(wait_in_pool(&pool), None);
    assert_eq!(scope_in_pool(&pool), Some(7));
}

// ANCHOR: lag
/// `work`가 도는 동안 1밀리초마다 깨어나야 하는 태스크가 가장 늦은 만큼.
async fn worst_lag(work: impl Future<Output = ()>) -> Duration {
    const PERIOD: Duration = Duration::from_millis(1);
    let ticker = tokio::spawn(async {
        let (mut worst, mut last) = (Duration::ZERO, Instant::now());
        for _ in 0..300 {
            tokio::time::sleep(PERIOD).await;
            worst = worst.max(last.elapsed().saturating_sub(PERIOD));
            last = Instant::now();
        }
        worst
    });
    tokio::task::yield_now().await; // 계산보다 시계를 먼저 걸어 둔다.
    work.await;
    ticker.await.unwrap()
}
// ANCHOR_END: lag

/// 50조각으로 된 계산에서 `parts`로 나눈 하나.
fn crunch(parts: u32) {
    for _ in 0..50 / parts {
        hint::black_box(count_primes(&(2..40_000)));
    }
}

async fn crunch_in_slices() {
    for _ in 0..50 {
        crunch(50);
        tokio::task::yield_now().await;
    }
}

/// 값은 `measured.toml`에 옮겨 적는다. 다른 프로그램의 방해를 덜려고 다섯 번 가운데 가장 작은 값을 쓴다.
#[test]
#[ignore = "재는 것이라 따로 돌린다"]
fn measure_lag() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().build().unwrap();
    runtime.block_on(async {
        let mut best = [Duration::MAX; 4];
        for _ in 0..5 {
            let start = Instant::now();
            crunch(1);
            let offloaded = async { spawn_blocking(|| crunch(1)).await.unwrap() };
            let round = [
                start.elapsed(),
                worst_lag(async { crunch(1) }).await,
                worst_lag(crunch_in_slices()).await,
                worst_lag(offloaded).await,
            ];
            best = std::array::from_fn(|form| best[form].min(round[form]));
        }
        let names = [
            "계산에 걸린 시간",
            "막는 계산",
            "양보하는 계산",
            "떼어 낸 계산",
        ];
        for (name, time) in names.iter().zip(best) {
            println!("{name}: {:.1}ms", time.as_secs_f64() * 1000.0);
        }
    });
}
