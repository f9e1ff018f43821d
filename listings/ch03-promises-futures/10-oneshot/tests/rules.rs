//! 버리고 닫는 자리마다 무엇이 남고 누가 듣는지 본다.
#![cfg(not(feature = "loom"))]

use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};

use ch03_07_block_on::block_on;
use ch03_10_oneshot::channel::{SendError, TrySendError, bounded};
use ch03_10_oneshot::faulty::is_free;
use ch03_10_oneshot::oneshot::{self, Canceled};

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_oneshot_gives_its_value_after_the_sender_is_gone() {
    let (sender, receiver) = oneshot::channel();
    assert!(!sender.is_closed());
    assert_eq!(sender.send(7), Ok(()));
    assert_eq!(block_on(receiver), Ok(7));
}

#[test]
fn a_oneshot_tells_when_either_side_leaves() {
    let (sender, receiver) = oneshot::channel::<u32>();
    drop(sender);
    assert_eq!(block_on(receiver), Err(Canceled));

    let (sender, receiver) = oneshot::channel();
    drop(receiver);
    assert!(sender.is_closed());
    assert_eq!(sender.send(7), Err(7));
}

#[test]
fn both_halves_cross_threads() {
    fn crosses<T: Send>(_: &T) {}
    let (sender, receiver) = oneshot::channel::<u32>();
    crosses(&(sender, receiver));
    let (sender, mut receiver) = bounded::<u32>(1);
    crosses(&sender.send(1));
    crosses(&receiver.recv());
}

// ANCHOR: drops
/// 버려질 때 채널의 락이 풀려 있었는지 알린다.
struct AtDrop(Box<dyn Fn() -> bool + Send + Sync>, mpsc::Sender<bool>);

impl Drop for AtDrop {
    fn drop(&mut self) {
        self.1.send((self.0)()).expect("테스트가 듣는다");
    }
}

#[test]
fn a_replaced_waker_is_dropped_outside_the_lock() {
    let (sender, mut receiver) = oneshot::channel::<u32>();
    let (tell, was_free) = mpsc::channel();
    let owner = Waker::from(Arc::new(AtDrop(Box::new(is_free(&sender)), tell)));
    let poll = Pin::new(&mut receiver).poll(&mut Context::from_waker(&owner));
    assert!(poll.is_pending());
    drop(owner);
    assert!(poll_once(&mut receiver).is_pending());
    assert_eq!(was_free.try_recv(), Ok(true));
}
// ANCHOR_END: drops

impl Wake for AtDrop {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_value_left_behind_is_dropped_outside_the_lock() {
    let (sender, receiver) = oneshot::channel();
    let (tell, was_free) = mpsc::channel();
    let value = AtDrop(Box::new(is_free(&sender)), tell);
    assert!(sender.send(value).is_ok());
    drop(receiver);
    assert_eq!(was_free.try_recv(), Ok(true));
}

// ANCHOR: left_values
/// 주문 큐를 버리면 큐에 남은 주문의 손님들이 취소를 듣는다.
#[test]
fn a_dropped_receiver_drops_what_is_queued() {
    let (orders, kitchen) = bounded(2);
    let (reply, mut answer) = oneshot::channel::<&str>();
    orders.try_send(reply).unwrap();
    drop(kitchen);
    assert_eq!(poll_once(&mut answer), Poll::Ready(Err(Canceled)));
    let (reply, _answer) = oneshot::channel();
    assert!(matches!(
        orders.try_send(reply),
        Err(TrySendError::Closed(_))
    ));
}
// ANCHOR_END: left_values

#[test]
fn a_closed_channel_still_gives_what_is_queued() {
    let (sender, mut receiver) = bounded(1);
    sender.try_send(Rc::new(1)).unwrap();
    let second = Rc::new(2);
    let mut waiting = sender.send(Rc::clone(&second));
    assert!(poll_once(&mut waiting).is_pending());
    receiver.close();
    assert_eq!(block_on(waiting), Err(SendError(second)));
    assert_eq!(block_on(receiver.recv()), Some(Rc::new(1)));
    assert_eq!(block_on(receiver.recv()), None);
}

/// 깨웠다고 알린다.
struct Tell(mpsc::Sender<()>);

impl Wake for Tell {
    fn wake(self: Arc<Self>) {
        self.0.send(()).expect("테스트가 듣는다");
    }
}

#[test]
fn a_dropped_receiver_wakes_the_whole_line() {
    let (sender, receiver) = bounded(1);
    sender.try_send(1).unwrap();
    let (tell, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Tell(tell)));
    let mut line = [2, 3].map(|value| sender.send(value));
    for send in &mut line {
        let poll = Pin::new(send).poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
    }
    drop(receiver);
    assert_eq!((sender.waiting(), woken.try_iter().count()), (0, 2));
    let answers = line.map(block_on);
    assert_eq!(answers, [Err(SendError(2)), Err(SendError(3))]);
}

#[test]
fn an_unpolled_or_dropped_send_sends_nothing() {
    let (sender, mut receiver) = bounded(1);
    drop(sender.send(1));
    sender.try_send(2).unwrap();
    let mut dropped = sender.send(3);
    assert!(poll_once(&mut dropped).is_pending());
    drop(dropped);
    assert_eq!(sender.waiting(), 0);
    drop(sender);
    assert_eq!(block_on(receiver.recv()), Some(2));
    assert_eq!(block_on(receiver.recv()), None);
}

// ANCHOR: forgotten
/// 버려지지 않고 잊힌 퓨처는 줄에서 빠지지 못하고, 차례도 넘기지 못한다.
#[test]
fn a_forgotten_send_blocks_the_line() {
    let (sender, mut receiver) = bounded(1);
    sender.try_send(1).unwrap();
    let mut forgotten = sender.send(2);
    assert!(poll_once(&mut forgotten).is_pending());
    mem::forget(forgotten);
    assert_eq!(block_on(receiver.recv()), Some(1));
    assert_eq!((sender.queued(), sender.waiting()), (0, 1));
    assert_eq!(sender.try_send(3), Err(TrySendError::Full(3)));
}
// ANCHOR_END: forgotten

#[test]
#[should_panic(expected = "자리가 하나는 있어야 합니다")]
fn a_channel_without_room_is_refused() {
    let _ = bounded::<u32>(0);
}

#[test]
#[should_panic(expected = "끝난 Send를 다시 물었습니다")]
fn a_finished_send_is_not_asked_again() {
    let (sender, _receiver) = bounded(1);
    let mut send = sender.send(1);
    assert!(poll_once(&mut send).is_ready());
    let _ = poll_once(&mut send);
}
