//! 값이 처음 나오는 스트림.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::Stream;
use tokio::time::{Instant, Sleep, sleep};

// ANCHOR: iter
/// 반복자의 값을 내놓는다. 기다리는 일이 없다.
pub struct Iter<I>(I);

/// 반복자를 스트림으로 바꾼다.
pub fn iter<I: IntoIterator>(values: I) -> Iter<I::IntoIter> {
    Iter(values.into_iter())
}

impl<I: Iterator + Unpin> Stream for Iter<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
// ANCHOR_END: iter

// ANCHOR: ticker
/// `period`마다 그 시각을 내놓는다. 끝나지 않는다. 밀린 시각은 물을 때 잇달아 내놓는다.
pub struct Ticker {
    sleep: Pin<Box<Sleep>>,
    period: Duration,
}

impl Stream for Ticker {
    type Item = Instant;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Instant>> {
        ready!(self.sleep.as_mut().poll(cx));
        let at = self.sleep.deadline();
        let next = at + self.period;
        self.sleep.as_mut().reset(next);
        Poll::Ready(Some(at))
    }
}
// ANCHOR_END: ticker

impl Ticker {
    /// 첫 시각은 `period` 뒤이다. tokio 런타임 안에서 불러야 하며, 아니면 패닉한다.
    pub fn new(period: Duration) -> Ticker {
        Ticker {
            sleep: Box::pin(sleep(period)),
            period,
        }
    }
}
