// 둘을 필드에 나란히 둡니다. `A`가 끝난 뒤에도 `Then`이 버려질 때까지 살아 있어서, `A`가 쥔 것이 `B`를 기다리는 내내 붙잡혀 있습니다. 크기도 둘을 더한 만큼입니다.
// 잡는 테스트: the_first_is_dropped_before_the_second_is_polled, it_takes_the_room_of_the_larger_one

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pin_project! {
    /// `A`가 끝나면 그 값으로 `B`를 만들어 마저 기다리는 퓨처.
    pub struct Then<A, F, B> {
        #[pin]
        first: A,
        next: Option<F>,
        #[pin]
        second: Option<B>,
        done: bool,
    }
}

/// `first`가 끝나면 `next`가 만든 퓨처를 이어서 기다린다.
pub fn then<A, F, B>(first: A, next: F) -> Then<A, F, B>
where
    A: Future,
    F: FnOnce(A::Output) -> B,
    B: Future,
{
    Then {
        first,
        next: Some(next),
        second: None,
        done: false,
    }
}

impl<A, F, B> Future for Then<A, F, B>
where
    A: Future,
    F: FnOnce(A::Output) -> B,
    B: Future,
{
    type Output = B::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let mut this = self.as_mut().project();
        assert!(!*this.done, "끝난 퓨처를 폴링했다");
        if this.next.is_some() {
            let value = ready!(this.first.poll(cx));
            let second = this.next.take().map(|next| next(value));
            this.second.set(second);
        }
        let second = this.second.as_mut().as_pin_mut().expect("방금 만들었다");
        let output = ready!(second.poll(cx));
        this.second.set(None);
        *this.done = true;
        Poll::Ready(output)
    }
}
