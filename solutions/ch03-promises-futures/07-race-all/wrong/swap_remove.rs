// 이긴 퓨처의 자리를 마지막 퓨처로 메웁니다. 값은 맞지만 나머지의 차례가 뒤섞여, 돌려받은 목록의 몇째가 어느 서버인지 알 수 없습니다.
// 잡는 테스트: the_rest_keeps_its_order

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
    assert!(!futures.is_empty(), "먼저 끝날 퓨처가 하나도 없습니다");
    RaceAll { futures }
}

impl<F: Future + Unpin> Future for RaceAll<F> {
    type Output = (usize, F::Output, Vec<F>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        for at in 0..self.futures.len() {
            if let Poll::Ready(output) = Pin::new(&mut self.futures[at]).poll(cx) {
                let mut rest = mem::take(&mut self.futures);
                drop(rest.swap_remove(at));
                return Poll::Ready((at, output, rest));
            }
        }
        Poll::Pending
    }
}
