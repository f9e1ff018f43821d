//! 마구 섞은 조작들을 채널과 단순한 모형에 나란히 돌린다.
#![cfg(not(feature = "loom"))]

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch03_10_oneshot::channel::{Send, SendError, TrySendError, bounded};
use proptest::prelude::*;

// ANCHOR: op
/// 조작 하나. 퓨처를 고르는 수는 살아 있는 퓨처의 수로 나눈 나머지로 쓴다.
#[derive(Clone, Debug)]
enum Op {
    /// 새 `send`를 한 번 폴링한다.
    Start,
    Poll(usize),
    Drop(usize),
    TrySend,
    Recv,
    Close,
}
// ANCHOR_END: op

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => Just(Op::Start),
        6 => any::<usize>().prop_map(Op::Poll),
        4 => any::<usize>().prop_map(Op::Drop),
        2 => Just(Op::TrySend),
        6 => Just(Op::Recv),
        1 => Just(Op::Close),
    ]
}

// ANCHOR: model
/// 빈자리를 세지 않고, 자리가 날 때마다 맨 앞의 송신자에게 하나씩 쥐여 주는 모형.
#[derive(Default)]
struct Model {
    queue: VecDeque<u32>,
    /// 아무도 쥐지 않은 자리.
    free: usize,
    /// 줄을 선 송신자의 값과, 자리를 쥐었는지.
    line: VecDeque<(u32, bool)>,
    closed: bool,
}

impl Model {
    /// 자리 하나가 났다.
    fn release(&mut self) {
        match self.line.iter_mut().find(|(_, holds)| !holds) {
            Some((_, holds)) => *holds = true,
            None => self.free += 1,
        }
    }

    fn holds(&self, value: u32) -> bool {
        self.line.contains(&(value, true))
    }
    // ANCHOR_END: model

    fn try_send(&mut self, value: u32) -> Result<(), TrySendError<u32>> {
        if self.closed {
            return Err(TrySendError::Closed(value));
        }
        if self.free == 0 {
            return Err(TrySendError::Full(value));
        }
        self.free -= 1;
        self.queue.push_back(value);
        Ok(())
    }

    /// 줄을 선 적이 있는 송신자를 폴링한다.
    fn poll(&mut self, value: u32) -> Poll<Result<(), SendError<u32>>> {
        if self.closed {
            return Poll::Ready(Err(SendError(value)));
        }
        if !self.holds(value) {
            return Poll::Pending;
        }
        self.line.retain(|(one, _)| *one != value);
        self.queue.push_back(value);
        Poll::Ready(Ok(()))
    }

    fn leave(&mut self, value: u32) {
        let held = self.holds(value);
        self.line.retain(|(one, _)| *one != value);
        if held {
            self.release();
        }
    }

    fn recv(&mut self) -> Poll<Option<u32>> {
        match self.queue.pop_front() {
            Some(value) => {
                self.release();
                Poll::Ready(Some(value))
            }
            None if self.closed => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// 줄을 선 퓨처와, 그것을 깨운 횟수.
struct Live<'a> {
    value: u32,
    send: Send<'a, u32>,
    woken: Arc<Count>,
}

fn poll<F: Future + Unpin>(future: &mut F, count: &Arc<Count>) -> Poll<F::Output> {
    let waker = Waker::from(Arc::clone(count));
    Pin::new(future).poll(&mut Context::from_waker(&waker))
}

proptest! {
    #[test]
    fn the_channel_agrees_with_the_model(
        capacity in 1..4_usize,
        ops in prop::collection::vec(op(), 0..60),
    ) {
        let (sender, mut receiver) = bounded(capacity);
        let mut model = Model { free: capacity, ..Model::default() };
        let mut live: Vec<Live> = Vec::new();
        let mut asleep: Option<Arc<Count>> = None;
        for (value, op) in (0_u32..).zip(ops) {
            match op {
                Op::Start => {
                    let woken = Arc::new(Count::default());
                    let mut send = sender.send(value);
                    let got = poll(&mut send, &woken);
                    let expected = match model.try_send(value) {
                        Ok(()) => Poll::Ready(Ok(())),
                        Err(TrySendError::Closed(value)) => Poll::Ready(Err(SendError(value))),
                        Err(TrySendError::Full(value)) => {
                            model.line.push_back((value, false));
                            live.push(Live { value, send, woken });
                            Poll::Pending
                        }
                    };
                    prop_assert_eq!(got, expected);
                }
                Op::Poll(at) if !live.is_empty() => {
                    let at = at % live.len();
                    let one = &mut live[at];
                    let got = poll(&mut one.send, &one.woken);
                    prop_assert_eq!(got, model.poll(one.value));
                    if got.is_ready() {
                        live.remove(at);
                    }
                }
                Op::Drop(at) if !live.is_empty() => {
                    let one = live.remove(at % live.len());
                    model.leave(one.value);
                }
                Op::TrySend => prop_assert_eq!(sender.try_send(value), model.try_send(value)),
                Op::Recv => {
                    let count = Arc::new(Count::default());
                    let got = poll(&mut receiver.recv(), &count);
                    prop_assert_eq!(got, model.recv());
                    asleep = got.is_pending().then_some(count);
                }
                Op::Close => {
                    receiver.close();
                    model.closed = true;
                    model.line.clear();
                    asleep = None;
                }
                Op::Poll(_) | Op::Drop(_) => {}
            }
            // ANCHOR: woken
            // 자리를 쥔 송신자는 꼭 한 번, 못 쥔 송신자는 한 번도 깨우지 않았다.
            for one in &live {
                let expected = usize::from(model.closed || model.holds(one.value));
                let woken = one.woken.0.load(Ordering::Relaxed);
                prop_assert_eq!(woken, expected, "{}", one.value);
            }
            if let Some(count) = &asleep {
                let expected = usize::from(!model.queue.is_empty());
                prop_assert_eq!(count.0.load(Ordering::Relaxed), expected);
            }
            // ANCHOR_END: woken
            prop_assert_eq!(sender.queued(), model.queue.len());
            prop_assert_eq!(sender.waiting(), model.line.len());
        }
    }
}
