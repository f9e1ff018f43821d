//! 여럿을 함께 돌리고 받은 차례로 내놓는 조합자.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use pin_project_lite::pin_project;

use crate::Fuse;

// ANCHOR: slot
enum Slot<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}

pin_project! {
    /// 퓨처를 `limit`개까지 함께 돌리고, 받은 차례로 내놓는다. 버리면 돌던 퓨처도 버린다.
    pub struct Buffered<S: Stream> where S::Item: Future {
        #[pin]
        source: Fuse<S>,
        slots: VecDeque<Slot<S::Item>>,
        limit: usize,
    }
}
// ANCHOR_END: slot

impl<S: Stream<Item: Future>> Stream for Buffered<S> {
    type Item = <S::Item as Future>::Output;

    // ANCHOR: poll_next
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        while this.slots.len() < *this.limit
            && let Poll::Ready(Some(job)) = this.source.as_mut().poll_next(cx)
        {
            this.slots.push_back(Slot::Running(Box::pin(job)));
        }
        for slot in this.slots.iter_mut() {
            if let Slot::Running(job) = slot
                && let Poll::Ready(output) = job.as_mut().poll(cx)
            {
                *slot = Slot::Done(output);
            }
        }
        match this.slots.pop_front() {
            Some(Slot::Done(output)) => return Poll::Ready(Some(output)),
            Some(running) => this.slots.push_front(running),
            None if this.source.is_done() => return Poll::Ready(None),
            None => {}
        }
        Poll::Pending
    }
    // ANCHOR_END: poll_next

    fn size_hint(&self) -> (usize, Option<usize>) {
        let slots = self.slots.len();
        let (low, high) = self.source.size_hint();
        (
            low.saturating_add(slots),
            high.and_then(|high| high.checked_add(slots)),
        )
    }
}

impl<S: Stream<Item: Future>> Buffered<S> {
    /// `source`의 퓨처를 `limit`개까지 함께 돌린다.
    ///
    /// # Panics
    ///
    /// `limit`이 0이면 패닉한다.
    pub fn new(source: S, limit: usize) -> Self {
        assert!(limit > 0, "한도는 하나 이상이어야 합니다");
        Buffered {
            source: Fuse::new(source),
            slots: VecDeque::new(),
            limit,
        }
    }
}
