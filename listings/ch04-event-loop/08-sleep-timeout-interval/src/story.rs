//! 잠 하나하나의 이야기.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use ch04_08_sleep_timeout_interval::{
    JoinHandle, advance, block_on_virtual, now, sleep, sleep_until, spawn, timeout, yield_now,
};

use crate::ms;

/// `start`부터 지금까지의 밀리초.
pub fn since(start: Instant) -> u128 {
    (now() - start).as_millis()
}

async fn join<T>(task: JoinHandle<T>) -> T {
    task.await.expect("패닉하지 않는다")
}

// ANCHOR: blocked
/// 스레드를 재우면 모두가 잔다. `advance`는 그만큼 스레드를 막은 셈이다.
pub fn blocked() {
    block_on_virtual(async {
        let start = now();
        let nap = move |who, millis| async move {
            advance(ms(millis));
            println!("{who}: {}ms에 깸", since(start));
        };
        let (first, second) = (spawn(nap("가온", 20)), spawn(nap("나래", 10)));
        join(first).await;
        join(second).await;
    });
}
// ANCHOR_END: blocked

// ANCHOR: waiting
/// 기다리는 잠은 저마다 제 기한에 깬다.
pub fn waiting() {
    block_on_virtual(async {
        let start = now();
        let nap = move |who, millis| async move {
            sleep(ms(millis)).await;
            println!("{who}: {}ms에 깸", since(start));
        };
        let (first, second) = (spawn(nap("가온", 20)), spawn(nap("나래", 10)));
        join(first).await;
        join(second).await;
    });
}
// ANCHOR_END: waiting

// ANCHOR: moved
/// main이 한 번 폴링한 잠을 다른 태스크가 이어서 기다린다. 1분 안에 깨면 그때의 밀리초를 돌려준다.
pub fn moved<F>(sleep: fn(Duration) -> F) -> Option<u128>
where
    F: Future<Output = ()> + Unpin + 'static,
{
    block_on_virtual(async {
        let start = now();
        let mut nap = sleep(ms(1_000));
        let once = poll_fn(|cx| Poll::Ready(Pin::new(&mut nap).poll(cx)));
        assert!(once.await.is_pending());
        let task = spawn(nap);
        let woke = timeout(ms(60_000), task).await;
        woke.ok().map(|_| since(start))
    })
}
// ANCHOR_END: moved

// ANCHOR: late
/// 기한이 되어도 도는 태스크가 스레드를 놓아야 깬다.
pub fn late() {
    block_on_virtual(async {
        let start = now();
        let sleeper = spawn(async move {
            sleep(ms(10)).await;
            println!("가온: 10ms를 자고 {}ms에 깸", since(start));
        });
        yield_now().await; // 가온이 잠든다.
        advance(ms(25));
        println!("main: {}ms까지 막음", since(start));
        join(sleeper).await;
        let start = now();
        let blocking = async { advance(ms(25)) };
        if timeout(ms(10), blocking).await.is_ok() {
            println!("main: 10ms까지 기다렸는데 {}ms에 답이 옴", since(start));
        }
    });
}
// ANCHOR_END: late

// ANCHOR: extremes
/// 기다릴 것이 없는 잠은 양보하지 않고, 너무 먼 잠도 넘치지 않는다.
pub fn extremes() {
    block_on_virtual(async {
        let start = now();
        let other = spawn(async { println!("[Rust] 나래: 차례가 옴") });
        sleep(Duration::ZERO).await;
        sleep_until(start).await;
        println!("[Rust] main: 0과 지난 때를 잠");
        yield_now().await;
        println!("[Rust] main: 한 번 양보함");
        join(other).await;
        sleep(Duration::from_micros(1)).await;
        println!("[Rust] main: 1µs를 자고 {}ms에 깸", since(start));
        let far = timeout(ms(1), sleep(Duration::MAX)).await;
        println!("[Rust] main: 너무 먼 잠은 {far:?}");
    });
}
// ANCHOR_END: extremes
