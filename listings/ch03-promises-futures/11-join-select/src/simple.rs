//! 깨어날 때마다 끝나지 않은 것을 모두 폴링하는 `join_all`.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::maybe_done::MaybeDone;

// ANCHOR: poll_all
/// `join_all`이 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct PollAll<F: Future>(Vec<Pin<Box<MaybeDone<F>>>>);

impl<F: Future> Future for PollAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut all_done = true;
        for child in &mut self.0 {
            all_done &= child.as_mut().poll(cx).is_ready();
        }
        if !all_done {
            return Poll::Pending;
        }
        let take = |child: &mut Pin<Box<MaybeDone<F>>>| child.as_mut().take().expect("끝났다");
        Poll::Ready(self.0.iter_mut().map(take).collect())
    }
}
// ANCHOR_END: poll_all

/// 모두 끝나면 결과를 넣은 차례대로 돌려준다.
pub fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> PollAll<F> {
    let wait = |future| Box::pin(MaybeDone::new(future));
    PollAll(futures.into_iter().map(wait).collect())
}
