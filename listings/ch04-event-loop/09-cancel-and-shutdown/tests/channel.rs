//! 채널을 모형과 나란히 돌린다. 값은 줄 선 차례대로 나오고, 자리가 났는데 맨 앞이 자는 일이 없다.
#![cfg(not(feature = "loom"))]

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch04_09_cancel_and_shutdown::channel::{SendError, Sender, channel};
use ch04_09_cancel_and_shutdown::faulty::send_and_keep_turn;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

// ANCHOR: op
/// 채널에 하는 일.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// 새로 보내 본다.
    Send,
    /// 줄의 몇째를 취소한다.
    Cancel(usize),
    /// 깨어난 송신자를 앞에서부터 폴링한다.
    Settle,
    /// 하나를 받아 본다.
    Recv,
}
// ANCHOR_END: op

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        4 => Just(Op::Send),
        2 => (0..4_usize).prop_map(Op::Cancel),
        2 => Just(Op::Settle),
        3 => Just(Op::Recv),
    ];
    prop::collection::vec(op, 1..40)
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

type Sending = Pin<Box<dyn Future<Output = Result<(), SendError<u32>>>>>;
type Send = fn(Rc<Sender<u32>>, u32) -> Sending;

/// 줄을 선 송신자.
struct Waiting {
    value: u32,
    woken: Arc<Woken>,
    sending: Sending,
}

impl Waiting {
    fn poll(&mut self) -> bool {
        self.woken.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.woken));
        let sent = self.sending.as_mut().poll(&mut Context::from_waker(&waker));
        sent.is_ready()
    }

    fn is_woken(&self) -> bool {
        self.woken.0.load(Ordering::Relaxed)
    }
}

fn same(ops: Vec<Op>, send: Send) -> Result<(), TestCaseError> {
    let (door, mut orders) = channel(2);
    let (door, mut queue) = (Rc::new(door), VecDeque::new());
    let mut line: Vec<Waiting> = Vec::new();
    for (value, op) in (0..).zip(ops) {
        match op {
            Op::Send => {
                let (woken, sending) = (Arc::default(), send(Rc::clone(&door), value));
                let mut new = Waiting {
                    value,
                    woken,
                    sending,
                };
                let enters = line.is_empty() && queue.len() < 2;
                prop_assert_eq!(new.poll(), enters, "새치기했거나 까닭 없이 기다린다");
                match enters {
                    true => queue.push_back(value),
                    false => line.push(new),
                }
            }
            Op::Cancel(at) => drop((at < line.len()).then(|| line.remove(at))),
            // 들어간 쪽이 다음을 깨우므로 앞에서부터 한 번 훑으면 된다.
            Op::Settle => line.retain_mut(|waiting| {
                let sent = waiting.is_woken() && waiting.poll();
                queue.extend(sent.then_some(waiting.value));
                !sent
            }),
            Op::Recv => {
                let mut cx = Context::from_waker(Waker::noop());
                let got = pin!(orders.recv()).poll(&mut cx);
                let expected = queue.pop_front();
                let expected = expected.map_or(Poll::Pending, |value| Poll::Ready(Some(value)));
                prop_assert_eq!(got, expected);
            }
        }
        // ANCHOR: stuck
        let stuck = queue.len() < 2 && line.first().is_some_and(|first| !first.is_woken());
        prop_assert!(!stuck, "자리가 났는데 맨 앞이 잔다");
        // ANCHOR_END: stuck
    }
    Ok(())
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

// ANCHOR: tests
#[test]
fn it_keeps_the_line() {
    let send: Send = |door, value| Box::pin(async move { door.send(value).await });
    let mut runner = TestRunner::new(config(2_000));
    runner
        .run(&ops(), |ops| same(ops, send))
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_kept_turn_is_found() {
    let send: Send = |door, value| Box::pin(async move { send_and_keep_turn(&door, value).await });
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config(256), rng);
    let Err(TestError::Fail(reason, _)) = runner.run(&ops(), |ops| same(ops, send)) else {
        panic!("걸리지 않았다");
    };
    assert!(reason.message().contains("맨 앞이 잔다"));
}
// ANCHOR_END: tests
