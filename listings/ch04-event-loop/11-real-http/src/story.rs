//! 서버가 하는 일들.

use std::cell::Cell;
use std::iter::{repeat_n, repeat_with};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ch04_10_mini_runtime::channel::{Sender, channel};
use ch04_10_mini_runtime::net::TcpStream;
use ch04_10_mini_runtime::time::now;
use ch04_10_mini_runtime::{spawn, yield_now};
use ch04_11_real_http::{Body, BoxError, Limits, Patient, connect, full, streamed};
use futures::io::AsyncReadExt;
use futures::stream::iter;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper::{Request, Response, StatusCode};

use crate::shop::{Answer, Shop, ask, get, ok, raw, read_all, status, text};

// ANCHOR: cook
/// 메뉴의 이름을 되돌려준다.
pub async fn cook(request: Request<Patient>) -> Answer {
    let menu = request.uri().path().trim_start_matches('/').to_owned();
    println!("서버: {menu} 만들기 시작");
    yield_now().await; // 만드는 동안 다른 태스크가 돈다.
    println!("서버: {menu} 나감");
    ok(menu)
}

pub async fn keep_alive() {
    let shop = Shop::open(Limits::default(), cook);
    let mut client = connect(shop.address).await.expect("서버가 받는다");
    for menu in ["/tea", "/cake", "/water"] {
        let answer = ask(&mut client, get(menu)).await.expect("답이 온다");
        println!("손님: {answer} 받음");
    }
    drop(client);
    println!("연결: {}", shop.close().await);
}
// ANCHOR_END: cook

// ANCHOR: pipelining
pub async fn pipelining() {
    let shop = Shop::open(Limits::default(), cook);
    let requests = "GET /tea HTTP/1.1\r\nHost: shop\r\n\r\n\
                    GET /cake HTTP/1.1\r\nHost: shop\r\n\r\n\
                    GET /water HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
    let mut client = raw(shop.address, requests).await;
    println!("손님: 셋을 한꺼번에 주문함");
    let answers = read_all(&mut client).await;
    let menus: Vec<_> = answers.split("HTTP/1.1 200 OK").skip(1).map(body_of).collect();
    println!("손님: {} 받음", menus.join(", "));
    shop.close().await;
}
// ANCHOR_END: pipelining

fn body_of(response: &str) -> &str {
    response.split_once("\r\n\r\n").expect("헤더가 끝난다").1
}

/// 본문의 한 조각.
pub const CHUNK: usize = 64 * 1024;

// ANCHOR: large
/// 받은 본문을 그대로 돌려준다. 어디에도 모으지 않는다.
pub async fn echo(request: Request<Patient>) -> Answer {
    Ok(Response::new(Box::pin(request.into_body())))
}

/// 보낸 바이트, 돌려받은 바이트, 보냈지만 아직 돌려받지 못한 바이트가 가장 많았던 때.
pub async fn round_trip(address: SocketAddr, chunks: usize) -> Result<[usize; 3], BoxError> {
    let (sender, receiver) = channel(1);
    let sent = Rc::new(Cell::new(0));
    let count = Rc::clone(&sent);
    spawn(async move {
        for chunk in repeat_n(Bytes::from_static(&[b'.'; CHUNK]), chunks) {
            count.update(|sent| sent + chunk.len());
            _ = sender.send(chunk).await;
        }
    });
    let request = Request::post("/echo").header("host", "shop").body(streamed(receiver))?;
    let mut body = connect(address).await?.send_request(request).await?.into_body();
    let (mut received, mut most) = (0, 0);
    while let Some(frame) = body.frame().await {
        received += frame?.data_ref().map_or(0, Bytes::len);
        most = most.max(sent.get() - received);
    }
    Ok([sent.get(), received, most])
}
// ANCHOR_END: large

pub async fn large_body() {
    let shop = Shop::open(Limits::default(), echo);
    let [sent, received, _] = round_trip(shop.address, 1024).await.expect("다 온다");
    println!("손님: {sent}바이트 보냄");
    println!("손님: {received}바이트 돌려받음");
    shop.close().await;
}

// ANCHOR: slow
const TEN: Option<Duration> = Some(Duration::from_secs(10));
pub const PATIENT: Limits = Limits { head: None, stall: None, drain: Duration::from_secs(3600) };

/// 본문을 기다려 주되, 오지 않으면 408로 답한다.
pub async fn measure(request: Request<Patient>) -> Answer {
    match text(request.into_body()).await {
        Ok(text) => ok(format!("{}바이트", text.len())),
        Err(_) => status(StatusCode::REQUEST_TIMEOUT, "본문이 오지 않습니다"),
    }
}

pub async fn slow_clients() {
    let start = now();
    let shop = Shop::open(Limits { head: TEN, ..PATIENT }, measure);
    let mut client = raw(shop.address, "GET /tea HTTP/1.1\r\nHost: sh").await;
    let answer = read_all(&mut client).await;
    println!("헤더를 보내다 만 손님: {}초 뒤 끊김, 답 {answer:?}", seconds(start));
    shop.close().await;
    // ANCHOR_END: slow

    // ANCHOR: slower
    let start = now();
    let shop = Shop::open(Limits { stall: TEN, ..PATIENT }, measure);
    let head = "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\n";
    let mut client = raw(shop.address, &format!("{head}tea")).await;
    let answer = read_all(&mut client).await;
    let first = answer.lines().next().unwrap_or_default();
    println!("본문을 보내다 만 손님: {}초 뒤 {first:?}", seconds(start));
    shop.close().await;

    let start = now();
    let shop = Shop::open(Limits { stall: TEN, ..PATIENT }, endless);
    let _client = start_reading(shop.address, "/").await;
    let report = shop.close().await;
    println!("읽다 만 손님: {}초 뒤 끊김 (연결: {report})", seconds(start));
    // ANCHOR_END: slower
}

fn seconds(start: Instant) -> u64 {
    (now() - start).as_secs()
}

/// 끝없는 본문.
pub async fn endless(_: Request<Patient>) -> Answer {
    let chunk = || Ok(Frame::data(Bytes::from_static(&[b'.'; CHUNK])));
    Ok(Response::new(Box::pin(StreamBody::new(iter(repeat_with(chunk))))))
}

/// 답의 첫 바이트만 읽은 손님.
pub async fn start_reading(address: SocketAddr, path: &str) -> TcpStream {
    let mut client = raw(address, &format!("GET {path} HTTP/1.1\r\nHost: shop\r\n\r\n")).await;
    client.read_exact(&mut [0]).await.expect("답이 온다");
    client
}

// ANCHOR: reset
pub async fn abrupt_reset() {
    let route = async |request: Request<Patient>| match request.uri().path() {
        "/endless" => endless(request).await,
        _ => ok("tea"),
    };
    let shop = Shop::open(Limits::default(), route);
    let mut calm = connect(shop.address).await.expect("서버가 받는다");
    ask(&mut calm, get("/tea")).await.expect("답이 온다");
    let rude = start_reading(shop.address, "/endless").await;
    drop(rude); // 읽지 않은 것을 두고 닫으면 커널이 RST를 보낸다.
    println!("손님 1: 답을 읽다 말고 끊음");
    let answer = ask(&mut calm, get("/tea")).await.expect("답이 온다");
    println!("손님 2: {answer} 받음");
    drop(calm);
    println!("연결: {}", shop.close().await);
}
// ANCHOR_END: reset

/// 반만 보낸 답. 나머지는 `rest`에 넣어 보낸다.
pub struct Half {
    pub shop: Shop,
    /// 버리면 연결이 끝나므로 쥐고 있는다.
    pub client: SendRequest<Body>,
    pub answer: Incoming,
    pub rest: Sender<Bytes>,
}

// ANCHOR: half
/// 답의 앞부분만 받은 손님과, 뒷부분을 아직 보내지 않은 서버.
pub async fn half_answered(limits: Limits) -> Half {
    let (rest, body) = channel(1);
    rest.send(Bytes::from("앞부분 ")).await.expect("받는 쪽이 있다");
    let first = Cell::new(Some(streamed(body)));
    let shop = Shop::open(limits, move |_| {
        let body = first.take().unwrap_or_else(|| full("tea"));
        async { Ok(Response::new(body)) }
    });
    let mut client = connect(shop.address).await.expect("서버가 받는다");
    let answer = client.send_request(get("/")).await.expect("답이 온다");
    let mut answer = answer.into_body();
    let first = answer.frame().await.expect("앞부분이 있다").expect("앞부분이 온다");
    println!(
        "손님: {}까지 받음",
        String::from_utf8_lossy(first.data_ref().expect("본문이다")).trim()
    );
    Half { shop, client, answer, rest }
}
// ANCHOR_END: half

// ANCHOR: drain
pub async fn drain() {
    let Half { shop, client, answer, rest } = half_answered(Limits::default()).await;
    let address = shop.address;
    let mut idle = start_reading(address, "/").await;
    let server = shop.stop();
    println!("서버: 멈추라는 말을 들음");
    while TcpStream::connect(address).await.is_ok() {
        yield_now().await;
    }
    println!("새 손님: 들어오지 못함");
    read_all(&mut idle).await;
    println!("쉬던 손님: 연결이 닫힘");
    rest.send(Bytes::from("뒷부분")).await.expect("서버가 아직 보낸다");
    drop(rest);
    println!("손님: {}까지 받음", text(answer).await.expect("끝까지 온다"));
    println!("연결: {}", server.await.expect("서버가 끝까지 돈다"));
    drop(client);
}
// ANCHOR_END: drain
