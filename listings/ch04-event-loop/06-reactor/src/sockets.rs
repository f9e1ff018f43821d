//! 등록한 소켓을 기다리는 함수들. 소켓마다의 타입은 다음 절에서 만든다.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::task::{Context, Poll, ready};

use mio::net::{TcpListener, TcpStream};

use crate::Registered;

// ANCHOR: read
/// 읽을 것이 올 때까지 기다려 읽는다. 읽은 바이트를 돌려주고, 0이면 상대가 다 보냈다.
///
/// 버려도 읽은 것을 잃지 않는다.
///
/// # Errors
///
/// 소켓의 오류를 그대로 돌려준다.
pub async fn read(stream: &mut Registered<TcpStream>, buf: &mut [u8]) -> io::Result<usize> {
    poll_fn(|cx| poll_read(stream, cx, buf)).await
}

/// [`read`]를 한 번 폴링한다.
pub fn poll_read(
    stream: &mut Registered<TcpStream>,
    cx: &mut Context<'_>,
    buf: &mut [u8],
) -> Poll<io::Result<usize>> {
    let waiting = &stream.readiness.read;
    let count = ready!(waiting.poll(cx, || (&stream.socket).read(buf)))?;
    if count < buf.len() {
        waiting.set_blocked(); // 덜 찼으니 더 온 것이 없다.
    }
    Poll::Ready(Ok(count))
}
// ANCHOR_END: read

/// 모두 쓴다.
///
/// 버리면 쓰다 만다.
///
/// # Errors
///
/// 소켓의 오류를 그대로 돌려준다.
pub async fn write_all(stream: &mut Registered<TcpStream>, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let write = |cx: &mut Context<'_>| {
            let waiting = &stream.readiness.write;
            waiting.poll(cx, || (&stream.socket).write(bytes))
        };
        let count = poll_fn(write).await?;
        bytes = &bytes[count..];
    }
    Ok(())
}

/// 손님을 기다려 받는다. 손님의 주소도 돌려준다.
///
/// # Errors
///
/// 소켓의 오류를 그대로 돌려준다.
pub async fn accept(
    listener: &mut Registered<TcpListener>,
) -> io::Result<(Registered<TcpStream>, SocketAddr)> {
    let accept = |cx: &mut Context<'_>| {
        let waiting = &listener.readiness.read;
        waiting.poll(cx, || listener.socket.accept())
    };
    let (stream, addr) = poll_fn(accept).await?;
    Ok((Registered::new(stream)?, addr))
}
