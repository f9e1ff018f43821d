//! 여럿을 함께 돌리고 끝나는 차례로 내놓는 조합자.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use pin_project_lite::pin_project;

use crate::Fuse;

// ANCHOR: buffer
pin_project! {
    /// 퓨처를 `limit`개까지 함께 돌리고, 끝나는 차례로 내놓는다. 버리면 돌던 퓨처도 버린다.
    pub struct BufferUnordered<S: Stream> {
        #[pin]
        source: Fuse<S>,
        running: Vec<Pin<Box<S::Item>>>, // 시작한 차례
        limit: usize,
    }
}
// ANCHOR_END: buffer

// ANCHOR: poll_next
impl<S: Stream<Item: Future>> Stream for BufferUnordered<S> {
    type Item = <S::Item as Future>::Output;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        while this.running.len() < *this.limit
            && let Poll::Ready(Some(job)) = this.source.as_mut().poll_next(cx)
        {
            this.running.push(Box::pin(job));
        }
        for turn in 0..this.running.len() {
            if let Poll::Ready(output) = this.running[turn].as_mut().poll(cx) {
                drop(this.running.remove(turn));
                return Poll::Ready(Some(output));
            }
        }
        if this.running.is_empty() && this.source.is_done() {
            return Poll::Ready(None);
        }
        Poll::Pending
    }
    // ANCHOR_END: poll_next

    fn size_hint(&self) -> (usize, Option<usize>) {
        let running = self.running.len();
        let (low, high) = self.source.size_hint();
        (
            low.saturating_add(running),
            high.and_then(|high| high.checked_add(running)),
        )
    }
}

impl<S: Stream<Item: Future>> BufferUnordered<S> {
    /// `source`의 퓨처를 `limit`개까지 함께 돌린다.
    ///
    /// # Panics
    ///
    /// `limit`이 0이면 패닉한다. 아무것도 돌지 않아 영원히 끝나지 않기 때문이다.
    pub fn new(source: S, limit: usize) -> Self {
        assert!(limit > 0, "한도는 하나 이상이어야 합니다");
        BufferUnordered {
            source: Fuse::new(source),
            running: Vec::new(),
            limit,
        }
    }
}
