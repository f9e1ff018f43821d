//! loom이 스레드의 차례를 빠짐없이 바꿔 가며 값과 깨움을 잃는지 본다.
#![cfg(feature = "loom")]

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use ch03_07_block_on::block_on;
use ch03_10_oneshot::channel::{self, SendError, bounded};
use ch03_10_oneshot::faulty::{FirstWaker, KeepsTurn, LooksAway};
use ch03_10_oneshot::oneshot::{self, Canceled, Receiver};
use loom::sync::Mutex;
use loom::thread;

type Outcome = Result<u32, Canceled>;

/// 깨우지 않는 `Waker`로 한 번 폴링한다.
fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    let mut cx = Context::from_waker(Waker::noop());
    Pin::new(future).poll(&mut cx)
}

/// 끝까지 기다린다. 교착 상태를 알리는 패닉 도중에는 `future`를 버리지 않는다.
///
/// 버리면 되감는 동안 loom의 락을 또 얻게 되고, 패닉이 겹쳐 프로세스가 죽는다.
fn wait_for<F: Future + Unpin>(future: F) -> F::Output {
    let mut future = ManuallyDrop::new(future);
    let output = block_on(&mut *future);
    drop(ManuallyDrop::into_inner(future));
    output
}

// ANCHOR: race
/// 한 스레드가 값을 기다리려는 동안 다른 스레드가 값을 보낸다.
fn race<F: Future<Output = Outcome> + Unpin + 'static>(wrap: fn(Receiver<u32>) -> F) {
    loom::model(move || {
        let (sender, receiver) = oneshot::channel();
        let worker = thread::spawn(move || sender.send(7));
        assert_eq!(wait_for(wrap(receiver)), Ok(7));
        assert_eq!(worker.join().unwrap(), Ok(()));
    });
}

#[test]
fn a_value_sent_while_being_asked_arrives() {
    race(|receiver| receiver);
}

#[test]
#[should_panic(expected = "deadlock")]
fn looking_away_before_leaving_the_waker_loses_a_wake() {
    race(LooksAway);
}
// ANCHOR_END: race

// ANCHOR: moved
/// 한 번 폴링한 퓨처를 다른 태스크로 옮겨 기다린다.
fn moved<F: Future<Output = Outcome> + Unpin + 'static>(wrap: fn(Receiver<u32>) -> F) {
    loom::model(move || {
        let (sender, receiver) = oneshot::channel();
        let worker = thread::spawn(move || sender.send(7));
        let mut future = wrap(receiver);
        let outcome = match poll_once(&mut future) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => wait_for(future),
        };
        assert_eq!(outcome, Ok(7));
        worker.join().unwrap().unwrap();
    });
}
// ANCHOR_END: moved

#[test]
fn the_last_task_to_ask_is_woken() {
    moved(|receiver| receiver);
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_kept_first_waker_wakes_the_wrong_task() {
    moved(FirstWaker);
}

// ANCHOR: in_place
/// 깨우면 그 자리에서 수신자를 폴링한다.
struct InPlace(Mutex<Receiver<u32>>);

impl Wake for InPlace {
    fn wake(self: Arc<Self>) {
        let mut receiver = self.0.lock().unwrap();
        assert!(poll_once(&mut *receiver).is_ready());
    }
}

#[test]
fn a_wake_may_ask_in_place() {
    loom::model(|| {
        let (sender, receiver) = oneshot::channel();
        let task = Arc::new(InPlace(Mutex::new(receiver)));
        let waker = Waker::from(Arc::clone(&task));
        let mut cx = Context::from_waker(&waker);
        let poll = Pin::new(&mut *task.0.lock().unwrap()).poll(&mut cx);
        assert!(poll.is_pending());
        sender.send(7).unwrap();
    });
}
// ANCHOR_END: in_place

#[test]
fn a_dropped_sender_is_heard() {
    loom::model(|| {
        let (sender, receiver) = oneshot::channel::<u32>();
        let worker = thread::spawn(move || drop(sender));
        assert_eq!(block_on(receiver), Err(Canceled));
        worker.join().unwrap();
    });
}

// ANCHOR: dropped_receiver
/// 값은 돌아오거나 건너가서 버려진다. 어느 쪽이든 한 번이다.
#[test]
fn a_value_sent_to_a_leaving_receiver_is_dropped_once() {
    loom::model(|| {
        let value = Arc::new(7);
        let (sender, receiver) = oneshot::channel();
        let sent = Arc::clone(&value);
        let worker = thread::spawn(move || drop(sender.send(sent)));
        drop(receiver);
        worker.join().unwrap();
        assert_eq!(Arc::strong_count(&value), 1);
    });
}
// ANCHOR_END: dropped_receiver

/// 자리가 하나인 채널로 둘을 보내고, 송신자가 없어진 것까지 듣는다.
#[test]
fn every_value_and_the_end_arrive() {
    loom::model(|| {
        let (sender, mut receiver) = bounded(1);
        let worker = thread::spawn(move || {
            block_on(async {
                for value in 1..=2 {
                    sender.send(value).await.unwrap();
                }
            });
        });
        let heard = [(); 3].map(|()| block_on(receiver.recv()));
        assert_eq!(heard, [Some(1), Some(2), None]);
        worker.join().unwrap();
    });
}

/// 두 스레드가 자리 하나를 다툰다. 스레드가 셋이라, 도중에 끼어드는 횟수를 두 번까지로 줄인다.
#[test]
fn two_senders_share_one_seat() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
        let (sender, mut receiver) = bounded(1);
        let workers = [1, 2].map(|value| {
            let sender = sender.clone();
            thread::spawn(move || block_on(sender.send(value)))
        });
        drop(sender);
        let mut heard = [(); 2].map(|()| block_on(receiver.recv()).unwrap());
        heard.sort_unstable();
        assert_eq!(heard, [1, 2]);
        for worker in workers {
            worker.join().unwrap().unwrap();
        }
    });
}

#[test]
fn a_close_gives_the_waiting_value_back() {
    loom::model(|| {
        let (sender, mut receiver) = bounded(1);
        sender.try_send(1).unwrap();
        let worker = thread::spawn(move || block_on(sender.send(2)));
        receiver.close();
        assert_eq!(worker.join().unwrap(), Err(SendError(2)));
        assert_eq!(block_on(receiver.recv()), Some(1));
        assert_eq!(block_on(receiver.recv()), None);
    });
}

type Sending = Pin<Box<dyn Future<Output = Result<(), SendError<u32>>> + Send>>;

// ANCHOR: passed_on
/// 자리가 나는 동안 맨 앞의 송신자가 버려진다. 둘째 송신자가 그 자리에 들어가야 한다.
fn passed_on(send: fn(channel::Sender<u32>, u32) -> Sending) {
    loom::model(move || {
        let (sender, mut receiver) = bounded(1);
        sender.try_send(1).unwrap();
        let mut first = send(sender.clone(), 2);
        let mut second = send(sender, 3);
        assert!(poll_once(&mut first).is_pending());
        assert!(poll_once(&mut second).is_pending());
        let quitter = thread::spawn(move || drop(first));
        assert_eq!(block_on(receiver.recv()), Some(1));
        assert_eq!(wait_for(second), Ok(()));
        assert_eq!(block_on(receiver.recv()), Some(3));
        quitter.join().unwrap();
    });
}
// ANCHOR_END: passed_on

#[test]
fn a_dropped_sender_passes_its_turn_on() {
    passed_on(|sender, value| Box::pin(async move { sender.send(value).await }));
}

#[test]
#[should_panic(expected = "deadlock")]
fn a_kept_turn_leaves_the_next_one_asleep() {
    passed_on(|sender, value| Box::pin(async move { KeepsTurn(sender.send(value)).await }));
}
