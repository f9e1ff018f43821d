//! 스트림 하나를 감싸는 조합자.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Stream;
use pin_project_lite::pin_project;

// ANCHOR: map
pin_project! {
    /// 값마다 함수를 씌운다.
    pub struct Map<S, F> {
        #[pin]
        source: S,
        f: F,
    }
}

impl<S: Stream, T, F: FnMut(S::Item) -> T> Stream for Map<S, F> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.project();
        this.source.poll_next(cx).map(|value| value.map(this.f))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.source.size_hint()
    }
}
// ANCHOR_END: map

pin_project! {
    /// 조건에 맞는 값만 남긴다.
    pub struct Filter<S, F> {
        #[pin]
        source: S,
        keep: F,
    }
}

// ANCHOR: filter
impl<S: Stream, F: FnMut(&S::Item) -> bool> Stream for Filter<S, F> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        // 버린 값 다음도 물어야 한다. 여기서 Pending을 지어내면 깨워 줄 사람이 없다.
        while let Some(value) = ready!(this.source.as_mut().poll_next(cx)) {
            if (this.keep)(&value) {
                return Poll::Ready(Some(value));
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.source.size_hint().1) // 모두 버릴 수도 있다.
    }
}
// ANCHOR_END: filter

pin_project! {
    /// 값마다 퓨처를 만들어 끝까지 기다린다.
    pub struct Then<S, T, F> {
        #[pin]
        source: S,
        #[pin]
        running: Option<T>,
        f: F,
    }
}

// ANCHOR: then
impl<S: Stream, T: Future, F: FnMut(S::Item) -> T> Stream for Then<S, T, F> {
    type Item = T::Output;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T::Output>> {
        let mut this = self.project();
        loop {
            if let Some(running) = this.running.as_mut().as_pin_mut() {
                let output = ready!(running.poll(cx));
                this.running.set(None);
                return Poll::Ready(Some(output));
            }
            let Some(value) = ready!(this.source.as_mut().poll_next(cx)) else {
                return Poll::Ready(None);
            };
            this.running.set(Some((this.f)(value)));
        }
    }
    // ANCHOR_END: then

    fn size_hint(&self) -> (usize, Option<usize>) {
        let running = usize::from(self.running.is_some());
        let (low, high) = self.source.size_hint();
        (
            low.saturating_add(running),
            high.and_then(|high| high.checked_add(running)),
        )
    }
}

impl<S, F> Map<S, F> {
    pub(crate) fn new(source: S, f: F) -> Self {
        Map { source, f }
    }
}

impl<S, F> Filter<S, F> {
    pub(crate) fn new(source: S, keep: F) -> Self {
        Filter { source, keep }
    }
}

impl<S, T, F> Then<S, T, F> {
    pub(crate) fn new(source: S, f: F) -> Self {
        Then {
            source,
            running: None,
            f,
        }
    }
}
