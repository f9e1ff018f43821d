// `..=`로 세어 폴링마다 하나씩 더 꺼냅니다. 합이 맞아서 눈에 띄지 않지만 약속한 것보다 늦게 양보합니다.
// 잡는 테스트: each_poll_takes_its_share, a_full_share_yields_without_looking, every_pending_wakes_once, the_latest_waker_is_woken

use std::pin::Pin;
use std::task::{Context, Poll};

/// 반복자의 수를 나누어 더하는 퓨처. 끝나면 합을 준다.
pub struct Sum<I> {
    numbers: Option<I>,
    at_most: usize,
    total: u64,
}

/// `numbers`를 `at_most`개씩 나누어 더하는 퓨처를 만든다.
///
/// # Panics
///
/// `at_most`가 0이면 패닉한다.
pub fn sum<I>(numbers: I, at_most: usize) -> Sum<I> {
    assert!(at_most > 0, "하나도 꺼내지 않으면 끝나지 않습니다");
    Sum {
        numbers: Some(numbers),
        at_most,
        total: 0,
    }
}

impl<I: Iterator<Item = u64> + Unpin> Future for Sum<I> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let this = self.get_mut();
        let numbers = this.numbers.as_mut().expect("끝난 퓨처를 폴링했다");
        for _ in 0..=this.at_most {
            let Some(number) = numbers.next() else {
                this.numbers = None;
                return Poll::Ready(this.total);
            };
            this.total += number;
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
