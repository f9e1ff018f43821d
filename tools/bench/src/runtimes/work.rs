// 런타임마다 똑같이 하는 일. 런타임의 이름이 한 번도 나오지 않는다.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// 한꺼번에 걸어 두는 타이머의 수.
const TIMERS: u64 = 10_000;
/// 한 태스크를 깨우는 횟수.
const WAKES: u64 = 10;

pub fn call(work: &str, n: u64) -> Option<u64> {
    let took = match work {
        "spawn_all" => run(spawn_all(n)),
        "spawn_join" => run(spawn_join(n)),
        "wake" => run(wake(n)),
        "yield2" => run(yield2(n)),
        "ping_pong" => run(ping_pong(n)),
        "bounded" => run(bounded(n)),
        "timers" => run(timers(n)),
        "bytes" => return Some(run(bytes(n))),
        "serve" => run(serve()),
        _ => return None,
    };
    Some(took.as_nanos() as u64)
}

async fn join<T>(task: Task<T>) -> T {
    settle(task).await.expect("패닉하지 않는다")
}

async fn spawn_all(n: u64) -> Duration {
    let start = Instant::now();
    let mut tasks = Vec::with_capacity(n as usize);
    for i in 0..n {
        tasks.push(spawn(async move { i }));
    }
    for task in tasks {
        black_box(join(task).await);
    }
    start.elapsed()
}

async fn spawn_join(n: u64) -> Duration {
    let start = Instant::now();
    for i in 0..n {
        black_box(join(spawn(async move { i })).await);
    }
    start.elapsed()
}

/// 한 번 차례를 넘긴다. `tokio::task::yield_now`는 그때마다 드라이버도 돌리므로 쓰지 않는다.
async fn give_way() {
    let mut given = false;
    poll_fn(|cx| {
        if given {
            return Poll::Ready(());
        }
        given = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn yield2(n: u64) -> Duration {
    let turns = || async move {
        for _ in 0..n.div_ceil(2) {
            give_way().await;
        }
    };
    let start = Instant::now();
    let two = [spawn(turns()), spawn(turns())];
    for task in two {
        join(task).await;
    }
    start.elapsed()
}

thread_local! {
    /// 태스크마다 맡겨 둔 `Waker`. 깨우는 쪽은 참조자로 깨운다.
    static WAITING: RefCell<Vec<Option<Waker>>> = const { RefCell::new(Vec::new()) };
    /// 지금까지 기다리기 시작한 횟수.
    static ARRIVED: Cell<usize> = const { Cell::new(0) };
}

/// `left`번 깨울 때까지 제 자리에서 기다린다.
struct Wait {
    slot: usize,
    left: u64,
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.left == 0 {
            return Poll::Ready(());
        }
        self.left -= 1;
        ARRIVED.set(ARRIVED.get() + 1);
        WAITING.with_borrow_mut(|waiting| match &mut waiting[self.slot] {
            Some(waker) => waker.clone_from(cx.waker()),
            empty => *empty = Some(cx.waker().clone()),
        });
        Poll::Pending
    }
}

async fn wake(n: u64) -> Duration {
    let count = n.div_ceil(WAKES) as usize;
    WAITING.set(vec![None; count]);
    ARRIVED.set(0);
    let left = WAKES + 1;
    let tasks: Vec<_> = (0..count).map(|slot| spawn(Wait { slot, left })).collect();
    let wake_all =
        || WAITING.with_borrow(|waiting| waiting.iter().flatten().for_each(Waker::wake_by_ref));
    let all_wait = async |times: u64| {
        while ARRIVED.get() < count * times as usize {
            give_way().await;
        }
    };
    all_wait(1).await;
    let start = Instant::now();
    for times in 2..=left {
        wake_all();
        all_wait(times).await;
    }
    let took = start.elapsed();
    wake_all();
    for task in tasks {
        join(task).await;
    }
    took
}

async fn ping_pong(n: u64) -> Duration {
    let (ping, mut pinged) = channel(1);
    let (pong, mut ponged) = channel(1);
    let start = Instant::now();
    let other = spawn(async move {
        while let Some(value) = recv(&mut pinged).await {
            send(&pong, value).await;
        }
    });
    for i in 0..n {
        send(&ping, i).await;
        black_box(recv(&mut ponged).await);
    }
    let took = start.elapsed();
    drop(ping);
    join(other).await;
    took
}

async fn bounded(n: u64) -> Duration {
    let (sender, mut receiver) = channel(1024);
    let start = Instant::now();
    let other = spawn(async move {
        for i in 0..n {
            send(&sender, i).await;
        }
    });
    while let Some(value) = recv(&mut receiver).await {
        black_box(value);
    }
    let took = start.elapsed();
    join(other).await;
    took
}

/// 흩어진 기한의 `sleep`을 한 번 폴링해 걸어 두었다가 버린다.
async fn timers(n: u64) -> Duration {
    let start = Instant::now();
    let mut left = n;
    let mut seed = 1_u64;
    while left > 0 {
        let batch = left.min(TIMERS);
        let mut held = Vec::with_capacity(batch as usize);
        for _ in 0..batch {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut sleep = Box::pin(sleep(Duration::from_millis(1_000 + (seed >> 48))));
            poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx).is_ready())).await;
            held.push(sleep);
        }
        drop(held);
        give_way().await;
        left -= batch;
    }
    start.elapsed()
}

/// 기다리는 태스크 `n`개가 늘린 메모리. 새 프로세스에서 한 번만 재야 맞다.
async fn bytes(n: u64) -> u64 {
    let mut tasks = Vec::new();
    tasks.resize_with(n as usize, || None);
    let before = crate::peer::resident("self").unwrap_or(0);
    for slot in &mut tasks {
        *slot = Some(spawn(pending::<()>()));
    }
    for _ in 0..n / 16 + 2 {
        give_way().await; // 모두 한 번은 폴링되게 한다.
    }
    let after = crate::peer::resident("self").unwrap_or(0);
    black_box(tasks);
    after.saturating_sub(before).max(1)
}

async fn serve() -> Duration {
    let (mut listener, port) = bind().await.expect("묶는다");
    crate::runtimes::tell(port.into());
    loop {
        let mut stream = accept(&mut listener).await.expect("받는다");
        detach(spawn(async move {
            let mut buf = [0; 1024];
            while let Ok(count @ 1..) = read(&mut stream, &mut buf).await {
                if write_all(&mut stream, &buf[..count]).await.is_err() {
                    break;
                }
            }
        }));
    }
}
