//! 둘 가운데 먼저 끝난 쪽을 고른다.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

// ANCHOR: either
/// 둘 가운데 하나.
#[derive(Debug, PartialEq)]
pub enum Either<A, B> {
    /// 왼쪽.
    Left(A),
    /// 오른쪽.
    Right(B),
}
// ANCHOR_END: either
use Either::{Left, Right};

// ANCHOR: select
/// `select`가 돌려주는 퓨처.
#[must_use = "폴링해야 시작한다"]
pub struct Select<A, B> {
    pair: Option<(A, B)>,
    right_first: bool,
}

/// 먼저 끝난 쪽의 결과와, 아직 끝나지 않은 쪽의 퓨처를 돌려준다. 늘 왼쪽부터 묻는다.
///
/// 끝나기 전에 버리면 둘 다 버려진다. `Ready`를 돌려준 뒤에 폴링하면 패닉한다.
pub fn select<A: Future + Unpin, B: Future + Unpin>(left: A, right: B) -> Select<A, B> {
    let pair = Some((left, right));
    Select {
        pair,
        right_first: false,
    }
}
// ANCHOR_END: select

// ANCHOR: poll
impl<A: Future + Unpin, B: Future + Unpin> Future for Select<A, B> {
    type Output = Either<(A::Output, B), (B::Output, A)>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let right_first = self.right_first;
        let pair = self.pair.as_mut();
        let (left, right) = pair.expect("끝난 select를 다시 폴링했다");
        for ask_right in [right_first, !right_first] {
            let won = match ask_right {
                false => Pin::new(&mut *left).poll(cx).map(Left),
                true => Pin::new(&mut *right).poll(cx).map(Right),
            };
            if let Poll::Ready(won) = won {
                let (left, right) = self.pair.take().expect("방금 폴링했다");
                return Poll::Ready(match won {
                    Left(value) => Left((value, right)),
                    Right(value) => Right((value, left)),
                });
            }
        }
        Poll::Pending
    }
}
// ANCHOR_END: poll

// ANCHOR: turns
/// `select`할 때마다 먼저 물을 쪽을 번갈아 정한다.
#[derive(Default)]
pub struct Turns {
    right_first: Cell<bool>,
}

impl Turns {
    /// 이번에 먼저 물은 쪽은 다음번에 나중에 묻는다.
    pub fn select<A: Future + Unpin, B: Future + Unpin>(&self, left: A, right: B) -> Select<A, B> {
        let right_first = self.right_first.replace(!self.right_first.get());
        Select {
            right_first,
            ..select(left, right)
        }
    }
}
// ANCHOR_END: turns
