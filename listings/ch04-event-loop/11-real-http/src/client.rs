//! hyper의 클라이언트를 미니 런타임에서.

use std::net::SocketAddr;

use bytes::Bytes;
use ch04_10_mini_runtime::net::TcpStream;
use ch04_10_mini_runtime::spawn;
use hyper::body::Body;
use hyper::client::conn::http1::{SendRequest, handshake};

use crate::{BoxError, Io};

// ANCHOR: connect
/// 연결 하나를 맺고, 그 연결로 요청을 보내는 손잡이를 돌려준다.
///
/// # Errors
///
/// 연결하지 못하면 운영체제의 오류를 돌려준다.
pub async fn connect<B>(address: SocketAddr) -> Result<SendRequest<B>, BoxError>
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + 'static,
{
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(Io::new(stream)).await?;
    // 연결은 태스크가 돌린다. 연결의 오류는 요청의 결과로도 온다.
    spawn(async move { _ = connection.await });
    Ok(sender)
}
// ANCHOR_END: connect
