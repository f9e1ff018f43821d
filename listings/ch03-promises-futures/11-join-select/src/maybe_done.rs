//! 아직 기다리거나, 끝나서 결과를 쥐고 있는 퓨처.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

// ANCHOR: state
pin_project! {
    /// 먼저 끝난 결과를 다른 쪽이 끝날 때까지 쥐고 있는 자리.
    #[project = Place]
    #[project_replace = Taken]
    pub enum MaybeDone<F: Future> {
        /// 아직 끝나지 않았다.
        Waiting { #[pin] future: F },
        /// 끝났고 결과를 아직 꺼내지 않았다.
        Done { value: F::Output },
        /// 결과를 꺼냈거나 버렸다.
        Gone,
    }
}
// ANCHOR_END: state

// ANCHOR: poll
impl<F: Future> Future for MaybeDone<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.as_mut().project() {
            Place::Waiting { future } => {
                let value = ready!(future.poll(cx));
                self.set(MaybeDone::Done { value }); // 끝난 퓨처는 여기서 버려진다.
                Poll::Ready(())
            }
            Place::Done { .. } => Poll::Ready(()),
            Place::Gone => panic!("결과를 꺼낸 뒤에 폴링했다"),
        }
    }
}

impl<F: Future> MaybeDone<F> {
    /// 결과를 꺼낸다. 아직 끝나지 않았으면 퓨처를 버리고 `None`을 돌려준다.
    pub fn take(self: Pin<&mut Self>) -> Option<F::Output> {
        match self.project_replace(MaybeDone::Gone) {
            Taken::Done { value } => Some(value),
            Taken::Waiting { .. } | Taken::Gone => None,
        }
    }
    // ANCHOR_END: poll

    /// `future`를 기다리는 자리를 만든다.
    pub fn new(future: F) -> MaybeDone<F> {
        MaybeDone::Waiting { future }
    }

    /// 결과를 꺼내지 않고 본다.
    pub fn value(self: Pin<&mut Self>) -> Option<&F::Output> {
        match self.project() {
            Place::Done { value } => Some(value),
            Place::Waiting { .. } | Place::Gone => None,
        }
    }

    /// 아직 끝나지 않았는가.
    pub fn is_waiting(&self) -> bool {
        matches!(self, MaybeDone::Waiting { .. })
    }
}
