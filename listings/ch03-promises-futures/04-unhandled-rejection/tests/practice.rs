//! 퓨처는 무엇을 잊는가. 폴링하지 않은 퓨처와, 버려진 `JoinHandle`을 본다.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use ch03_01_promise::Microtasks;
use ch03_02_chaining::{Shop, Step};

// ANCHOR: lazy
#[test]
fn a_forgotten_promise_has_charged_and_a_forgotten_future_has_not() {
    let queue = Microtasks::default();
    let shop = Shop::new(&queue, None);
    let _ = shop.charge(7, 12_000);
    queue.run();
    assert_eq!(shop.asked(), [Step::Payment]);

    let charged = Rc::new(Cell::new(false));
    let charge = Rc::clone(&charged);
    let future = async move { charge.set(true) };
    drop(future);
    assert!(!charged.get());
}
// ANCHOR_END: lazy

// ANCHOR: spawned
#[tokio::test]
async fn nobody_tells_of_the_error_of_a_dropped_handle() {
    let failed = Arc::new(AtomicBool::new(false));
    let fail = Arc::clone(&failed);
    let (done, finished) = tokio::sync::oneshot::channel();
    // 돌려받은 핸들을 그대로 버려도 컴파일러는 말이 없다.
    tokio::spawn(async move {
        fail.store(true, SeqCst);
        let _ = done.send(());
        Err::<(), _>("결제 오류")
    });
    // 태스크는 끝까지 돌아 실패했다. 오류를 볼 곳은 버린 핸들뿐이었다.
    finished.await.expect("태스크가 알린다");
    assert!(failed.load(SeqCst));
}

#[tokio::test]
async fn a_kept_handle_gives_the_error() {
    let handle = tokio::spawn(async { Err::<(), _>("결제 오류") });
    assert_eq!(handle.await.expect("패닉하지 않았다"), Err("결제 오류"));
}
// ANCHOR_END: spawned
