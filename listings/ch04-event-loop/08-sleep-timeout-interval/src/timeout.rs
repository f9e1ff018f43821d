//! 퓨처를 정한 시간까지만 기다린다.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::sleep::{Sleep, sleep};

// ANCHOR: timeout
pin_project! {
    /// 정한 시간까지만 기다리는 퓨처. 버리면 기다리던 퓨처도 버려진다.
    #[must_use = "폴링해야 기다린다"]
    pub struct Timeout<F> {
        #[pin]
        future: F,
        #[pin]
        sleep: Sleep,
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        match this.future.poll(cx) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => this.sleep.poll(cx).map(|()| Err(Elapsed)),
        }
    }
}
// ANCHOR_END: timeout

/// 퓨처를 `duration`까지만 기다리고, 늦으면 [`Elapsed`]를 돌려준다. 부른 때부터 센다.
///
/// 끝난 것과 시간이 다 된 것이 같은 때이면 끝난 쪽을 돌려준다. 끝나기 전에 버려도 된다.
pub fn timeout<F: Future>(duration: Duration, future: F) -> Timeout<F> {
    let sleep = sleep(duration);
    Timeout { future, sleep }
}

/// 시간 안에 끝나지 않았다.
#[derive(Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("시간 안에 끝나지 않았습니다")
    }
}

impl std::error::Error for Elapsed {}
