//! 판매 기록 수백만 줄을 더하는 태스크가 있습니다. 폴링 한 번에 다 더하면, 그동안 같은 실행기의 다른 태스크는
//! 하나도 폴링되지 못합니다. 조금 더하고 양보하기를 되풀이하는 퓨처 `Sum`을 손으로 쓰세요.
//!
//! - 만들기만 해서는 반복자에서 아무것도 꺼내지 않습니다.
//! - 폴링 한 번에 많아야 `at_most`개를 꺼내 더합니다. 꺼내다가 반복자가 끝나면 그 자리에서 합을 `Ready`로
//!   돌려줍니다.
//! - `at_most`개를 꺼냈으면 더 남았는지 보지 않고 양보합니다. 이번에 받은 `Waker`를 한 번 깨우고 `Pending`을
//!   돌려주는 것이 양보입니다. 실행기는 다른 태스크를 폴링한 다음에 돌아옵니다.
//! - 폴링할 때마다 다른 `Waker`를 받을 수 있습니다. 지난번에 받은 것은 깨우지 않습니다.
//! - 끝난 다음에 또 폴링하면 패닉합니다. 끝난 반복자에서 더 꺼내지 않습니다.

use std::pin::Pin;
use std::task::{Context, Poll};

/// 반복자의 수를 나누어 더하는 퓨처. 끝나면 합을 준다.
pub struct Sum<I> {
    numbers: I,
    at_most: usize,
    // 무엇을 더 기억해야 할까요?
}

/// `numbers`를 `at_most`개씩 나누어 더하는 퓨처를 만든다.
///
/// # Panics
///
/// `at_most`가 0이면 패닉한다.
pub fn sum<I>(numbers: I, at_most: usize) -> Sum<I> {
    assert!(at_most > 0, "하나도 꺼내지 않으면 끝나지 않습니다");
    Sum { numbers, at_most }
}

impl<I: Iterator<Item = u64> + Unpin> Future for Sum<I> {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let _ = (&self.numbers, cx);
        todo!("{}개씩 더하고 양보하세요", self.at_most)
    }
}
