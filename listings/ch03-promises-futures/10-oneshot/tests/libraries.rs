//! 쪽의 '실전에서는'에 적은 것을 futures와 tokio와 표준 라이브러리에서 확인한다.
#![cfg(not(feature = "loom"))]

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use ch03_10_oneshot::channel;
use futures::channel::{mpsc as futures_mpsc, oneshot as futures_oneshot};
use tokio::sync::{mpsc as tokio_mpsc, oneshot as tokio_oneshot};

fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// `try_send`로 넣을 수 있는 수.
fn fits(mut try_send: impl FnMut() -> bool) -> usize {
    std::iter::from_fn(|| try_send().then_some(())).count()
}

// ANCHOR: capacity
#[test]
fn futures_adds_one_seat_per_sender() {
    let (sender, _ours) = channel::bounded(2);
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 2);
    let (sender, _tokios) = tokio_mpsc::channel(2);
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 2);
    let (sender, _std) = std::sync::mpsc::sync_channel(2);
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 2);
    let (mut sender, _futures) = futures_mpsc::channel(2);
    let mut other = sender.clone();
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 3);
    assert_eq!(fits(|| other.try_send(0).is_ok()), 1);
}
// ANCHOR_END: capacity

// ANCHOR: fair
/// 자리가 나도 먼저 줄을 선 송신자의 것이다.
#[test]
fn tokio_does_not_let_a_newcomer_in() {
    let (sender, mut receiver) = tokio_mpsc::channel(1);
    sender.try_send(1).unwrap();
    let mut waiting = Box::pin(sender.send(2));
    assert!(poll_once(waiting.as_mut()).is_pending());
    assert_eq!(receiver.try_recv(), Ok(1));
    assert!(sender.try_send(3).is_err());
    // 차례가 온 퓨처를 버리면 자리가 돌아온다. 버린 값은 보내지지 않는다.
    drop(waiting);
    sender.try_send(3).unwrap();
    assert_eq!(receiver.try_recv(), Ok(3));
}
// ANCHOR_END: fair

// ANCHOR: zero
/// 자리가 영인 채널을 표준 라이브러리와 futures는 받고 tokio는 거절한다.
#[test]
fn only_some_take_a_capacity_of_zero() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(0);
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 0);
    drop(receiver);
    let (mut sender, _receiver) = futures_mpsc::channel(0);
    assert_eq!(fits(|| sender.try_send(0).is_ok()), 1);
    let refused = std::panic::catch_unwind(|| drop(tokio_mpsc::channel::<u32>(0)));
    assert!(refused.is_err());
}
// ANCHOR_END: zero

// ANCHOR: closed
/// 받는 쪽이 떠난 것을 기다려 들을 수 있다. 하던 일을 그만둘 때 쓴다.
#[test]
fn a_sender_can_wait_for_the_receiver_to_leave() {
    let (mut sender, receiver) = tokio_oneshot::channel::<u32>();
    assert!(poll_once(std::pin::pin!(sender.closed())).is_pending());
    drop(receiver);
    assert!(poll_once(std::pin::pin!(sender.closed())).is_ready());

    let (mut sender, receiver) = futures_oneshot::channel::<u32>();
    assert!(poll_once(std::pin::pin!(sender.cancellation())).is_pending());
    drop(receiver);
    assert!(poll_once(std::pin::pin!(sender.cancellation())).is_ready());
}
// ANCHOR_END: closed

#[test]
fn a_tokio_oneshot_can_be_closed_without_losing_the_value() {
    let (sender, mut receiver) = tokio_oneshot::channel();
    sender.send(7).unwrap();
    receiver.close();
    assert_eq!(receiver.try_recv(), Ok(7));

    let (sender, mut receiver) = tokio_oneshot::channel();
    receiver.close();
    assert_eq!(sender.send(7), Err(7));
}

// ANCHOR: reserve
/// 자리를 먼저 잡고 값은 나중에 만든다.
#[test]
fn tokio_can_reserve_a_seat() {
    let (sender, mut receiver) = tokio_mpsc::channel(1);
    let permit = sender.try_reserve().unwrap();
    assert!(sender.try_send(1).is_err());
    permit.send(2);
    assert_eq!(receiver.try_recv(), Ok(2));
}
// ANCHOR_END: reserve

#[test]
fn an_unbounded_channel_never_says_no() {
    let (sender, receiver) = tokio_mpsc::unbounded_channel();
    for value in 0..10_000 {
        sender.send(value).unwrap();
    }
    assert_eq!(receiver.len(), 10_000);
}
