// 처음 받은 `Waker`를 복제해 두고 늘 그것을 깨웁니다. 퓨처가 다른 태스크로 옮겨 가면 이미 떠난 쪽만 깨웁니다.
// 잡는 테스트: the_latest_waker_is_woken

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// 반복자의 수를 나누어 더하는 퓨처. 끝나면 합을 준다.
pub struct Sum<I> {
    numbers: Option<I>,
    at_most: usize,
    total: u64,
    first: Option<Waker>,
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
        first: None,
    }
}

impl<I: Iterator<Item = u64> + Unpin> Future for Sum<I> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let this = self.get_mut();
        let numbers = this.numbers.as_mut().expect("끝난 퓨처를 폴링했다");
        for _ in 0..this.at_most {
            let Some(number) = numbers.next() else {
                this.numbers = None;
                return Poll::Ready(this.total);
            };
            this.total += number;
        }
        let waker = this.first.get_or_insert_with(|| cx.waker().clone());
        waker.wake_by_ref();
        Poll::Pending
    }
}
