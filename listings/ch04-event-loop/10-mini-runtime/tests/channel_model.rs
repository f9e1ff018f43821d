//! 채널을 모형과 나란히 돌린다. 모형은 자리가 날 때마다 줄의 맨 앞을 들여보낸다.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch04_10_mini_runtime::channel::{Sender, channel};
use proptest::prelude::*;

// ANCHOR: op
/// 채널에 하는 일.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// 새 송신자가 보내 본다.
    Send,
    /// 줄의 몇째인가를 취소한다.
    Cancel(usize),
    /// 깨어난 송신자들을 폴링한다.
    Settle,
    /// 하나를 받아 본다.
    Recv,
    /// 받는 쪽을 버린다.
    Close,
}
// ANCHOR_END: op

/// 깨운 횟수를 센다.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

struct Sending {
    value: u32,
    wakes: Arc<Wakes>,
    future: Pin<Box<dyn Future<Output = bool>>>,
}

impl Sending {
    fn new(tx: Sender<u32>, value: u32) -> Sending {
        let future = Box::pin(async move { tx.send(value).await.is_ok() });
        Sending { value, wakes: Arc::default(), future }
    }

    fn poll(&mut self) -> Poll<bool> {
        self.wakes.0.store(0, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.wakes));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }

    fn woken(&self) -> bool {
        self.wakes.0.load(Ordering::Relaxed) > 0
    }
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => Just(Op::Send),
        2 => (0..4_usize).prop_map(Op::Cancel),
        4 => Just(Op::Settle),
        5 => Just(Op::Recv),
        1 => Just(Op::Close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// 값은 보낸 차례대로 하나씩 나오고, 자리보다 많이 담기지 않으며, 자리가 난 송신자는 깨어 있다.
    #[test]
    fn it_does_what_the_model_does(capacity in 1..4_usize, ops in prop::collection::vec(op(), 1..60)) {
        let (tx, rx) = channel::<u32>(capacity);
        let mut rx = Some(rx);
        let (mut queue, mut line) = (VecDeque::new(), Vec::<Sending>::new());
        for (value, op) in (0_u32..).zip(ops) {
            match op {
                Op::Send => {
                    let mut sending = Sending::new(tx.clone(), value);
                    let full = !line.is_empty() || queue.len() == capacity;
                    match sending.poll() {
                        Poll::Ready(sent) => {
                            prop_assert_eq!(sent, rx.is_some());
                            prop_assert!(!sent || !full, "새치기했다");
                            if sent { queue.push_back(value) }
                        }
                        Poll::Pending => {
                            prop_assert!(full && rx.is_some(), "자리가 있는데 기다린다");
                            line.push(sending);
                        }
                    }
                }
                Op::Cancel(at) => if at < line.len() { drop(line.remove(at)) },
                Op::Settle => {
                    // 깨어난 쪽이 끝나며 다음을 깨우므로 앞에서부터 한 번 훑으면 된다.
                    let mut waiting = Vec::new();
                    for mut sending in line.drain(..) {
                        if !sending.woken() {
                            waiting.push(sending);
                            continue;
                        }
                        match sending.poll() {
                            Poll::Ready(true) => queue.push_back(sending.value),
                            Poll::Ready(false) => prop_assert!(rx.is_none()),
                            Poll::Pending => waiting.push(sending),
                        }
                    }
                    line = waiting;
                    prop_assert!(rx.is_some() || line.is_empty(), "닫혔는데 기다린다");
                }
                Op::Recv => if let Some(rx) = &mut rx {
                    let mut cx = Context::from_waker(Waker::noop());
                    let got = std::pin::pin!(rx.recv()).poll(&mut cx);
                    let want = queue.pop_front();
                    prop_assert_eq!(got, want.map_or(Poll::Pending, |value| Poll::Ready(Some(value))));
                },
                Op::Close => { rx = None; queue.clear(); }
            }
            prop_assert!(queue.len() <= capacity);
            // 자리가 있으면 줄의 맨 앞은 반드시 깨어 있다. 아니면 잃어버린 깨움이다.
            if let Some(front) = line.first() && (rx.is_none() || queue.len() < capacity) {
                prop_assert!(front.woken(), "자리가 났는데 맨 앞이 잔다");
            }
        }
    }
}

/// 송신자가 모두 사라져도 남은 값은 끝까지 나온다.
#[test]
fn what_was_sent_comes_out_after_the_senders_left() {
    ch04_10_mini_runtime::block_on(async {
        let (tx, mut rx) = channel(4);
        for n in 0..3 {
            tx.clone().send(n).await.unwrap();
        }
        drop(tx);
        let mut got = Vec::new();
        while let Some(n) = rx.recv().await {
            got.push(n);
        }
        assert_eq!(got, [0, 1, 2]);
        assert_eq!(rx.recv().await, None);
    });
}
