//! 테스트가 함께 쓰는 것.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// 한 번은 멈추고 한 번은 두 바이트까지 옮기는 입출력.
pub struct Drip {
    /// 아직 읽지 않은 것.
    pub input: Vec<u8>,
    /// 여기에 쓴 것.
    pub output: Vec<u8>,
    paused: bool,
}

impl Drip {
    /// `input`을 읽을 수 있다.
    pub fn new(input: &[u8]) -> Drip {
        let input = input.to_vec();
        Drip {
            input,
            output: Vec::new(),
            paused: false,
        }
    }

    fn pause(&mut self) -> Poll<()> {
        self.paused = !self.paused;
        if self.paused {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    }
}

// ANCHOR: drip
impl AsyncRead for Drip {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.pause());
        let count = buf.remaining().min(self.input.len()).min(2);
        buf.put_slice(&self.input[..count]);
        self.input.drain(..count);
        Poll::Ready(Ok(()))
    }
}
// ANCHOR_END: drip

impl AsyncWrite for Drip {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.pause());
        let count = buf.len().min(2);
        self.output.extend_from_slice(&buf[..count]);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
