// `B`가 끝난 다음에도 상태를 그대로 둡니다. 끝난 `B`가 버려지지 않고, 또 폴링하면 끝난 `B`를 다시 폴링합니다.
// 잡는 테스트: the_second_is_dropped_when_it_ends, polling_after_the_end_panics

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pin_project! {
    /// `A`가 끝나면 그 값으로 `B`를 만들어 마저 기다리는 퓨처.
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
                    return second.poll(cx);
                }
                Stage::Done => panic!("끝난 퓨처를 폴링했다"),
            }
        }
    }
}
