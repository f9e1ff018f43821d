//! 틀린 꼴들. 딴 곳에 쓰는 대신, 쓰기 직전에 주소를 견줘 알린다.

use std::marker::PhantomPinned;
use std::mem;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, ready};

use crate::gate::{Gate, Node};
use crate::source::{Source, text};

// ANCHOR: loose
/// 제 버퍼를 생포인터로 가리키는 읽기. 옮겨도 컴파일러가 막지 않는다.
pub struct Loose<'a> {
    source: &'a Source,
    buffer: [u8; 8],
    filled: usize,
    target: *const [u8; 8],
}

/// 쓰려던 곳이 제 버퍼가 아니다. 썼다면 정의되지 않은 동작이다.
#[derive(Debug, PartialEq)]
pub struct Stray;

impl Loose<'_> {
    /// 쓰려는 곳이 지금의 제 버퍼인지. 주소만 견주고 포인터를 따라가지 않는다.
    pub fn is_home(&self) -> bool {
        self.targets(self)
    }

    /// 쓰려는 곳이 `other`의 버퍼인지.
    pub fn targets(&self, other: &Loose<'_>) -> bool {
        ptr::eq(self.target, &raw const other.buffer)
    }
}
// ANCHOR_END: loose

impl<'a> Loose<'a> {
    /// 아직 아무 곳도 가리키지 않는 읽기.
    pub fn new(source: &'a Source) -> Loose<'a> {
        Loose {
            source,
            buffer: [b'.'; 8],
            filled: 0,
            target: ptr::null(),
        }
    }

    /// 제 버퍼를 가리킨다. 지금부터 옮기면 안 된다.
    pub fn start(&mut self) {
        self.target = &raw const self.buffer;
    }
}

// ANCHOR: loose_poll
impl Future for Loose<'_> {
    type Output = Result<String, Stray>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.target.is_null() {
            self.start();
        }
        while self.filled < self.buffer.len() {
            let byte = ready!(self.source.poll_byte(cx));
            if !self.is_home() {
                return Poll::Ready(Err(Stray));
            }
            let at = self.filled;
            self.buffer[at] = byte;
            self.filled += 1;
        }
        Poll::Ready(Ok(text(&self.buffer)))
    }
}
// ANCHOR_END: loose_poll

// ANCHOR: claimed
/// 자기 참조인데도 옮겨도 된다고 우긴다.
pub struct Claimed<'a> {
    /// 제 버퍼를 가리키는 읽기.
    pub reading: Loose<'a>,
    _pinned: PhantomPinned,
}

impl Unpin for Claimed<'_> {}
// ANCHOR_END: claimed

impl<'a> Claimed<'a> {
    /// 아직 시작하지 않은 읽기.
    pub fn new(source: &'a Source) -> Claimed<'a> {
        Claimed {
            reading: Loose::new(source),
            _pinned: PhantomPinned,
        }
    }
}

/// 고정된 퓨처를 속에 품은 타입.
pub struct Lender<F> {
    future: F,
}

impl<F> Lender<F> {
    /// `future`를 품는다.
    pub fn new(future: F) -> Lender<F> {
        Lender { future }
    }

    // ANCHOR: lender
    /// 속의 퓨처를 바꾸고 옛것을 돌려준다. 고정되었던 것을 옮기므로 약속을 깬다.
    pub fn replace(self: Pin<&mut Self>, future: F) -> F {
        // SAFETY: 없다. 고정된 필드의 `&mut`를 내주었다.
        let this = unsafe { self.get_unchecked_mut() };
        mem::replace(&mut this.future, future)
    }
    // ANCHOR_END: lender
}

// ANCHOR: stayer
/// 버려질 때 목록에서 빠지지 않는 기다림.
pub struct Stayer<'a> {
    gate: &'a Gate,
    node: Node,
}

impl Future for Stayer<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: 없다. 고정되어 있기는 하지만, 버려질 때 목록에서 빠지지 않는다.
        unsafe { self.gate.poll_open(&self.node, cx) }
    }
}
// ANCHOR_END: stayer

impl<'a> Stayer<'a> {
    /// `gate`가 열리기를 기다린다.
    pub fn new(gate: &'a Gate) -> Stayer<'a> {
        Stayer {
            gate,
            node: Node::default(),
        }
    }

    /// 목록에 적히는 주소.
    pub fn address(&self) -> *const Node {
        &raw const self.node
    }
}

impl<F: Future> Future for Lender<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: 여기만 보면 옳다. `replace`가 있어서 틀린다.
        unsafe { self.map_unchecked_mut(|this| &mut this.future) }.poll(cx)
    }
}
