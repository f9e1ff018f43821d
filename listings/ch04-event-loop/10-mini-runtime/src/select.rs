//! 둘 가운데 먼저 끝난 쪽을 고른다.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// 둘 가운데 하나.
#[derive(Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// 왼쪽.
    Left(A),
    /// 오른쪽.
    Right(B),
}

/// 둘 가운데 먼저 끝난 쪽의 결과를 돌려준다. 늘 왼쪽부터 묻고, 끝나지 않은 쪽은 이 퓨처와 함께 버려진다.
pub async fn select<A: Future, B: Future>(left: A, right: B) -> Either<A::Output, B::Output> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|cx| match left.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Either::Left(output)),
        Poll::Pending => right.as_mut().poll(cx).map(Either::Right),
    })
    .await
}
