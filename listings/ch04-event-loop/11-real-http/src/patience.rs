//! 상대가 꼼짝하지 않는 시간을 잰다.

use std::io::{ErrorKind, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use ch04_10_mini_runtime::time::{Sleep, sleep};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use crate::BoxError;

// ANCHOR: patience
/// 나아가지 못하는 동안만 재는 시계. 조금이라도 나아가면 처음부터 다시 잰다.
pub struct Patience {
    limit: Option<Duration>,
    sleep: Option<Sleep>,
}

impl Patience {
    /// `limit`가 `None`이면 언제까지나 기다린다.
    pub fn new(limit: Option<Duration>) -> Patience {
        Patience { limit, sleep: None }
    }

    /// `progress`가 `Pending`인 채로 한도가 지나면 `TimedOut` 오류를 돌려준다.
    pub fn watch<T>(&mut self, cx: &mut Context<'_>, progress: Poll<T>) -> Poll<Result<T>> {
        let (true, Some(limit)) = (progress.is_pending(), self.limit) else {
            self.sleep = None;
            return progress.map(Ok);
        };
        let sleep = self.sleep.get_or_insert_with(|| sleep(limit));
        let expired = Pin::new(sleep).poll(cx);
        expired.map(|()| Err(ErrorKind::TimedOut.into()))
    }
}
// ANCHOR_END: patience

// ANCHOR: patient
/// 오는 본문. 다음 조각이 한도 안에 오지 않으면 오류로 끝난다.
pub struct Patient {
    body: Incoming,
    patience: Patience,
}

impl Body for Patient {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let frame = Pin::new(&mut this.body).poll_frame(cx);
        let frame = ready!(this.patience.watch(cx, frame))?;
        Poll::Ready(frame.map(|frame| Ok(frame?)))
    }
    // ANCHOR_END: patient

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Patient {
    pub(crate) fn new(body: Incoming, limit: Option<Duration>) -> Patient {
        let patience = Patience::new(limit);
        Patient { body, patience }
    }
}
