//! TCP와 UDP 소켓. 읽고 쓰는 것은 futures-io의 트레이트로 한다.
//!
//! 한 방향을 기다리는 태스크는 하나뿐이다. 그래서 기다리는 함수는 모두 `&mut self`를 받는다.

use std::future::poll_fn;
use std::io::{ErrorKind, IoSlice, Read, Result, Write};
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_io::{AsyncRead, AsyncWrite};

use crate::reactor::Registered;

/// 연결을 받는 소켓.
pub struct TcpListener(Registered<mio::net::TcpListener>);

impl TcpListener {
    /// 주소에 묶는다. 포트가 0이면 운영체제가 고른다.
    ///
    /// # Errors
    ///
    /// 이미 쓰는 주소이거나 쓸 수 없는 주소이면 운영체제의 오류를 돌려준다.
    pub fn bind(address: SocketAddr) -> Result<TcpListener> {
        Ok(TcpListener(Registered::new(mio::net::TcpListener::bind(address)?)?))
    }

    /// 다음 연결을 받는다. 도중에 버려도 연결을 잃지 않는다.
    ///
    /// # Errors
    ///
    /// 파일 서술자가 모자라는 따위로 받지 못하면 그 오류를 돌려준다. 리스너는 계속 쓸 수 있다.
    pub async fn accept(&mut self) -> Result<(TcpStream, SocketAddr)> {
        let listener = &self.0;
        let accept = || listener.socket.accept();
        let (stream, peer) = poll_fn(|cx| listener.readiness.read.poll(cx, accept)).await?;
        Ok((TcpStream(Registered::new(stream)?), peer))
    }

    /// 묶인 주소.
    ///
    /// # Errors
    ///
    /// 운영체제가 주소를 알려 주지 않으면 그 오류를 돌려준다.
    pub fn local_addr(&self) -> Result<SocketAddr> {
        self.0.socket.local_addr()
    }
}

/// TCP 연결. 버리면 닫힌다. 읽기와 쓰기를 두 태스크가 나누려면 `futures::io::AsyncReadExt::split`을 쓴다.
pub struct TcpStream(Registered<mio::net::TcpStream>);

impl TcpStream {
    /// 주소에 연결한다. 도중에 버리면 연결을 그만둔다.
    ///
    /// # Errors
    ///
    /// 상대가 거절하거나 닿지 않으면 운영체제의 오류를 돌려준다.
    pub async fn connect(address: SocketAddr) -> Result<TcpStream> {
        let stream = TcpStream(Registered::new(mio::net::TcpStream::connect(address)?)?);
        let socket = &stream.0.socket;
        let connected = || match (socket.take_error()?, socket.peer_addr()) {
            (Some(error), _) => Err(error),
            // 아직 맺는 중이다. 쓸 수 있게 되면 맺어진 것이다.
            (None, Err(e)) if e.kind() == ErrorKind::NotConnected => {
                Err(ErrorKind::WouldBlock.into())
            }
            (None, peer) => peer,
        };
        poll_fn(|cx| stream.0.readiness.write.poll(cx, connected)).await?;
        Ok(stream)
    }

    /// 작은 조각을 모으지 않고 바로 보낼 것인가.
    ///
    /// # Errors
    ///
    /// 운영체제가 거절하면 그 오류를 돌려준다.
    pub fn set_nodelay(&self, nodelay: bool) -> Result<()> {
        self.0.socket.set_nodelay(nodelay)
    }
}

impl AsyncRead for TcpStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<Result<usize>> {
        let (room, read) = (buf.len(), &self.0.readiness.read);
        let result = read.poll(cx, || (&self.0.socket).read(buf));
        if let Poll::Ready(Ok(count)) = result
            && (1..room).contains(&count)
        {
            // 덜 찼으니 비운 것이다. 막히는지 한 번 더 읽어 보지 않는다.
            read.set_blocked();
        }
        result
    }
}

impl AsyncWrite for TcpStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<Result<usize>> {
        self.0.readiness.write.poll(cx, || (&self.0.socket).write(buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.0.readiness.write.poll(cx, || (&self.0.socket).write_vectored(bufs))
    }

    /// 모아 두는 것이 없으므로 바로 끝난다.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// 다 썼음을 상대에게 알린다. 읽기는 계속할 수 있다.
    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(self.0.socket.shutdown(Shutdown::Write))
    }
}

/// UDP 소켓.
pub struct UdpSocket(Registered<mio::net::UdpSocket>);

impl UdpSocket {
    /// 주소에 묶는다. 포트가 0이면 운영체제가 고른다.
    ///
    /// # Errors
    ///
    /// 쓸 수 없는 주소이면 운영체제의 오류를 돌려준다.
    pub fn bind(address: SocketAddr) -> Result<UdpSocket> {
        Ok(UdpSocket(Registered::new(mio::net::UdpSocket::bind(address)?)?))
    }

    /// 데이터그램 하나를 보내고 보낸 바이트 수를 돌려준다.
    ///
    /// # Errors
    ///
    /// 너무 크거나 닿지 않으면 운영체제의 오류를 돌려준다.
    pub async fn send_to(&mut self, buf: &[u8], target: SocketAddr) -> Result<usize> {
        let (socket, write) = (&self.0.socket, &self.0.readiness.write);
        poll_fn(|cx| write.poll(cx, || socket.send_to(buf, target))).await
    }

    /// 데이터그램 하나를 받아 바이트 수와 보낸 쪽의 주소를 돌려준다. `buf`보다 길면 나머지는 사라진다.
    ///
    /// # Errors
    ///
    /// 앞서 보낸 것이 거절되었으면 운영체제의 오류를 돌려준다.
    pub async fn recv_from(&mut self, buf: &mut [u8]) -> Result<(usize, SocketAddr)> {
        let (socket, read) = (&self.0.socket, &self.0.readiness.read);
        poll_fn(|cx| read.poll(cx, || socket.recv_from(buf))).await
    }

    /// 묶인 주소.
    ///
    /// # Errors
    ///
    /// 운영체제가 주소를 알려 주지 않으면 그 오류를 돌려준다.
    pub fn local_addr(&self) -> Result<SocketAddr> {
        self.0.socket.local_addr()
    }
}
