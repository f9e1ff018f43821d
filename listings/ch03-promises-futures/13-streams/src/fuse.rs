//! 끝난 것을 기억하는 스트림.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Stream;
use pin_project_lite::pin_project;

// ANCHOR: fuse
pin_project! {
    /// 끝난 스트림을 버린다. 그 뒤로는 물을 때마다 `None`이다.
    pub struct Fuse<S> {
        #[pin]
        source: Option<S>,
    }
}

impl<S: Stream> Stream for Fuse<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        let Some(source) = this.source.as_mut().as_pin_mut() else {
            return Poll::Ready(None);
        };
        let value = ready!(source.poll_next(cx));
        if value.is_none() {
            this.source.set(None);
        }
        Poll::Ready(value)
    }
    // ANCHOR_END: fuse

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.source {
            Some(source) => source.size_hint(),
            None => (0, Some(0)),
        }
    }
}

impl<S> Fuse<S> {
    /// `source`를 감싼다.
    pub fn new(source: S) -> Fuse<S> {
        Fuse {
            source: Some(source),
        }
    }

    /// `None`을 돌려준 적이 있는가.
    pub fn is_done(&self) -> bool {
        self.source.is_none()
    }
}
