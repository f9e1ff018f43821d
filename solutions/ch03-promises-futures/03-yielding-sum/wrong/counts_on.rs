// 센 수를 폴링마다 처음으로 되돌리지 않습니다. 처음 한 번만 `at_most`개를 꺼내고, 그 뒤로는 하나 꺼낼 때마다 양보합니다. 합은 맞지만 폴링이 몇 배로 늘어납니다.
// 잡는 테스트: each_poll_takes_its_share, every_pending_wakes_once

use std::pin::Pin;
use std::task::{Context, Poll};

/// 반복자의 수를 나누어 더하는 퓨처. 끝나면 합을 준다.
pub struct Sum<I> {
    numbers: Option<I>,
    at_most: usize,
    total: u64,
    taken: usize,
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
        taken: 0,
    }
}

impl<I: Iterator<Item = u64> + Unpin> Future for Sum<I> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let this = self.get_mut();
        let numbers = this.numbers.as_mut().expect("끝난 퓨처를 폴링했다");
        for number in numbers {
            this.total += number;
            this.taken += 1;
            if this.taken >= this.at_most {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
        this.numbers = None;
        Poll::Ready(this.total)
    }
}
