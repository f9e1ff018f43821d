//! 모든 스트림에 붙는 메서드.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use futures::Stream;

use crate::{BufferUnordered, Buffered, Filter, Map, Then};

// ANCHOR: next
/// 다음 값 하나를 기다리는 퓨처.
pub struct Next<'a, S: ?Sized>(&'a mut S);

impl<S: Stream + Unpin + ?Sized> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        Pin::new(&mut *self.0).poll_next(cx)
    }
}
// ANCHOR_END: next

/// 손으로 만든 조합자를 메서드로 부르게 해 준다.
pub trait StreamOps: Stream {
    /// 다음 값을 기다린다. 기다리다 버려도 잃는 값이 없다.
    fn next(&mut self) -> Next<'_, Self>
    where
        Self: Unpin,
    {
        Next(self)
    }

    /// 값마다 `f`를 씌운다.
    fn map<T, F: FnMut(Self::Item) -> T>(self, f: F) -> Map<Self, F>
    where
        Self: Sized,
    {
        Map::new(self, f)
    }

    /// `keep`이 참인 값만 남긴다.
    fn filter<F: FnMut(&Self::Item) -> bool>(self, keep: F) -> Filter<Self, F>
    where
        Self: Sized,
    {
        Filter::new(self, keep)
    }

    /// 값마다 퓨처를 만들어 끝나기를 기다린다. 한 번에 하나만 돈다.
    fn then<T: Future, F: FnMut(Self::Item) -> T>(self, f: F) -> Then<Self, T, F>
    where
        Self: Sized,
    {
        Then::new(self, f)
    }

    /// 퓨처를 `limit`개까지 함께 돌리고, 끝나는 차례로 내놓는다.
    ///
    /// # Panics
    ///
    /// `limit`이 0이면 패닉한다.
    fn buffer_unordered(self, limit: usize) -> BufferUnordered<Self>
    where
        Self: Sized,
        Self::Item: Future,
    {
        BufferUnordered::new(self, limit)
    }

    /// 퓨처를 `limit`개까지 함께 돌리고, 받은 차례로 내놓는다.
    ///
    /// # Panics
    ///
    /// `limit`이 0이면 패닉한다.
    fn buffered(self, limit: usize) -> Buffered<Self>
    where
        Self: Sized,
        Self::Item: Future,
    {
        Buffered::new(self, limit)
    }

    /// 끝날 때까지 모은다.
    fn to_vec(self) -> impl Future<Output = Vec<Self::Item>>
    where
        Self: Sized,
    {
        to_vec(self)
    }

    /// 모두 모으거나, 처음 나온 오류에서 그만두고 스트림을 버린다.
    fn try_to_vec<T, E>(self) -> impl Future<Output = Result<Vec<T>, E>>
    where
        Self: Sized + Stream<Item = Result<T, E>>,
    {
        try_to_vec(self)
    }
}

impl<S: Stream + ?Sized> StreamOps for S {}

async fn to_vec<S: Stream>(stream: S) -> Vec<S::Item> {
    let mut stream = pin!(stream);
    let mut values = Vec::with_capacity(stream.size_hint().0);
    while let Some(value) = stream.next().await {
        values.push(value);
    }
    values
}

// ANCHOR: try_to_vec
async fn try_to_vec<T, E>(stream: impl Stream<Item = Result<T, E>>) -> Result<Vec<T>, E> {
    let mut stream = pin!(stream);
    let mut values = Vec::new();
    while let Some(value) = stream.next().await {
        values.push(value?); // 여기서 나가면 스트림도 버려진다.
    }
    Ok(values)
}
// ANCHOR_END: try_to_vec
