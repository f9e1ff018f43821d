//! 실전의 라이브러리에서 무엇을 고정해야 하는지 본다.

use std::pin::pin;
use std::time::Duration;

use ch03_08_pin::{Source, is_unpin, read_number};
use futures::future::{self, Either, FutureExt};
use tokio::sync::{Notify, oneshot};
use tokio::time::{self, Instant};

// ANCHOR: unpin
#[tokio::test(start_paused = true)]
async fn what_must_be_pinned() {
    let notify = Notify::new();
    assert!(!is_unpin!(notify.notified()));
    assert!(!is_unpin!(time::sleep(Duration::ZERO)));
    assert!(!is_unpin!(future::pending::<()>().then(async |()| ())));

    assert!(is_unpin!(oneshot::channel::<u8>().1));
    assert!(is_unpin!(tokio::spawn(async {})));
    assert!(is_unpin!(future::ready(())));
    assert!(is_unpin!(async {}.boxed_local()));
}
// ANCHOR_END: unpin

// ANCHOR: select
/// 마감 하나를 반복문 밖에 고정해 두고, 차례마다 빌려서 기다린다.
#[tokio::test(start_paused = true)]
async fn one_pinned_deadline_for_the_whole_loop() {
    let started = Instant::now();
    let mut deadline = pin!(time::sleep(Duration::from_secs(5)));
    let mut ticks = 0;
    loop {
        tokio::select! {
            () = &mut deadline => break,
            () = time::sleep(Duration::from_secs(2)) => ticks += 1,
        }
    }
    assert_eq!((started.elapsed().as_secs(), ticks), (5, 2));
}
// ANCHOR_END: select

/// 반복문 안에서 새로 만든 마감은 끝나지 않는다.
#[tokio::test(start_paused = true)]
async fn a_deadline_made_in_the_loop_never_comes() {
    for _ in 0..100 {
        tokio::select! {
            () = time::sleep(Duration::from_secs(5)) => panic!("마감이 먼저 왔다"),
            () = time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn select_takes_pinned_borrows_and_gives_the_loser_back() {
    let source = Source::default();
    source.give("ORD");
    let reading = pin!(read_number(&source));
    let deadline = pin!(time::sleep(Duration::from_secs(5)));
    let Either::Right(((), rest)) = future::select(reading, deadline).await else {
        panic!("조각이 모자라는데 다 읽었다");
    };
    source.give("ER-07");
    assert_eq!(rest.await, "ORDER-07");
}
