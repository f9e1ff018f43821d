//! 로그를 한 줄씩 저장소에 보내면 느리고, 많이 모아 보내면 한가할 때 오래 묵습니다. 많이 모였거나 오래 기다렸으면
//! 내놓는 `chunks_timeout`을 완성하세요.
//!
//! - 원천의 값을 차례대로 모아, `n`개가 되면 곧바로 묶음으로 내놓습니다.
//! - `n`개가 되지 않았어도 묶음의 첫 값을 받은 지 `d`가 지나면 그때까지 모은 것을 내놓습니다. 값이 더 온다고 시간을
//!   다시 재지 않습니다. 다음 묶음의 시간은 그 묶음의 첫 값부터 새로 잽니다.
//! - 시간이 다 되었을 때 이미 와 있는 값은 그 묶음에 담습니다. 빈 묶음은 내놓지 않습니다.
//! - 원천이 끝나면 모으던 것을 시간을 기다리지 않고 내놓은 다음 끝냅니다.
//! - 원천이 끝났다고 한 다음에는 원천에 다시 묻지 않고, 물을 때마다 `None`을 줍니다.
//! - 런타임 밖에서 만들어도 되고, 처음 폴링할 때까지 아무것도 시작하지 않습니다.
//! - `n`이 0이면 `chunks_timeout`을 부른 자리에서 패닉합니다.
//!
//! 타이머는 tokio의 `sleep`을 씁니다. 테스트는 가상 시간으로 돌므로 정말로 기다리지 않습니다.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// `chunks_timeout`이 돌려주는 스트림.
    #[must_use = "폴링해야 시작한다"]
    pub struct ChunksTimeout<S: Stream> {
        #[pin]
        source: S,
        n: usize,
        d: Duration,
        // 더 기억할 것을 여기에 적으세요. 고정해서 폴링할 것에는 #[pin]을 붙입니다.
    }
}

/// `source`의 값을 `n`개씩 묶는다. 첫 값을 받은 지 `d`가 지났으면 모은 만큼 내놓는다.
///
/// # Panics
///
/// `n`이 0이면 패닉한다. tokio 런타임 밖에서 폴링하면 패닉한다.
pub fn chunks_timeout<S: Stream>(source: S, n: usize, d: Duration) -> ChunksTimeout<S> {
    ChunksTimeout { source, n, d }
}

impl<S: Stream> Stream for ChunksTimeout<S> {
    type Item = Vec<S::Item>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        let _ = (this.source, cx);
        todo!("{}개가 모이거나 {:?}가 지나면 내놓으세요", this.n, this.d)
    }
}
