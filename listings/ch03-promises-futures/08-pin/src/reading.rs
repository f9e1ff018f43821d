//! 자기 참조를 손으로 쓰고 고정한다.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, ready};

use crate::source::{Source, text};

// ANCHOR: reading
/// 제 버퍼를 가리키는 읽기. `PhantomPinned`가 있어 `Unpin`이 아니다.
pub struct Reading<'a> {
    source: &'a Source,
    buffer: [u8; 8],
    filled: usize,
    target: *mut [u8; 8],
    _pinned: PhantomPinned,
}

impl<'a> Reading<'a> {
    /// 아직 아무 곳도 가리키지 않는 읽기. 폴링하기 전에는 옮겨도 된다.
    pub fn new(source: &'a Source) -> Reading<'a> {
        Reading {
            source,
            buffer: [b'.'; 8],
            filled: 0,
            target: ptr::null_mut(),
            _pinned: PhantomPinned,
        }
    }
}
// ANCHOR_END: reading

// ANCHOR: poll
impl Future for Reading<'_> {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        // SAFETY: this로 필드를 고치기만 하고 값을 옮기지 않는다.
        let this = unsafe { self.get_unchecked_mut() };
        if this.target.is_null() {
            this.target = &raw mut this.buffer;
        }
        while this.filled < this.buffer.len() {
            let byte = ready!(this.source.poll_byte(cx));
            // SAFETY: target은 고정된 뒤에 적었고, 그 뒤로 buffer는 옮겨지지 않았다.
            unsafe { (*this.target)[this.filled] = byte };
            this.filled += 1;
        }
        Poll::Ready(text(&this.buffer))
    }
}
// ANCHOR_END: poll

impl Reading<'_> {
    /// 쓰려는 곳이 지금의 제 버퍼인지.
    pub fn is_home(&self) -> bool {
        ptr::eq(self.target, &raw const self.buffer)
    }
}
