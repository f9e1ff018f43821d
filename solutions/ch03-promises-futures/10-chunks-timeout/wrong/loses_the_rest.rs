// 원천이 끝났다는 말을 그대로 넘깁니다. 모으던 값은 조합자와 함께 버려집니다.
// 잡는 테스트: the_end_hands_out_the_rest, the_source_is_not_asked_after_its_end

use std::mem::take;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::{Fuse, Stream, StreamExt};
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};

pin_project! {
    /// `chunks_timeout`이 돌려주는 스트림.
    #[must_use = "폴링해야 시작한다"]
    pub struct ChunksTimeout<S: Stream> {
        #[pin]
        source: Fuse<S>,
        n: usize,
        d: Duration,
        chunk: Vec<S::Item>,
        // 모으는 중인 묶음의 타이머. 모은 것이 없으면 없다.
        #[pin]
        timer: Option<Sleep>,
    }
}

/// `source`의 값을 `n`개씩 묶는다. 첫 값을 받은 지 `d`가 지났으면 모은 만큼 내놓는다.
///
/// # Panics
///
/// `n`이 0이면 패닉한다. tokio 런타임 밖에서 폴링하면 패닉한다.
pub fn chunks_timeout<S: Stream>(source: S, n: usize, d: Duration) -> ChunksTimeout<S> {
    assert!(n > 0, "0개씩 묶을 수는 없습니다");
    ChunksTimeout {
        source: source.fuse(),
        n,
        d,
        chunk: Vec::new(),
        timer: None,
    }
}

impl<S: Stream> Stream for ChunksTimeout<S> {
    type Item = Vec<S::Item>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        while this.chunk.len() < *this.n {
            match this.source.as_mut().poll_next(cx) {
                Poll::Ready(Some(value)) => {
                    if this.chunk.is_empty() {
                        this.timer.set(Some(sleep(*this.d)));
                    }
                    this.chunk.push(value);
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => match this.timer.as_mut().as_pin_mut() {
                    // 원천이 깨우지 않아도 타이머가 깨우도록, 있는 타이머는 꼭 폴링한다.
                    Some(timer) => {
                        ready!(timer.poll(cx));
                        break;
                    }
                    None => return Poll::Pending,
                },
            }
        }
        this.timer.set(None);
        Poll::Ready(Some(take(this.chunk)))
    }
}
