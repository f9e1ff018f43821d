// 앞의 퓨처가 `Pending`이면 `ready!`가 그 자리에서 돌아갑니다. 뒤의 퓨처는 시작하지도 못하므로 늘 맨 앞이 이깁니다.
// 잡는 테스트: basic_the_first_to_finish_wins, every_future_starts, any_answer_wakes_the_task_that_waits, racing_on_tells_who_came_when, the_front_one_wins_a_tie, the_rest_keeps_its_order

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

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
        let future = self.futures.first_mut().expect("비지 않았다");
        let output = ready!(Pin::new(future).poll(cx));
        let mut rest = mem::take(&mut self.futures);
        drop(rest.remove(0));
        Poll::Ready((0, output, rest))
    }
}
