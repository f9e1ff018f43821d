// 둘을 `Box::pin`에 담아 투영을 피합니다. 옮겨도 되는 포인터만 쥐므로 옳게 돌지만, 이을 때마다 힙을 두 번 할당합니다.
// 잡는 테스트: it_holds_the_futures_itself

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// `A`가 끝나면 그 값으로 `B`를 만들어 마저 기다리는 퓨처.
pub struct Then<A, F, B> {
    stage: Stage<A, F, B>,
}

enum Stage<A, F, B> {
    First(Pin<Box<A>>, Option<F>),
    Second(Pin<Box<B>>),
    Done,
}

// 고정해야 할 것은 모두 힙에 있다.
impl<A, F, B> Unpin for Then<A, F, B> {}

/// `first`가 끝나면 `next`가 만든 퓨처를 이어서 기다린다.
pub fn then<A, F, B>(first: A, next: F) -> Then<A, F, B>
where
    A: Future,
    F: FnOnce(A::Output) -> B,
    B: Future,
{
    let stage = Stage::First(Box::pin(first), Some(next));
    Then { stage }
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
            match &mut self.stage {
                Stage::First(first, next) => {
                    let value = ready!(first.as_mut().poll(cx));
                    let next = next.take().expect("first는 한 번만 끝난다");
                    self.stage = Stage::Second(Box::pin(next(value)));
                }
                Stage::Second(second) => {
                    let output = ready!(second.as_mut().poll(cx));
                    self.stage = Stage::Done;
                    return Poll::Ready(output);
                }
                Stage::Done => panic!("끝난 퓨처를 폴링했다"),
            }
        }
    }
}
