//! 이야기와 테스트가 함께 쓰는 서버와 손님.

use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;

use bytes::Bytes;
use ch03_10_oneshot::oneshot;
use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::{JoinHandle, spawn};
use ch04_11_real_http::{Body, BoxError, Limits, Patient, Report, full, serve};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use http_body_util::BodyExt;
use hyper::client::conn::http1::SendRequest;
use hyper::{Request, Response, StatusCode};

/// 이야기의 한 대목.
pub type Part = Pin<Box<dyn Future<Output = ()>>>;

/// 처리 함수가 돌려주는 것.
pub type Answer = Result<Response<Body>, BoxError>;

/// 도는 서버.
pub struct Shop {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Report>,
}

// ANCHOR: shop
impl Shop {
    /// 빈 포트에 서버를 연다.
    pub fn open<F>(limits: Limits, handler: impl Fn(Request<Patient>) -> F + 'static) -> Shop
    where
        F: Future<Output = Answer> + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).expect("빈 포트가 있다");
        let address = listener.local_addr().expect("묶였다");
        let (stop, stopped) = oneshot::channel();
        let stopped = async { _ = stopped.await };
        let server = spawn(serve(listener, handler, limits, stopped));
        Shop { address, stop, server }
    }

    /// 멈추라고 한다. 서버가 다 멈출 때까지 기다리는 것은 돌려준 핸들로 한다.
    pub fn stop(self) -> JoinHandle<Report> {
        _ = self.stop.send(());
        self.server
    }

    /// 멈추라고 하고, 다 멈출 때까지 기다린다.
    pub async fn close(self) -> Report {
        self.stop().await.expect("서버가 끝까지 돈다")
    }
}
// ANCHOR_END: shop

/// 200으로 답한다.
pub fn ok(text: impl Into<Bytes>) -> Answer {
    Ok(Response::new(full(text)))
}

/// 이 상태로 답한다.
pub fn status(status: StatusCode, text: &'static str) -> Answer {
    let mut response = Response::new(full(text));
    *response.status_mut() = status;
    Ok(response)
}

/// `GET` 요청.
pub fn get(path: &str) -> Request<Body> {
    let request = Request::get(path).header("host", "shop");
    request.body(full("")).expect("올바른 요청이다")
}

/// 요청을 보내고 답의 본문을 끝까지 읽는다.
pub async fn ask(
    client: &mut SendRequest<Body>,
    request: Request<Body>,
) -> Result<String, BoxError> {
    client.ready().await?;
    let response = client.send_request(request).await?;
    text(response.into_body()).await
}

/// 본문을 끝까지 읽어 글로 돌려준다.
pub async fn text<B>(body: B) -> Result<String, BoxError>
where
    B: hyper::body::Body<Data = Bytes, Error: Into<BoxError>>,
{
    let bytes = body.collect().await.map_err(Into::into)?.to_bytes();
    Ok(String::from_utf8(bytes.to_vec())?)
}

/// hyper를 거치지 않고 바이트를 그대로 보내는 손님.
pub async fn raw(address: SocketAddr, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("서버가 받는다");
    stream.write_all(bytes.as_bytes()).await.expect("서버가 열려 있다");
    stream
}

/// 서버가 닫을 때까지 읽는다.
pub async fn read_all(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("서버가 닫는다");
    text
}
