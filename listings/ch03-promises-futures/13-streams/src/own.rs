//! `futures`의 `Stream`과 같은 모양의 트레이트.

use std::pin::Pin;
use std::task::{Context, Poll};

// ANCHOR: own
/// 값을 하나씩, 준비되는 대로 내놓는다.
pub trait Stream {
    /// 내놓는 값.
    type Item;

    /// 다음 값을 묻는다. `Ready(None)`이면 끝났으니 다시 묻지 않는다.
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// 남은 값의 수를 아래와 위로 어림한다. 모르면 그대로 둔다.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }
}
// ANCHOR_END: own

// ANCHOR: same
/// 모양이 같아서 넘기기만 하면 된다.
impl<S: futures::Stream + ?Sized> Stream for S {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        futures::Stream::poll_next(self, cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        futures::Stream::size_hint(self)
    }
}
// ANCHOR_END: same
