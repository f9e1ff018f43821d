// 깨우지 않고 `Pending`을 돌려줍니다. 알아서 다시 폴링하는 테스트에서는 끝나지만, 실행기는 깨우지 않은 태스크를 다시 폴링하지 않으므로 합이 영영 나오지 않습니다.
// 잡는 테스트: every_pending_wakes_once, the_latest_waker_is_woken

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
        let _ = cx;
        let numbers = this.numbers.as_mut().expect("끝난 퓨처를 폴링했다");
        for _ in 0..this.at_most {
            let Some(number) = numbers.next() else {
                this.numbers = None;
                return Poll::Ready(this.total);
            };
            this.total += number;
        }
        Poll::Pending
    }
}
