//! 리액터를 쓰는 흔한 잘못.

use std::io::{self, ErrorKind, Read};
use std::task::{Context, Poll, Waker, ready};

use ch04_06_reactor::Registered;
use ch04_06_reactor::sockets::poll_read;
use mio::net::TcpStream;

// ANCHOR: first_waker
/// 처음 폴링할 때의 `Waker`만 맡긴다.
pub fn first_waker()
-> impl FnMut(&mut Registered<TcpStream>, &mut Context<'_>, &mut [u8]) -> Poll<io::Result<usize>> {
    let mut first: Option<Waker> = None;
    move |stream, cx, buf| {
        let first = first.get_or_insert_with(|| cx.waker().clone());
        poll_read(stream, &mut Context::from_waker(first), buf)
    }
}
// ANCHOR_END: first_waker

// ANCHOR: forget_closed
/// 덜 찼으면 막힌 것을 본 셈 친다. 닫혔다는 이벤트가 이미 온 것도 잊는다.
pub fn forget_closed(
    stream: &mut Registered<TcpStream>,
    cx: &mut Context<'_>,
    buf: &mut [u8],
) -> Poll<io::Result<usize>> {
    let waiting = &stream.readiness.read;
    let count = ready!(waiting.poll(cx, || (&stream.socket).read(buf)))?;
    if count < buf.len() {
        let blocked = || Err::<(), _>(ErrorKind::WouldBlock.into());
        let _ = waiting.poll(cx, blocked);
    }
    Poll::Ready(Ok(count))
}
// ANCHOR_END: forget_closed

// ANCHOR: shared
/// 소켓을 함께 빌려 읽는다. 둘이 한꺼번에 기다릴 수 있다.
pub fn poll_shared(
    stream: &Registered<TcpStream>,
    cx: &mut Context<'_>,
    buf: &mut [u8],
) -> Poll<io::Result<usize>> {
    let waiting = &stream.readiness.read;
    waiting.poll(cx, || (&stream.socket).read(buf))
}
// ANCHOR_END: shared
