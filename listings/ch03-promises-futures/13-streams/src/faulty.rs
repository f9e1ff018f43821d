//! 일부러 틀린 조합자. 함정을 보이는 데만 쓴다.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// 끝난 것을 기억하지 않아, 돌던 퓨처를 기다리는 동안 끝난 스트림에 또 묻는다.
    pub struct Unfused<S: Stream> {
        #[pin]
        source: S,
        running: Vec<Pin<Box<S::Item>>>,
        limit: usize,
    }
}

// ANCHOR: unfused
impl<S: Stream<Item: Future>> Stream for Unfused<S> {
    type Item = <S::Item as Future>::Output;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        let mut ended = false;
        while this.running.len() < *this.limit {
            match this.source.as_mut().poll_next(cx) {
                Poll::Ready(Some(job)) => this.running.push(Box::pin(job)),
                Poll::Ready(None) => {
                    ended = true;
                    break;
                }
                Poll::Pending => break,
            }
        }
        // ANCHOR_END: unfused
        for turn in 0..this.running.len() {
            if let Poll::Ready(output) = this.running[turn].as_mut().poll(cx) {
                drop(this.running.remove(turn));
                return Poll::Ready(Some(output));
            }
        }
        if this.running.is_empty() && ended {
            return Poll::Ready(None);
        }
        Poll::Pending
    }
}

impl<S: Stream> Unfused<S> {
    /// `source`의 퓨처를 `limit`개까지 함께 돌린다.
    pub fn new(source: S, limit: usize) -> Self {
        Unfused {
            source,
            running: Vec::new(),
            limit,
        }
    }
}

pin_project! {
    /// 끝난 퓨처의 자리를 마지막 퓨처로 메워, 먼저 시작한 퓨처가 뒤로 밀린다.
    pub struct SwapRemove<S: Stream> {
        #[pin]
        source: S,
        running: Vec<Pin<Box<S::Item>>>,
        limit: usize,
    }
}

impl<S: Stream<Item: Future>> Stream for SwapRemove<S> {
    type Item = <S::Item as Future>::Output;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        while this.running.len() < *this.limit
            && let Poll::Ready(Some(job)) = this.source.as_mut().poll_next(cx)
        {
            this.running.push(Box::pin(job));
        }
        // ANCHOR: swap_remove
        for turn in 0..this.running.len() {
            if let Poll::Ready(output) = this.running[turn].as_mut().poll(cx) {
                drop(this.running.swap_remove(turn));
                return Poll::Ready(Some(output));
            }
        }
        // ANCHOR_END: swap_remove
        Poll::Pending
    }
}

impl<S: Stream> SwapRemove<S> {
    /// 끝나지 않는 `source`의 퓨처를 `limit`개까지 함께 돌린다.
    pub fn new(source: S, limit: usize) -> Self {
        SwapRemove {
            source,
            running: Vec::new(),
            limit,
        }
    }
}

pin_project! {
    /// 값을 버린 다음 또 묻지 않고 `Pending`을 지어낸다.
    pub struct HastyFilter<S, F> {
        #[pin]
        source: S,
        keep: F,
    }
}

impl<S: Stream, F: FnMut(&S::Item) -> bool> Stream for HastyFilter<S, F> {
    type Item = S::Item;

    // ANCHOR: hasty
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let this = self.project();
        match this.source.poll_next(cx) {
            Poll::Ready(Some(value)) if !(this.keep)(&value) => Poll::Pending,
            poll => poll,
        }
    }
    // ANCHOR_END: hasty
}

impl<S, F> HastyFilter<S, F> {
    /// `keep`이 참인 값만 남긴다.
    pub fn new(source: S, keep: F) -> Self {
        HastyFilter { source, keep }
    }
}
