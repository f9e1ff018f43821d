//! 비동기 소켓을 쓰는 흔한 잘못.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::mem;
use std::net::SocketAddr;

use ch04_06_reactor::Registered;
use ch04_07_async_net::net::{TcpStream, UdpSocket};
use futures::future::Either;
use futures::io::{AsyncReadExt, AsyncWriteExt};
use mio::net::TcpStream as Socket;

// ANCHOR: connect
/// 쓸 수 있다는 이벤트가 오면 맺어진 것으로 친다.
pub async fn connect_writable(address: SocketAddr) -> io::Result<Registered<Socket>> {
    let stream = Registered::new(Socket::connect(address)?)?;
    let mut asked = false;
    let mut writable = || match mem::replace(&mut asked, true) {
        false => Err(ErrorKind::WouldBlock.into()), // 이벤트를 기다린다.
        true => Ok(()),
    };
    poll_fn(|cx| stream.readiness.write.poll(cx, &mut writable)).await?;
    Ok(stream)
}
// ANCHOR_END: connect

// ANCHOR: no_error
/// 오류가 없으면 맺어진 것으로 친다.
#[cfg(all(test, target_os = "linux"))]
pub async fn connect_no_error(address: SocketAddr) -> io::Result<Registered<Socket>> {
    let stream = Registered::new(Socket::connect(address)?)?;
    let failed = || stream.socket.take_error()?.map_or(Ok(()), Err);
    poll_fn(|cx| stream.readiness.write.poll(cx, failed)).await?;
    Ok(stream)
}
// ANCHOR_END: no_error

/// 상대의 주소가 생기기만 기다린다.
#[cfg(test)]
pub async fn connect_peer_only(address: SocketAddr) -> io::Result<Registered<Socket>> {
    let stream = Registered::new(Socket::connect(address)?)?;
    let connected = || match stream.socket.peer_addr() {
        Err(error) if error.kind() == ErrorKind::NotConnected => Err(ErrorKind::WouldBlock.into()),
        peer => peer,
    };
    poll_fn(|cx| stream.readiness.write.poll(cx, connected)).await?;
    Ok(stream)
}

// ANCHOR: write_then_read
/// 다 쓰고 나서 읽는다.
pub async fn write_then_read(mut stream: TcpStream, bytes: &[u8]) -> io::Result<Vec<u8>> {
    stream.write_all(bytes).await?;
    stream.close().await?;
    let mut back = Vec::new();
    stream.read_to_end(&mut back).await?;
    Ok(back)
}
// ANCHOR_END: write_then_read

// ANCHOR: exact
/// 네 글자짜리 메시지를 읽는다. 틱이 오면 읽던 것을 버리고 다시 읽는다.
pub async fn read_frames(mut stream: TcpStream, mut ticks: UdpSocket) -> io::Result<Vec<String>> {
    let mut got = Vec::new();
    loop {
        let mut frame = [0; 4];
        let read = stream.read_exact(&mut frame);
        match crate::frames::or_tick(read, &mut ticks).await? {
            Either::Left(Ok(())) => got.push(crate::frames::text(&frame)),
            Either::Left(Err(_)) => return Ok(got), // 끝났다.
            Either::Right(()) => println!("서버: 틱"),
        }
    }
}
// ANCHOR_END: exact
