// 끝났다는 것을 기억하지 않습니다. 또 폴링하면 끝난 반복자에서 다시 꺼내고, 같은 합을 한 번 더 돌려줍니다. 잘못 폴링한 쪽은 아무것도 모릅니다.
// 잡는 테스트: polling_after_the_end_panics

use std::pin::Pin;
use std::task::{Context, Poll};

/// 반복자의 수를 나누어 더하는 퓨처. 끝나면 합을 준다.
pub struct Sum<I> {
    numbers: I,
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
        numbers,
        at_most,
        total: 0,
    }
}

impl<I: Iterator<Item = u64> + Unpin> Future for Sum<I> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let this = self.get_mut();
        for _ in 0..this.at_most {
            let Some(number) = this.numbers.next() else {
                return Poll::Ready(this.total);
            };
            this.total += number;
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
