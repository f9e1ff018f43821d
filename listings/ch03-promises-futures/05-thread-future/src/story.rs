//! 프로그램이 찍는 이야기.

use std::collections::HashSet;
use std::panic;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use ch03_05_thread_future::{Clock, GetError, ThreadFuture, faulty, spawn};

use crate::scripted::Scripted;

const FUTURES: usize = 100;

pub fn tell() {
    println!("== 맡기고 나중에 받기 ==");
    order();
    println!("== 기한 ==");
    by_deadline();
    println!("== 패닉 ==");
    panicked();
    println!("== 포기 ==");
    give_up();
    println!("== 기한을 재는 세 가지 ==");
    for (name, waited) in three_ways() {
        println!("[Rust] {name}: {waited}");
    }
    println!("== 기다리는 스레드 ==");
    println!(
        "[Rust] 기다리는 퓨처 {FUTURES}개, 스레드 {}개",
        threads_for(FUTURES)
    );
}

// ANCHOR: order
/// 문이 열리면 견적을 낸다.
fn quote() -> (ThreadFuture<u32>, Sender<()>) {
    let (open, gate) = mpsc::channel();
    let price = spawn(move || {
        gate.recv().expect("main이 문을 연다");
        println!("worker: 견적을 낸다");
        30_000
    });
    (price, open)
}

fn order() {
    println!("main: 견적을 맡긴다");
    let (price, open) = quote();
    println!("main: 그동안 장바구니를 비운다");
    open.send(()).expect("작업이 기다린다");
    let price = price.wait().expect("패닉하지 않는다");
    println!("main: 견적은 {price}원");
}
// ANCHOR_END: order

// ANCHOR: deadline
fn by_deadline() {
    let (price, open) = quote();
    let soon = Instant::now() + Duration::from_millis(10);
    let price = match price.get(soon) {
        Err(GetError::Timeout(price)) => price,
        _ => unreachable!("문이 닫혀 있다"),
    };
    println!("main: 기한까지 답이 없다");
    println!("main: 문을 열고 다시 묻는다");
    open.send(()).expect("작업이 기다린다");
    let price = price.wait().expect("패닉하지 않는다");
    println!("main: 견적은 {price}원");
}
// ANCHOR_END: deadline

// ANCHOR: panicked
fn panicked() {
    panic::set_hook(Box::new(|_| {})); // 패닉 메시지는 아래에서 찍는다.
    let price = spawn(|| -> u32 { panic!("재고가 없다") });
    let far = Instant::now() + Duration::from_secs(60);
    if let Err(failed) = price.get(far) {
        println!("main: {failed}");
    }
    let _ = panic::take_hook();
}
// ANCHOR_END: panicked

// ANCHOR: give_up
/// 버려질 때 알리는 견적서.
struct Quote(Sender<()>);

impl Drop for Quote {
    fn drop(&mut self) {
        println!("[Rust] worker: 견적서를 버린다");
        let _ = self.0.send(());
    }
}

fn give_up() {
    let (open, gate) = mpsc::channel::<()>();
    let (tell, dropped) = mpsc::channel();
    let price = spawn(move || {
        gate.recv().expect("main이 문을 연다");
        println!("worker: 견적서를 다 쓴다");
        Quote(tell)
    });
    drop(price.get(Instant::now()));
    println!("main: 기한을 넘겨 포기한다");
    open.send(()).expect("작업이 기다린다");
    dropped.recv().expect("견적서가 알린다");
    println!("main: 작업이 끝난 것을 본다");
}
// ANCHOR_END: give_up

// ANCHOR: waited
const TIMEOUT: Duration = Duration::from_secs(3);

/// 2초마다 까닭 없이 깨우며, 3초 뒤를 기한으로 둔 기다림이 어떻게 끝나는지 본다.
fn waited<R>(ask: impl FnOnce(ThreadFuture<u32>, &Scripted) -> R) -> String {
    let (price, open) = quote_in_silence();
    let clock = Scripted::new(Duration::from_secs(2), 5);
    let start = clock.now();
    ask(price, &clock);
    drop(open);
    let lefts = clock.lefts();
    let lefts: Vec<_> = lefts.iter().map(|left| format!("{left:?}")).collect();
    let total = clock.now() - start;
    format!(
        "남았다고 본 시간 {}, 끝날 때까지 {total:?}",
        lefts.join(" ")
    )
}
// ANCHOR_END: waited

// ANCHOR: three_ways
fn three_ways() -> [(&'static str, String); 3] {
    let restarted = waited(|price, clock| faulty::restart_timeout(&price, TIMEOUT, clock));
    let once = waited(|price, clock| faulty::give_up_when_woken(&price, TIMEOUT, clock));
    let fixed = waited(|price, clock| price.get_with(clock.now() + TIMEOUT, clock));
    [
        ("다시 재기", restarted),
        ("한 번만 자기", once),
        ("기한까지", fixed),
    ]
}
// ANCHOR_END: three_ways

/// 문이 닫혀 있는 동안 아무 말도 하지 않는 작업. 문을 버리면 끝난다.
fn quote_in_silence() -> (ThreadFuture<u32>, Sender<()>) {
    let (open, gate) = mpsc::channel::<()>();
    let price = spawn(move || gate.recv().map_or(0, |()| 30_000));
    (price, open)
}

// ANCHOR: threads
/// 한꺼번에 기다리는 퓨처들이 스레드를 몇 개 쓰는지 센다.
fn threads_for(futures: usize) -> usize {
    let (tell, started) = mpsc::channel();
    let waiting: Vec<_> = (0..futures)
        .map(|_| {
            let (open, gate) = mpsc::channel::<()>();
            let tell = tell.clone();
            let future = spawn(move || {
                tell.send(thread::current().id()).expect("main이 듣는다");
                gate.recv().is_err() // 문을 버리면 끝난다.
            });
            (future, open)
        })
        .collect();
    let ids: HashSet<_> = started.iter().take(futures).collect();
    for (future, open) in waiting {
        drop(open);
        future.wait().expect("패닉하지 않는다");
    }
    ids.len()
}
// ANCHOR_END: threads

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    // ANCHOR: waiting
    /// 3초 뒤를 기한으로 둔 기다림이 3초에 끝나는가.
    fn ends_in_time<R>(ask: impl FnOnce(ThreadFuture<u32>, &Scripted) -> R, wakes: usize) -> bool {
        let (price, _open) = quote_in_silence();
        let clock = Scripted::new(2 * SECOND, wakes);
        let start = clock.now();
        ask(price, &clock);
        clock.now() - start == TIMEOUT
    }

    #[test]
    fn only_a_fixed_deadline_survives_spurious_wakes() {
        for wakes in 1..100 {
            let restarted = |price, clock: &_| faulty::restart_timeout(&price, TIMEOUT, clock);
            assert!(!ends_in_time(restarted, wakes), "늦게 끝난다");
            let once = |price, clock: &_| faulty::give_up_when_woken(&price, TIMEOUT, clock);
            assert!(!ends_in_time(once, wakes), "일찍 끝난다");
            let fixed = |price: ThreadFuture<_>, clock: &Scripted| {
                price.get_with(clock.now() + TIMEOUT, clock)
            };
            assert!(ends_in_time(fixed, wakes));
        }
    }
    // ANCHOR_END: waiting

    #[test]
    fn a_restarted_timeout_grows_with_every_wake() {
        for wakes in [0, 1, 10, 1000] {
            let (price, _open) = quote_in_silence();
            let clock = Scripted::new(2 * SECOND, wakes);
            let start = clock.now();
            assert!(faulty::restart_timeout(&price, TIMEOUT, &clock).is_none());
            let slept = clock.now() - start;
            assert_eq!(slept, 2 * SECOND * wakes as u32 + TIMEOUT);
        }
    }

    // ANCHOR: uncaught
    #[test]
    fn an_uncaught_panic_never_reaches_the_waiter() {
        let (price, worker) = faulty::spawn_uncaught(|| -> u32 { panic!("재고가 없다") });
        assert!(worker.join().is_err(), "작업 스레드는 이미 죽었다");
        let clock = Scripted::new(SECOND, 0);
        let asked = price.get_with(clock.now() + 3600 * SECOND, &clock);
        assert!(matches!(asked, Err(GetError::Timeout(_))));
        assert_eq!(clock.lefts(), [3600 * SECOND], "끝까지 기다렸다");
    }
    // ANCHOR_END: uncaught

    #[test]
    fn every_waiting_future_holds_a_thread() {
        assert_eq!(threads_for(FUTURES), FUTURES);
    }

    // ANCHOR: recv_timeout
    #[test]
    fn a_channel_has_a_deadline_but_loses_the_panic() {
        let (tell, price) = mpsc::channel();
        let (open, gate) = mpsc::channel::<()>();
        let worker = thread::spawn(move || {
            gate.recv().expect("문을 연다");
            if tell.send(30_000).is_ok() {
                panic!("재고가 없다");
            }
        });
        let timeout = Err(mpsc::RecvTimeoutError::Timeout);
        assert_eq!(price.recv_timeout(Duration::ZERO), timeout);
        open.send(()).expect("작업이 기다린다");
        assert_eq!(price.recv(), Ok(30_000));
        let lost = Err(mpsc::RecvTimeoutError::Disconnected);
        assert_eq!(price.recv_timeout(60 * SECOND), lost);
        assert!(worker.join().is_err(), "패닉한 값은 JoinHandle에 있다");
    }
    // ANCHOR_END: recv_timeout

    #[test]
    fn a_send_to_nobody_fails_instead_of_waiting() {
        let (tell, price) = mpsc::sync_channel(0);
        let worker = thread::spawn(move || tell.send(30_000).is_err());
        drop(price);
        assert!(worker.join().expect("패닉하지 않는다"));
    }
}
