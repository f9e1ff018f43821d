//! 깨어난 자식만 폴링하는 `join_all`.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::maybe_done::MaybeDone;
use crate::ready_set::{ReadySet, child_waker};

// ANCHOR: children
/// `join_all`이 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct JoinAll<F: Future> {
    children: Vec<(Pin<Box<MaybeDone<F>>>, Waker)>,
    waiting: usize,
    ready: Arc<ReadySet>,
    batch: Vec<usize>,
}
// ANCHOR_END: children

// ANCHOR: join_all
/// 모두 끝나면 결과를 넣은 차례대로 돌려준다. 깨어난 것만 폴링한다.
///
/// 끝나기 전에 버리면 남은 것이 모두 버려진다. `Ready`를 돌려준 뒤에 폴링하면 패닉한다.
pub fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> JoinAll<F> {
    let wait = |future| Box::pin(MaybeDone::new(future));
    let children: Vec<_> = futures.into_iter().map(wait).collect();
    let waiting = children.len();
    let ready = Arc::new(ReadySet::all(waiting));
    let wakers = (0..waiting).map(|index| child_waker(&ready, index));
    let children = children.into_iter().zip(wakers).collect();
    let batch = Vec::new();
    JoinAll {
        children,
        waiting,
        ready,
        batch,
    }
}
// ANCHOR_END: join_all

// ANCHOR: poll
impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        this.ready.take(cx.waker(), &mut this.batch);
        for index in this.batch.drain(..) {
            let (child, waker) = &mut this.children[index];
            // 끝난 자식도 남은 Waker가 깨울 수 있다. 그때는 세지 않는다.
            if child.is_waiting() {
                let poll = child.as_mut().poll(&mut Context::from_waker(waker));
                this.waiting -= usize::from(poll.is_ready());
            }
        }
        if this.waiting > 0 {
            return Poll::Pending;
        }
        let values = this.children.iter_mut().map(|(child, _)| child.as_mut());
        Poll::Ready(
            values
                .map(|child| child.take().expect("한 번만 끝난다"))
                .collect(),
        )
    }
}
// ANCHOR_END: poll
