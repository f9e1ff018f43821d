//! 쪽의 표가 말하는 tokio 채널의 동작.

use tokio::sync::{broadcast, watch};

#[tokio::test]
async fn a_slow_broadcast_receiver_loses_the_oldest_and_hears_how_many() {
    let (orders, mut slow) = broadcast::channel(2);
    for order in 1..=5 {
        orders.send(order).expect("받는 쪽이 있다");
    }
    assert_eq!(
        slow.recv().await,
        Err(broadcast::error::RecvError::Lagged(3))
    );
    assert_eq!((slow.recv().await, slow.recv().await), (Ok(4), Ok(5)));
}

#[tokio::test]
async fn dropping_a_broadcast_receiver_lowers_the_count() {
    let (orders, first) = broadcast::channel::<u32>(2);
    let second = orders.subscribe();
    assert_eq!(orders.receiver_count(), 2);
    drop((first, second));
    assert_eq!(orders.receiver_count(), 0);
}

#[tokio::test]
async fn watch_skips_the_values_in_between() {
    let (orders, mut last) = watch::channel(0);
    for order in 1..=5 {
        orders.send(order).expect("받는 쪽이 있다");
    }
    last.changed().await.expect("보내는 쪽이 있다");
    assert_eq!(*last.borrow_and_update(), 5);
    assert!(!last.has_changed().expect("보내는 쪽이 있다"));
}
