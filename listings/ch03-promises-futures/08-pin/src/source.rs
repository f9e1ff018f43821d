//! 조각으로 오는 입력과, 그것으로 버퍼를 채우는 퓨처.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

/// 바이트가 조각조각 오는 입력. `give`를 부를 때만 온다.
#[derive(Default)]
pub struct Source {
    bytes: RefCell<VecDeque<u8>>,
    waker: RefCell<Option<Waker>>,
}

impl Source {
    /// 조각 하나를 넣고, 기다리는 쪽이 있으면 깨운다.
    pub fn give(&self, piece: &str) {
        self.bytes.borrow_mut().extend(piece.bytes());
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// 바이트 하나. 없으면 `Waker`를 맡고 `Pending`을 돌려준다.
    pub fn poll_byte(&self, cx: &mut Context<'_>) -> Poll<u8> {
        match self.bytes.borrow_mut().pop_front() {
            Some(byte) => Poll::Ready(byte),
            None => {
                self.waker.replace(Some(cx.waker().clone()));
                Poll::Pending
            }
        }
    }
}

// ANCHOR: fill
/// 빌린 버퍼를 끝까지 채우는 퓨처. 버리면 그때까지 채운 만큼 버퍼에 남는다.
pub struct Fill<'a> {
    source: &'a Source,
    buffer: &'a mut [u8; 8],
    filled: usize,
}

impl Future for Fill<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        while self.filled < self.buffer.len() {
            let at = self.filled;
            self.buffer[at] = ready!(self.source.poll_byte(cx));
            self.filled += 1;
        }
        Poll::Ready(())
    }
}
// ANCHOR_END: fill

/// `buffer`를 `source`에서 오는 바이트로 채운다.
pub fn fill<'a>(source: &'a Source, buffer: &'a mut [u8; 8]) -> Fill<'a> {
    Fill {
        source,
        buffer,
        filled: 0,
    }
}

// ANCHOR: async_fn
/// 여덟 글자인 주문 번호를 읽는다.
pub async fn read_number(source: &Source) -> String {
    let mut buffer = [b'.'; 8];
    fill(source, &mut buffer).await;
    text(&buffer)
}
// ANCHOR_END: async_fn

/// 버퍼의 바이트를 글자로 본다.
pub fn text(buffer: &[u8; 8]) -> String {
    String::from_utf8_lossy(buffer).into_owned()
}
