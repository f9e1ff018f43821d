//! 작업 스레드에 맡긴 일의 이야기.

use std::sync::mpsc;

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot;
use ch04_08_sleep_timeout_interval::block_on_virtual;
use ch04_09_cancel_and_shutdown::{Phase, Shutdown, spawn_blocking};

// ANCHOR: blocking
/// 시작한 일의 핸들을 취소한다.
pub fn blocking() {
    let pool = Pool::new(1);
    let (started, has_started) = oneshot::channel();
    let (go, may_go) = mpsc::channel();
    let (report, reported) = mpsc::channel();
    block_on_virtual(async {
        let work = spawn_blocking(&pool, move || {
            _ = started.send(());
            may_go.recv().expect("main이 보낸다");
            report.send("끝까지 감").expect("main이 듣는다");
        });
        has_started.await.expect("일이 시작한다");
        work.abort();
        let error = work.await.expect_err("취소했다");
        println!("[Rust] main: {error}");
    });
    println!("[Rust] main: 실행기를 닫음");
    go.send(()).expect("일이 아직 기다린다");
    drop(pool); // 도는 일이 끝나기를 기다린다.
    println!("[Rust] 일: {}", reported.recv().expect("일이 보냈다"));
}
// ANCHOR_END: blocking

// ANCHOR: told
/// 조각마다 종료의 단계를 보는 일. 한 조각을 마치면 `finished`로 알리고 다음 조각을 `next`로 기다린다.
fn slices(stop: &Shutdown, next: &mpsc::Receiver<()>, finished: &mpsc::Sender<u32>) -> u32 {
    let mut slices = 0;
    while next.recv().is_ok() && stop.phase() < Phase::Forced {
        slices += 1;
        finished.send(slices).expect("main이 듣는다");
    }
    slices
}
// ANCHOR_END: told

// ANCHOR: told_story
pub fn told() {
    let (pool, stop) = (Pool::new(1), Shutdown::new());
    let ((next, wait_next), (finish, finished)) = (mpsc::channel(), mpsc::channel());
    block_on_virtual(async {
        let guard = stop.enter().expect("열려 있다");
        let seen = stop.clone();
        let work = spawn_blocking(&pool, move || {
            let _guard = guard; // 일이 끝나야 버려진다.
            slices(&seen, &wait_next, &finish)
        });
        next.send(()).expect("일이 기다린다");
        finished.recv().expect("일이 알린다"); // 차례를 정하려고 실행기를 막는다. 서버에서는 하지 않는다.
        stop.force();
        println!("[Rust] main: 그만두라고 함, 남은 일 {}", stop.guards());
        next.send(()).expect("일이 기다린다");
        stop.drained().await;
        let slices = work.await.expect("패닉하지 않는다");
        println!("[Rust] main: 남은 일 {}, 한 조각 {slices}", stop.guards());
    });
}
// ANCHOR_END: told_story
