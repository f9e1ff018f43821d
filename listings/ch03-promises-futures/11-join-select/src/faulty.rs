//! 함께 기다리는 것처럼 보이지만 아닌 꼴들.

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

use pin_project_lite::pin_project;

use crate::maybe_done::MaybeDone;
use crate::ready_set::ReadySet;

// ANCHOR: short_join
pin_project! {
    /// 왼쪽이 `Pending`이면 오른쪽은 묻지도 않고 돌아가는 `join`.
    pub struct ShortJoin<A: Future, B: Future> {
        #[pin] a: MaybeDone<A>,
        #[pin] b: MaybeDone<B>,
    }
}

impl<A: Future, B: Future> Future for ShortJoin<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        ready!(this.a.as_mut().poll(cx));
        ready!(this.b.as_mut().poll(cx));
        Poll::Ready((
            this.a.take().expect("끝났다"),
            this.b.take().expect("끝났다"),
        ))
    }
}
// ANCHOR_END: short_join

/// 둘이 모두 끝나면 두 결과를 돌려준다. 왼쪽이 끝나야 오른쪽을 시작한다.
pub fn short_join<A: Future, B: Future>(a: A, b: B) -> ShortJoin<A, B> {
    let (a, b) = (MaybeDone::new(a), MaybeDone::new(b));
    ShortJoin { a, b }
}

// ANCHOR: take_apart
/// 목록부터 비우고, 락을 다시 얻어 부모를 맡는 `ReadySet::take`.
pub fn take_apart(set: &ReadySet, parent: &Waker, batch: &mut Vec<usize>) {
    set.lock().move_to(batch);
    set.lock().parent.clone_from(parent);
}
// ANCHOR_END: take_apart
