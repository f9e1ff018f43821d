//! 답이 하나씩 올 때 자식을 모두 몇 번 폴링하는지 센다.

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ch03_07_block_on::answer::{Answer, answer};
use ch03_11_join_select::{join_all, simple};

/// 폴링한 횟수를 모두와 함께 센다.
pub struct Counted<T> {
    answer: Answer<T>,
    polls: Rc<Cell<usize>>,
}

impl<T> Future for Counted<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.polls.update(|polls| polls + 1);
        Pin::new(&mut self.answer).poll(cx)
    }
}

/// 깨운 횟수를 센다.
#[derive(Default)]
pub struct Wakes(AtomicUsize);

impl Wakes {
    /// 지난번 이후에 깨운 횟수.
    pub fn take(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

// ANCHOR: polls
/// `len`개를 함께 기다리며 답을 하나씩 넣는다. 깨어날 때만 폴링하고, 자식을 폴링한 횟수를 돌려준다.
pub fn polls<J: Future>(len: usize, join: impl FnOnce(Vec<Counted<usize>>) -> J) -> usize {
    let (total, wakes) = (Rc::new(Cell::new(0)), Arc::new(Wakes::default()));
    let (givers, answers): (Vec<_>, Vec<_>) = (0..len).map(|_| answer()).unzip();
    let counted = |answer| {
        let polls = Rc::clone(&total);
        Counted { answer, polls }
    };
    let mut joined = pin!(join(answers.into_iter().map(counted).collect()));
    let waker = Waker::from(Arc::clone(&wakes));
    let mut cx = Context::from_waker(&waker);
    let mut poll = joined.as_mut().poll(&mut cx);
    for (value, giver) in givers.into_iter().enumerate() {
        giver.give(value);
        while poll.is_pending() && wakes.take() > 0 {
            poll = joined.as_mut().poll(&mut cx);
        }
    }
    assert!(poll.is_ready(), "답이 다 왔다");
    total.get()
}
// ANCHOR_END: polls

pub fn table() -> Vec<String> {
    let row = |len| {
        let all = polls(len, simple::join_all);
        let woken = polls(len, join_all);
        let futures = polls(len, futures::future::join_all);
        format!("[Rust] {len}개: 모두 {all}번, 깨어난 것만 {woken}번, futures {futures}번")
    };
    [10, 30, 31, 100, 1000].map(row).to_vec()
}
