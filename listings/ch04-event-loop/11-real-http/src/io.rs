//! futures-io의 소켓을 hyper의 소켓으로.

use std::cell::Cell;
use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::io::{AsyncRead, AsyncWrite};
use hyper::rt::{Read, ReadBufCursor, Write};

use crate::Patience;

// ANCHOR: scratch
const SCRATCH: usize = 64 * 1024;

thread_local! {
    /// 읽은 것을 hyper의 버퍼로 옮기기 전에 잠깐 담는 곳. 연결마다 두지 않고 스레드에 하나만 둔다.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}
// ANCHOR_END: scratch

// ANCHOR: io
/// futures-io의 소켓을 hyper의 [`Read`]와 [`Write`]로 보이게 한다.
pub struct Io<S> {
    stream: S,
    patience: Patience,
}

impl<S> Io<S> {
    /// 기다림에 한도를 두지 않는다.
    pub fn new(stream: S) -> Io<S> {
        Io::with_stall(stream, None)
    }

    /// 상대가 `limit` 동안 한 바이트도 받아 가지 않으면 쓰기를 `TimedOut` 오류로 끝낸다.
    pub fn with_stall(stream: S, limit: Option<Duration>) -> Io<S> {
        let patience = Patience::new(limit);
        Io { stream, patience }
    }
}
// ANCHOR_END: io

// ANCHOR: read
impl<S: AsyncRead + Unpin> Read for Io<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        let mut spare = SPARE.take();
        spare.resize(SCRATCH, 0);
        let room = buf.remaining().min(SCRATCH);
        let read = Pin::new(&mut self.stream).poll_read(cx, &mut spare[..room]);
        if let Poll::Ready(Ok(count)) = read {
            buf.put_slice(&spare[..count]);
        }
        SPARE.set(spare);
        read.map_ok(|_| ())
    }
}
// ANCHOR_END: read

// ANCHOR: write
impl<S: AsyncWrite + Unpin> Write for Io<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<Result<usize>> {
        let this = &mut *self;
        let written = Pin::new(&mut this.stream).poll_write(cx, buf);
        Poll::Ready(ready!(this.patience.watch(cx, written))?)
    }

    /// hyper가 헤더와 본문을 한 버퍼에 모으지 않고 조각째로 준다.
    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let this = &mut *self;
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        Poll::Ready(ready!(this.patience.watch(cx, written))?)
    }
    // ANCHOR_END: write

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_close(cx)
    }
}
