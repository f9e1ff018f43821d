//! 퓨처 둘을 잇는 퓨처.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pin_project! {
    /// `A`가 끝나면 그 값으로 `B`를 만들어 마저 기다리는 퓨처.
    // pin-project-lite는 갈래의 필드에 문서 주석을 받지 않는다.
    #[allow(missing_docs)]
    #[project = Stage]
    pub enum Then<A, F, B> {
        /// `A`를 기다린다.
        First {
            #[pin]
            first: A,
            next: Option<F>,
        },
        /// `B`를 기다린다.
        Second {
            #[pin]
            second: B,
        },
        /// 끝났다.
        Done,
    }
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

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        loop {
            match self.as_mut().project() {
                Stage::First { first, next } => {
                    let value = ready!(first.poll(cx));
                    let next = next.take().expect("first는 한 번만 끝난다");
                    let second = next(value);
                    self.set(Then::Second { second });
                }
                Stage::Second { second } => {
                    let output = ready!(second.poll(cx));
                    self.set(Then::Done);
                    return Poll::Ready(output);
                }
                Stage::Done => panic!("끝난 퓨처를 폴링했다"),
            }
        }
    }
}
