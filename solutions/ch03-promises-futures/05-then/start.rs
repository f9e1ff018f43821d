//! `A`를 기다리고, 그 값으로 `B`를 만들고, 다시 `B`를 기다리는 퓨처 `Then`을 완성하세요. `async` 블록이라면
//! `next(first.await).await` 한 줄이지만, 이번에는 이름 있는 타입으로 손수 씁니다. `unsafe`는 쓰지 않고
//! `pin-project-lite`로 투영합니다.
//!
//! - `A`와 `B`에 `Unpin`을 요구하지 않습니다. `async` 블록을 그대로 받아야 합니다. `Then`의 바운드를 늘리지
//!   마세요.
//! - 힙에 할당하지 않습니다. `A`와 `B`는 `Then` 안에 있고, 한꺼번에 살아 있지 않으므로 한자리를 나누어 씁니다.
//! - 처음 폴링하기 전에는 아무 일도 하지 않습니다.
//! - `A`가 끝나면 같은 폴링에서 `B`를 만들어 바로 폴링합니다. `A`는 `B`를 폴링하기 전에 버립니다.
//! - `B`가 끝나면 `B`도 그 자리에서 버리고 그 값을 돌려줍니다.
//! - 끝난 다음에 또 폴링하면 패닉합니다.
//!
//! `Then`을 `pin_project_lite::pin_project!`로 감싸고 필요한 표시를 붙이세요. 열거형에 쓸 때는 투영한 타입의
//! 이름을 `#[project = 이름]`으로 정해 주어야 합니다. 이 매크로는 열거형의 필드에 문서 주석(`///`)을 받지 않습니다.

use std::pin::Pin;
use std::task::{Context, Poll};

/// `A`가 끝나면 그 값으로 `B`를 만들어 마저 기다리는 퓨처.
pub enum Then<A, F, B> {
    /// `A`를 기다린다.
    First { first: A, next: Option<F> },
    /// `B`를 기다린다.
    Second { second: B },
    /// 끝났다.
    Done,
}

/// `first`가 끝나면 `next`가 만든 퓨처를 이어서 기다린다.
pub fn then<A, F, B>(first: A, next: F) -> Then<A, F, B>
where
    A: Future,
    F: FnOnce(A::Output) -> B,
    B: Future,
{
    let next = Some(next);
    Then::First { first, next }
}

impl<A, F, B> Future for Then<A, F, B>
where
    A: Future,
    F: FnOnce(A::Output) -> B,
    B: Future,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let _ = cx;
        todo!("지금 기다리는 것을 폴링하고, 끝났으면 다음으로 넘어가세요")
    }
}
