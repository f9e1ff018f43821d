//! 여럿 가운데 먼저 끝난 것을 고르고, 나머지는 하던 그대로 돌려준다.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// `race_all`이 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct RaceAll<F> {
    futures: Vec<F>,
}

/// 가장 먼저 끝난 퓨처의 번호와 결과, 그리고 나머지 퓨처를 돌려준다.
///
/// # Panics
///
/// 빈 목록이면 패닉한다.
pub fn race_all<F: Future + Unpin>(futures: Vec<F>) -> RaceAll<F> {
    assert!(!futures.is_empty(), "먼저 끝날 퓨처가 하나도 없습니다");
    RaceAll { futures }
}

impl<F: Future + Unpin> Future for RaceAll<F> {
    type Output = (usize, F::Output, Vec<F>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut asked = self.futures.iter_mut().enumerate();
        let won = asked.find_map(|(at, future)| match Pin::new(future).poll(cx) {
            Poll::Ready(output) => Some((at, output)),
            Poll::Pending => None,
        });
        let Some((at, output)) = won else {
            return Poll::Pending;
        };
        let mut rest = mem::take(&mut self.futures);
        drop(rest.remove(at));
        Poll::Ready((at, output, rest))
    }
}
