// 끝난 것을 만나고도 끝까지 묻습니다. 한꺼번에 둘이 끝나 있으면 앞의 결과를 뒤의 결과로 덮어써 잃고, 이미 끝난 퓨처를 나머지에 섞어 돌려줍니다.
// 잡는 테스트: the_front_one_wins_a_tie

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
        let mut won = None;
        for (at, future) in self.futures.iter_mut().enumerate() {
            if let Poll::Ready(output) = Pin::new(future).poll(cx) {
                won = Some((at, output));
            }
        }
        let Some((at, output)) = won else {
            return Poll::Pending;
        };
        let mut rest = mem::take(&mut self.futures);
        drop(rest.remove(at));
        Poll::Ready((at, output, rest))
    }
}
