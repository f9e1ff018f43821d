//! 퓨처를 감싸는 퓨처. 손으로 한 번, pin-project-lite로 한 번.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: counted
/// 속의 퓨처를 몇 번 폴링했는지 세어 함께 돌려준다.
pub struct Counted<F> {
    future: F,
    polls: usize,
}

impl<F> Counted<F> {
    fn project(self: Pin<&mut Self>) -> (Pin<&mut F>, &mut usize) {
        // SAFETY: this로 future를 옮기지 않는다.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: 고정된 Counted의 필드라 함께 고정되어 있다.
        // 이 타입에는 Drop도 없고, future의 &mut를 내주는 메서드도 없다.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        (future, &mut this.polls)
    }
}
// ANCHOR_END: counted

// ANCHOR: counted_poll
impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, usize);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (future, polls) = self.project();
        *polls += 1;
        let output = ready!(future.poll(cx));
        Poll::Ready((output, *polls))
    }
}
// ANCHOR_END: counted_poll

// ANCHOR: lite
pin_project_lite::pin_project! {
    /// `Counted`와 같다. 투영은 매크로가 쓴다.
    pub struct CountedLite<F> {
        #[pin]
        future: F,
        polls: usize,
    }
}

impl<F: Future> Future for CountedLite<F> {
    type Output = (F::Output, usize);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1;
        let output = ready!(this.future.poll(cx));
        Poll::Ready((output, *this.polls))
    }
}
// ANCHOR_END: lite

/// 손으로 쓴 것으로 감싼다.
pub fn counted<F>(future: F) -> Counted<F> {
    Counted { future, polls: 0 }
}

/// 매크로로 쓴 것으로 감싼다.
pub fn counted_lite<F>(future: F) -> CountedLite<F> {
    CountedLite { future, polls: 0 }
}
