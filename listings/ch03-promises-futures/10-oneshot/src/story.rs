//! 프로그램이 찍는 이야기.

use std::cell::Cell;
use std::future::poll_fn;
use std::marker;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch03_10_oneshot::channel::{Receiver, Send, SendError, Sender, TrySendError, bounded};
use ch03_10_oneshot::faulty::{FirstWaker, KeepsTurn, WakesInside, is_free};
use ch03_10_oneshot::oneshot::{self, Canceled};
use ch03_10_oneshot::turns::{self, Stuck, Task, yield_now};

pub fn tell() {
    println!("== 쌓이는 큐 ==");
    print_backlog(usize::MAX);
    println!("== 주문과 답 ==");
    order(|reply| {
        println!("주방: 파스타를 보냄");
        reply.send("파스타").expect("손님이 기다린다");
    });
    println!("== 떠난 주방 ==");
    order(|reply| {
        println!("주방: 답하지 않고 떠남");
        drop(reply);
    });
    println!("== 떠난 손님 ==");
    left_customer();
    println!("== 가득 찬 채널 ==");
    full_channel();
    println!("== 배압 ==");
    backpressure();
    println!("== 막히는 큐 ==");
    let longest = print_backlog(4);
    println!("큐는 {longest}개를 넘지 않음");
    println!("== 줄 ==");
    line();
    println!("== 차례를 쥐고 떠난 송신자 ==");
    println!(
        "[Rust] KeepsTurn: {}",
        outcome(gave_up(|send| Box::pin(KeepsTurn(send))))
    );
    println!("[Rust] Send: {}", outcome(gave_up(|send| Box::pin(send))));
    println!("== 옮겨 간 수신자 ==");
    println!("[Rust] FirstWaker: {}", outcome(handed_over(FirstWaker)));
    println!("[Rust] Receiver: {}", outcome(handed_over(|all| all)));
    println!("== 깨우는 동안의 락 ==");
    let word = |free| {
        if free {
            "풀려 있음"
        } else {
            "잡혀 있음"
        }
    };
    let inside = lock_at_wake(|sender| WakesInside(sender).send(7));
    println!("[Rust] WakesInside: {}", word(inside));
    let outside = lock_at_wake(|sender| sender.send(7).expect("기다린다"));
    println!("[Rust] Sender: {}", word(outside));
}

fn outcome(run: Result<(), Stuck>) -> String {
    match run {
        Ok(()) => String::from("모두 끝남"),
        Err(Stuck(tasks)) => format!("멈춘 태스크 {tasks:?}"),
    }
}

// ANCHOR: backlog
/// 한 바퀴에 하나씩 보내는 생산자와 두 바퀴에 하나씩 꺼내는 소비자. 큐가 가장 길었던 때를 돌려준다.
fn backlog(capacity: usize, mut report: impl FnMut(u32, usize)) -> usize {
    let (sender, mut receiver) = bounded(capacity);
    let mut longest = 0;
    let producer = async {
        for sent in 1..=900 {
            sender.send(sent).await.expect("소비자가 있다");
            longest = longest.max(sender.queued());
            report(sent, sender.queued());
            yield_now().await;
        }
        drop(sender);
    };
    let consumer = async {
        while receiver.recv().await.is_some() {
            yield_now().await;
            yield_now().await;
        }
    };
    turns::run([Box::pin(producer) as Task, Box::pin(consumer)]).expect("멈추지 않는다");
    longest
}
// ANCHOR_END: backlog

fn print_backlog(capacity: usize) -> usize {
    backlog(capacity, |sent, queued| {
        if sent % 300 == 0 {
            println!("[Rust] {sent}개를 보냈을 때 큐에 {queued}개");
        }
    })
}

// ANCHOR: order
type Reply = oneshot::Sender<&'static str>;

/// 손님이 답을 받을 송신자를 주문에 실어 보낸다.
fn order(cook: fn(Reply)) {
    let (orders, mut kitchen) = bounded(1);
    let customer = async move {
        let (reply, answer) = oneshot::channel();
        println!("손님: 주문하고 기다림");
        orders.send(reply).await.expect("주방이 열려 있다");
        match answer.await {
            Ok(dish) => println!("손님: {dish}를 받음"),
            Err(Canceled) => println!("손님: 취소를 들음"),
        }
    };
    let cook = async move { cook(kitchen.recv().await.expect("주문이 온다")) };
    turns::run([Box::pin(customer) as Task, Box::pin(cook)]).expect("멈추지 않는다");
}
// ANCHOR_END: order

// ANCHOR: left_customer
fn left_customer() {
    let (reply, answer) = oneshot::channel();
    println!("손님: 주문하고 떠남");
    drop(answer);
    if let Err(dish) = reply.send("파스타") {
        println!("[Rust] 주방: {dish}를 돌려받음");
    }
}
// ANCHOR_END: left_customer

// ANCHOR: full_channel
fn full_channel() {
    let (sender, mut receiver) = bounded(2);
    for value in 1..=3 {
        put(&sender, value);
    }
    take(&mut receiver);
    put(&sender, 3);
    println!("송신자: 떠남");
    drop(sender);
    for _ in 0..3 {
        take(&mut receiver);
    }
}

fn put(sender: &Sender<u32>, value: u32) {
    match sender.try_send(value) {
        Ok(()) => println!("송신자: {value} 넣음"),
        Err(TrySendError::Full(value)) => println!("송신자: {value} 넣을 자리가 없음"),
        Err(TrySendError::Closed(_)) => unreachable!("수신자가 있다"),
    }
}
// ANCHOR_END: full_channel

fn take(receiver: &mut Receiver<u32>) {
    let mut cx = Context::from_waker(Waker::noop());
    match receiver.poll_recv(&mut cx) {
        Poll::Ready(Some(value)) => println!("수신자: {value} 꺼냄"),
        Poll::Ready(None) => println!("수신자: 끝"),
        Poll::Pending => unreachable!("값이 있거나 송신자가 떠났다"),
    }
}

// ANCHOR: backpressure
fn backpressure() {
    let (sender, mut receiver) = bounded(2);
    let producer = async move {
        for value in 1..=5 {
            sender.send(value).await.expect("소비자가 있다");
            println!("[Rust] 생산자: {value} 넣음");
        }
    };
    let consumer = async move {
        while let Some(value) = receiver.recv().await {
            println!("[Rust] 소비자: {value} 꺼냄");
            yield_now().await;
        }
    };
    turns::run([Box::pin(producer) as Task, Box::pin(consumer)]).expect("멈추지 않는다");
}
// ANCHOR_END: backpressure

// ANCHOR: line
fn line() {
    let (sender, mut receiver) = bounded(1);
    sender.try_send("먼저 온 값").expect("자리가 있다");
    let [mut first, mut second, mut third] = ["첫째", "둘째", "셋째"].map(|name| sender.send(name));
    for send in [&mut first, &mut second, &mut third] {
        assert!(poll_once(send).is_pending());
    }
    println!("[Rust] 줄을 선 송신자: {}", sender.waiting());
    drop(second);
    println!("[Rust] 둘째를 버린 뒤: {}", sender.waiting());
    println!("[Rust] 꺼냄: {:?}", poll_once(&mut receiver.recv()));
    println!("[Rust] 새치기: {:?}", sender.try_send("넷째"));
    println!("[Rust] 셋째: {:?}", poll_once(&mut third));
    println!("[Rust] 첫째: {:?}", poll_once(&mut first));
    println!("[Rust] 꺼냄: {:?}", poll_once(&mut receiver.recv()));
    println!("[Rust] 셋째: {:?}", poll_once(&mut third));
    println!("[Rust] 꺼냄: {:?}", poll_once(&mut receiver.recv()));
}
// ANCHOR_END: line

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError<u32>>> + 'a>>;

// ANCHOR: gave_up
/// 앞의 송신자는 차례가 왔다고 깨면 다시 묻지 않고 떠난다. 뒤의 송신자가 그 차례를 받아야 한다.
fn gave_up(wrap: for<'a> fn(Send<'a, u32>) -> Sending<'a>) -> Result<(), Stuck> {
    let (sender, mut receiver) = bounded(1);
    sender.try_send(1).expect("자리가 있다");
    let first = ask_once(wrap(sender.send(2)));
    let second = async { sender.send(3).await.expect("수신자가 있다") };
    let receiver = async {
        assert_eq!(receiver.recv().await, Some(1));
        assert_eq!(receiver.recv().await, Some(3));
    };
    turns::run([
        Box::pin(first) as Task,
        Box::pin(second),
        Box::pin(receiver),
    ])
}
// ANCHOR_END: gave_up

// ANCHOR: ask_once
/// 한 번 묻고 기다린다. 깨어나면 더 묻지 않고 버린다.
async fn ask_once<F: Future + Unpin>(mut future: F) {
    let mut asked = false;
    poll_fn(|cx| match mem::replace(&mut asked, true) {
        false => Pin::new(&mut future).poll(cx).map(drop),
        true => Poll::Ready(()),
    })
    .await;
}
// ANCHOR_END: ask_once

// ANCHOR: handed_over
/// 첫 태스크가 한 번 물은 수신자를 둘째 태스크가 넘겨받아 기다린다. 셋째 태스크가 값을 보낸다.
fn handed_over<F>(wrap: fn(oneshot::Receiver<u32>) -> F) -> Result<(), Stuck>
where
    F: Future<Output = Result<u32, Canceled>> + Unpin,
{
    let (sender, receiver) = oneshot::channel();
    let shelf = Cell::new(None);
    let first = async {
        let mut future = wrap(receiver);
        let asked = poll_fn(|cx| Poll::Ready(Pin::new(&mut future).poll(cx))).await;
        assert!(asked.is_pending());
        shelf.set(Some(future));
    };
    let second = async {
        let future = shelf.take().expect("첫 태스크가 두고 갔다");
        assert_eq!(future.await, Ok(7));
    };
    let third = async { sender.send(7).expect("수신자가 있다") };
    turns::run([Box::pin(first) as Task, Box::pin(second), Box::pin(third)])
}
// ANCHOR_END: handed_over

// ANCHOR: lock_at_wake
/// 깨울 때 채널의 락이 풀려 있었는지 적는 `Waker`의 속.
struct Probe<L>(L, AtomicBool);

impl<L: Fn() -> bool + marker::Send + Sync> Wake for Probe<L> {
    fn wake(self: Arc<Self>) {
        self.1.store((self.0)(), Ordering::Relaxed);
    }
}

fn lock_at_wake(send: fn(oneshot::Sender<u32>)) -> bool {
    let (sender, mut receiver) = oneshot::channel();
    let probe = Arc::new(Probe(is_free(&sender), AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&probe) as Arc<_>);
    let poll = Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker));
    assert!(poll.is_pending());
    send(sender);
    probe.1.load(Ordering::Relaxed)
}
// ANCHOR_END: lock_at_wake

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: backlog_test
    #[test]
    fn a_bounded_queue_never_grows_past_its_capacity() {
        for capacity in [1, 4, 32] {
            assert_eq!(backlog(capacity, |_, _| ()), capacity);
        }
        assert_eq!(backlog(usize::MAX, |_, _| ()), 450);
    }
    // ANCHOR_END: backlog_test

    // ANCHOR: fault_tests
    #[test]
    fn a_kept_turn_strands_the_next_sender() {
        assert_eq!(
            gave_up(|send| Box::pin(KeepsTurn(send))),
            Err(Stuck(vec![1, 2]))
        );
        assert_eq!(gave_up(|send| Box::pin(send)), Ok(()));
    }

    #[test]
    fn a_kept_first_waker_strands_the_new_task() {
        assert_eq!(handed_over(FirstWaker), Err(Stuck(vec![1])));
        assert_eq!(handed_over(|receiver| receiver), Ok(()));
    }

    #[test]
    fn the_lock_is_free_when_waking() {
        assert!(!lock_at_wake(|sender| WakesInside(sender).send(7)));
        assert!(lock_at_wake(|sender| sender.send(7).unwrap()));
    }
    // ANCHOR_END: fault_tests
}
