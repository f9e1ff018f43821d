// `B`를 만들고는 폴링하지 않은 채 `Pending`을 돌려줍니다. `A`는 이미 끝났고 `B`는 `Waker`를 받은 적이 없으니, 실행기는 이 퓨처를 다시 폴링하지 않습니다.
// 잡는 테스트: the_second_is_polled_at_once, every_pending_comes_from_inside, pinned_boxes_may_be_swapped, polling_after_the_end_panics, the_second_is_dropped_when_it_ends

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
        match self.as_mut().project() {
            Stage::First { first, next } => {
                let value = ready!(first.poll(cx));
                let next = next.take().expect("first는 한 번만 끝난다");
                let second = next(value);
                self.set(Then::Second { second });
                Poll::Pending
            }
            Stage::Second { second } => {
                let output = ready!(second.poll(cx));
                self.set(Then::Done);
                Poll::Ready(output)
            }
            Stage::Done => panic!("끝난 퓨처를 폴링했다"),
        }
    }
}
