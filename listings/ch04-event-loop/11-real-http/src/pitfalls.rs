//! 흔한 사고들.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use ch03_10_oneshot::oneshot;
use ch04_10_mini_runtime::spawn_blocking;
use ch04_10_mini_runtime::time::timeout;
use ch04_11_real_http::{Limits, Patient, connect};
use futures::future::join;
use futures::io::{AsyncReadExt, AsyncWriteExt};
use hyper::Request;

use crate::shop::{Shop, ask, get, ok, raw, read_all, text};
use crate::story::{Half, PATIENT, half_answered};

const HOUR: Duration = Duration::from_secs(3600);

// ANCHOR: no_limit
pub async fn no_limit() {
    let shop = Shop::open(PATIENT, async |_| ok("tea"));
    let mut client = raw(shop.address, "GET /tea HTTP/1.1\r\nHost: sh").await;
    let mut byte = [0];
    match timeout(HOUR, client.read(&mut byte)).await {
        Err(_) => println!("한 시간 뒤에도 서버가 연결을 쥐고 있음"),
        Ok(_) => println!("서버가 연결을 닫음"),
    }
    drop(client);
    shop.close().await;
}
// ANCHOR_END: no_limit

// ANCHOR: blocking
pub async fn blocking_handler() {
    let limit = Duration::from_millis(100);
    two_guests(move |news| async move { hear(&news, limit) }).await;
}

pub async fn offloaded_handler() {
    let limit = Duration::from_secs(10);
    two_guests(move |news| async move {
        let heard = spawn_blocking(move || hear(&news, limit));
        heard.await.expect("패닉하지 않는다")
    })
    .await;
}

/// 소식이 올 때까지 스레드째로 멈춘다.
fn hear(news: &Receiver<()>, limit: Duration) -> bool {
    news.recv_timeout(limit).is_ok()
}
// ANCHOR_END: blocking

/// `/slow`가 기다리는 동안 `/tea`가 답을 받는가.
async fn two_guests<W>(wait: impl Fn(Receiver<()>) -> W + 'static)
where
    W: Future<Output = bool> + 'static,
{
    let (tell, news) = channel();
    let (start, started) = oneshot::channel();
    let (wait, first) = (Rc::new(wait), Cell::new(Some((start, news))));
    // ANCHOR: guests
    let shop = Shop::open(Limits::default(), move |_| {
        let (wait, tell, first) = (Rc::clone(&wait), tell.clone(), first.take());
        async move {
            // 첫 손님만 기다리고, 다음 손님은 소식을 전한다.
            let Some((start, news)) = first else {
                _ = tell.send(());
                return ok("tea");
            };
            _ = start.send(());
            let heard = wait(news).await;
            ok(if heard {
                "그사이에 다른 손님이 답을 받음"
            } else {
                "그사이에 아무도 답을 받지 못함"
            })
        }
    });
    // ANCHOR_END: guests
    let slow = async { visit(shop.address, "/slow").await };
    let tea = async {
        started.await.expect("/slow가 시작한다");
        visit(shop.address, "/tea").await
    };
    let (slow, _) = join(slow, tea).await;
    println!("/slow: {slow}");
    shop.close().await;
}

async fn visit(address: SocketAddr, path: &str) -> String {
    let mut client = connect(address).await.expect("서버가 받는다");
    ask(&mut client, get(path)).await.expect("답이 온다")
}

// ANCHOR: unread_response
pub async fn unread_response() {
    let shop = Shop::open(PATIENT, async |_| ok(vec![b'.'; 1 << 20]));
    let mut client = connect(shop.address).await.expect("서버가 받는다");
    let answer = client.send_request(get("/")).await.expect("답이 온다");
    println!("손님: {} 받음, 본문은 읽지 않음", answer.status());
    match timeout(HOUR, client.ready()).await {
        Err(_) => println!("손님: 한 시간을 기다려도 다음 요청을 보낼 수 없음"),
        Ok(_) => println!("손님: 다음 요청을 보낼 수 있음"),
    }
    let length = text(answer.into_body()).await.expect("끝까지 온다").len();
    client.ready().await.expect("연결이 살아 있다");
    println!("손님: {length}바이트를 읽고 나니 보낼 수 있음");
    drop(client);
    shop.close().await;
}
// ANCHOR_END: unread_response

const HALF: &str = "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 6\r\n\r\ntea";
const LAST: &str = "GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";

// ANCHOR: unread_request
pub async fn unread_request() {
    let ignores = || Shop::open(Limits::default(), async |_| ok("tea"));
    let reads = || {
        Shop::open(Limits::default(), async |request: Request<Patient>| {
            text(request.into_body()).await?;
            ok("tea")
        })
    };
    let count = async |shop: Shop, first: &str, rest: &str| {
        let mut client = raw(shop.address, first).await;
        client.write_all(rest.as_bytes()).await.expect("서버가 열려 있다");
        read_all(&mut client).await.matches("200 OK").count()
    };
    let rest = format!("tea{LAST}");
    println!("본문을 다 읽는 서버: 답 {}개", count(reads(), HALF, &rest).await);
    println!("본문을 두고 답하는 서버: 답 {}개", count(ignores(), HALF, "").await);
    let whole = format!("{HALF}{rest}");
    println!("그 서버에 본문을 한꺼번에 보내면: 답 {}개", count(ignores(), &whole, "").await);
}
// ANCHOR_END: unread_request

// ANCHOR: cut
pub async fn cut_off() {
    let limits = Limits { drain: Duration::ZERO, ..Limits::default() };
    let Half { shop, client, answer, rest } = half_answered(limits).await;
    let report = shop.close().await;
    let failed = text(answer).await.is_err();
    println!("손님: 뒷부분을 {}", if failed { "받지 못함" } else { "받음" });
    println!("연결: {report}");
    drop((client, rest));
}
// ANCHOR_END: cut
