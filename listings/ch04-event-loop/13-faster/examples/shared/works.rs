use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::hint::black_box;
use std::mem;
use std::pin::pin;
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

thread_local! {
    static WAKERS: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// 스스로를 깨우고 한 번 물러난다. tokio의 `yield_now`는 드라이버까지 들르므로 모두 이것으로 잰다.
async fn step_aside() {
    let mut done = false;
    poll_fn(|cx| {
        if mem::replace(&mut done, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn yields(n: usize) {
    for _ in 0..n {
        step_aside().await;
    }
}

/// `times`번 깨어난 뒤에 끝난다. 깨울 것은 `WAKERS`에 둔다.
async fn wait(mut times: usize) {
    poll_fn(|cx| {
        if times == 0 {
            return Poll::Ready(());
        }
        times -= 1;
        WAKERS.with_borrow_mut(|all| all.push(cx.waker().clone()));
        Poll::Pending
    })
    .await;
}

fn resident() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0.0);
    pages * 4096.0
}

async fn work(name: String, n: usize) -> f64 {
    let each = |start: Instant, count: usize| start.elapsed().as_nanos() as f64 / count as f64;
    match &*name {
        "none" => 0.0,
        "spawn_all" => {
            let start = Instant::now();
            let mut tasks = Vec::with_capacity(n);
            (0..n).for_each(|i| tasks.push(spawn(async move { i })));
            for task in tasks {
                black_box(task.await.unwrap());
            }
            each(start, n)
        }
        "spawn_join" => {
            let start = Instant::now();
            for i in 0..n {
                black_box(spawn(async move { i }).await.unwrap());
            }
            each(start, n)
        }
        "yield2" => {
            let start = Instant::now();
            let (one, two) = (spawn(yields(n)), spawn(yields(n)));
            one.await.unwrap();
            two.await.unwrap();
            each(start, 2 * n)
        }
        "wake" => {
            let tasks: Vec<_> = (0..n).map(|_| spawn(wait(11))).collect();
            step_aside().await;
            let start = Instant::now();
            for _ in 0..10 {
                WAKERS.take().into_iter().for_each(Waker::wake);
                step_aside().await;
            }
            let took = each(start, 10 * n);
            WAKERS.take().into_iter().for_each(Waker::wake);
            for task in tasks {
                task.await.unwrap();
            }
            took
        }
        "ping_pong" => {
            let ((to, mut from), (back, mut answer)) = (channel(1), channel(1));
            let start = Instant::now();
            drop(spawn(async move {
                while let Some(i) = from.recv().await {
                    if back.send(i).await.is_err() {
                        break;
                    }
                }
            }));
            for i in 0..n {
                assert!(to.send(i).await.is_ok());
                black_box(answer.recv().await);
            }
            each(start, n)
        }
        "bounded" => {
            let (to, mut from) = channel(1024);
            let start = Instant::now();
            drop(spawn(async move {
                for i in 0..n {
                    assert!(to.send(i).await.is_ok());
                }
            }));
            while let Some(i) = from.recv().await {
                black_box(i);
            }
            each(start, n)
        }
        "timers" => {
            let start = Instant::now();
            for _ in 0..n {
                let mut sleep = pin!(sleep(Duration::from_secs(60)));
                let first = poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx))).await;
                assert!(first.is_pending());
            }
            each(start, n)
        }
        "bytes" => {
            let mut tasks = Vec::with_capacity(n);
            tasks.resize_with(n, || None);
            let before = resident();
            tasks.iter_mut().for_each(|task| *task = Some(spawn(pending::<()>())));
            step_aside().await;
            (resident() - before) / n as f64
        }
        _ => panic!("모르는 일입니다"),
    }
}

/// 인수로 받은 `일 횟수`를 하고 한 번에 든 나노초, 또는 바이트를 찍는다.
pub(crate) fn answer() {
    let args: Vec<String> = std::env::args().collect();
    let [.., name, n] = &args[..] else { panic!("일과 횟수를 적어야 합니다") };
    let (name, n) = (name.clone(), n.parse().expect("횟수는 수이다"));
    // 몸통도 태스크로 띄운다. tokio의 block_on은 제 퓨처가 깰 때마다 epoll에 들른다.
    println!("{}", block_on(async { spawn(work(name, n)).await.unwrap() }));
}
