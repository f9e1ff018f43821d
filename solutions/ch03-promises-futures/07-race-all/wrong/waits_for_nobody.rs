// 빈 목록을 막지 않습니다. 깨울 퓨처가 하나도 없는데 `Pending`을 돌려주므로, 기다리는 태스크는 오류도 없이 영영 멈춥니다.
// 잡는 테스트: an_empty_list_panics_at_once

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// `race_all`이 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct RaceAll<F> {
    futures: Vec<F>,
}

/// 가장 먼저 끝난 퓨처의 번호와 결과, 그리고 나머지 퓨처를 돌려준다.
pub fn race_all<F: Future + Unpin>(futures: Vec<F>) -> RaceAll<F> {
    RaceAll { futures }
}

impl<F: Future + Unpin> Future for RaceAll<F> {
    type Output = (usize, F::Output, Vec<F>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        for at in 0..self.futures.len() {
            if let Poll::Ready(output) = Pin::new(&mut self.futures[at]).poll(cx) {
                let mut rest = mem::take(&mut self.futures);
                drop(rest.remove(at));
                return Poll::Ready((at, output, rest));
            }
        }
        Poll::Pending
    }
}
