//! 둘을 함께 기다린다.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::maybe_done::MaybeDone;

// ANCHOR: join
pin_project! {
    /// `join`이 돌려주는 퓨처.
    #[must_use = "폴링해야 시작한다"]
    pub struct Join<A: Future, B: Future> {
        #[pin] a: MaybeDone<A>,
        #[pin] b: MaybeDone<B>,
    }
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        // 둘 다 묻고 나서 판단한다. a가 Pending이어도 b는 나아가야 한다.
        let (a, b) = (this.a.as_mut().poll(cx), this.b.as_mut().poll(cx));
        ready!(a);
        ready!(b);
        Poll::Ready((
            this.a.take().expect("끝났다"),
            this.b.take().expect("끝났다"),
        ))
    }
}
// ANCHOR_END: join

/// 둘이 모두 끝나면 두 결과를 돌려준다.
///
/// 끝나기 전에 버리면 둘 다 버려진다. `Ready`를 돌려준 뒤에 폴링하면 패닉한다.
pub fn join<A: Future, B: Future>(a: A, b: B) -> Join<A, B> {
    let (a, b) = (MaybeDone::new(a), MaybeDone::new(b));
    Join { a, b }
}

pin_project! {
    /// `try_join`이 돌려주는 퓨처.
    #[must_use = "폴링해야 시작한다"]
    pub struct TryJoin<A: Future, B: Future> {
        #[pin] a: MaybeDone<A>,
        #[pin] b: MaybeDone<B>,
    }
}

impl<A, B, T, U, E> Future for TryJoin<A, B>
where
    A: Future<Output = Result<T, E>>,
    B: Future<Output = Result<U, E>>,
{
    type Output = Result<(T, U), E>;

    // ANCHOR: try_join
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let a = this.a.as_mut().poll(cx);
        if let Some(Err(_)) = this.a.as_mut().value() {
            this.b.take(); // 남은 쪽은 결과를 기다리지 않고 버린다.
            return Poll::Ready(Err(failure(this.a)));
        }
        let b = this.b.as_mut().poll(cx);
        if let Some(Err(_)) = this.b.as_mut().value() {
            this.a.take();
            return Poll::Ready(Err(failure(this.b)));
        }
        ready!(a);
        ready!(b);
        Poll::Ready(Ok((success(this.a), success(this.b))))
    }
    // ANCHOR_END: try_join
}

fn success<T, E>(place: Pin<&mut MaybeDone<impl Future<Output = Result<T, E>>>>) -> T {
    match place.take() {
        Some(Ok(value)) => value,
        _ => unreachable!("성공으로 끝났다"),
    }
}

fn failure<T, E>(place: Pin<&mut MaybeDone<impl Future<Output = Result<T, E>>>>) -> E {
    match place.take() {
        Some(Err(error)) => error,
        _ => unreachable!("오류로 끝났다"),
    }
}

/// 둘이 모두 성공하면 두 값을, 하나라도 실패하면 처음 본 오류를 곧바로 돌려준다.
///
/// 실패하면 남은 쪽은 끝나지 않았어도 그 자리에서 버려진다. `Ready`를 돌려준 뒤에 폴링하면 패닉한다.
pub fn try_join<A, B, T, U, E>(a: A, b: B) -> TryJoin<A, B>
where
    A: Future<Output = Result<T, E>>,
    B: Future<Output = Result<U, E>>,
{
    let (a, b) = (MaybeDone::new(a), MaybeDone::new(b));
    TryJoin { a, b }
}
