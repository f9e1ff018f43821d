//! 소켓에 바이트를 그대로 보내고, 거칠게 끊고, 진짜 도구를 붙여 본다.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ch03_10_oneshot::oneshot;
use ch04_10_mini_runtime as mini;
use ch04_11_real_http::{Io, Limits, Patient, Report, Timer, connect, streamed};
use futures::future::{join, join_all};
use futures::io::{AsyncReadExt, AsyncWriteExt, Cursor};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use mini::channel::channel;
use mini::net::TcpListener;
use mini::time::{now, sleep, timeout};
use mini::{Runtime, block_on};
use socket2::SockRef;

use crate::shop::{Answer, Shop, ask, get, ok, raw, read_all, status, text};
use crate::story::{
    CHUNK, Half, PATIENT, echo, endless, half_answered, measure, round_trip, start_reading,
};

const HOUR: Duration = Duration::from_secs(3600);

/// 다른 스레드에서 도는 서버.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: thread::JoinHandle<Report>,
}

impl Served {
    fn new(limits: Limits) -> Served {
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            block_on(async move {
                let shop = Shop::open(limits, route);
                tell.send(shop.address).unwrap();
                _ = stopped.await;
                shop.close().await
            })
        });
        Served { address: told.recv().unwrap(), stop, thread }
    }

    fn close(self) -> Report {
        _ = self.stop.send(());
        self.thread.join().unwrap()
    }
}

async fn route(request: Request<Patient>) -> Answer {
    match request.uri().path() {
        "/echo" => echo(request).await,
        "/measure" => measure(request).await,
        "/endless" => endless(request).await,
        "/panic" => panic!("처리 함수가 넘어졌다"),
        "/tea" => ok("tea"),
        _ => status(StatusCode::NOT_FOUND, ""),
    }
}

/// 한 바이트씩 따로 보내도, 요청 백 개를 한꺼번에 보내도 답은 같다.
#[test]
fn bytes_may_come_in_any_pieces() {
    let request = "GET /tea HTTP/1.1\r\nHost: shop\r\n\r\n";
    let last = "GET /tea HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
    let all = request.repeat(99) + last;
    let served = Served::new(Limits::default());
    for piece in [1, 7, all.len()] {
        let mut stream = TcpStream::connect(served.address).unwrap();
        stream.set_nodelay(true).unwrap();
        for bytes in all.as_bytes().chunks(piece) {
            stream.write_all(bytes).unwrap();
        }
        let mut answers = String::new();
        stream.read_to_string(&mut answers).unwrap();
        assert_eq!(answers.matches("200 OK").count(), 100, "{piece}바이트씩");
    }
    let want = Report { accepted: 3, closed: 3, ..Report::default() };
    assert_eq!(served.close(), want);
}

#[test]
fn chunked_bodies_come_and_go() {
    block_on(async {
        let shop = Shop::open(Limits::default(), route);
        let request = "POST /echo HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\
                       Connection: close\r\n\r\n3\r\ntea\r\n4\r\ncake\r\n0\r\n\r\n";
        let mut client = raw(shop.address, request).await;
        let answer = read_all(&mut client).await;
        assert!(answer.contains("transfer-encoding: chunked"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        assert_eq!(joined(body), "teacake");
        shop.close().await;
    });
}

/// 길이와 조각이 번갈아 오는 본문을 잇는다.
fn joined(chunks: &str) -> String {
    let (length, rest) = chunks.split_once("\r\n").unwrap();
    match usize::from_str_radix(length, 16).unwrap() {
        0 => String::new(),
        length => rest[..length].to_owned() + &joined(&rest[length + 2..]),
    }
}

/// 알아들을 수 없는 요청은 그 연결만 400으로 끝낸다.
#[test]
fn nonsense_is_refused() {
    block_on(async {
        let shop = Shop::open(Limits::default(), route);
        let mut client = raw(shop.address, "차 한 잔 주세요\r\n\r\n").await;
        assert!(read_all(&mut client).await.starts_with("HTTP/1.1 400"));
        let want = Report { accepted: 1, failed: 1, ..Report::default() };
        assert_eq!(shop.close().await, want);
    });
}

/// 큰 본문이 오가는 동안 떠 있는 것은 커널과 hyper의 버퍼만큼이다.
#[test]
fn a_large_body_is_never_held_whole() {
    block_on(async {
        let shop = Shop::open(Limits::default(), route);
        let chunks = 2048;
        let [sent, received, most] = round_trip(shop.address, chunks).await.unwrap();
        assert_eq!([sent, received], [chunks * CHUNK; 2]);
        assert!(most < sent / 4, "{sent}바이트 가운데 {most}바이트가 떠 있었다");
        shop.close().await;
    });
}

/// 연결 이백 개를 아무 때나 RST로 끊어도, 얌전한 손님은 모두 답을 받는다.
#[test]
fn resets_touch_no_other_connection() {
    let served = Served::new(Limits::default());
    let rude = |seed: usize| {
        let requests = ["", "GET /te", "GET /tea HTTP/1.1\r\nHost: s\r\n\r\n"];
        let more = "POST /echo HTTP/1.1\r\nHost: s\r\nContent-Length: 99999\r\n\r\nab";
        let endless = "GET /endless HTTP/1.1\r\nHost: s\r\n\r\n";
        let all = [requests[0], requests[1], requests[2], more, endless];
        let mut stream = TcpStream::connect(served.address).unwrap();
        SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
        stream.write_all(all[seed % 5].as_bytes()).unwrap();
        if seed % 5 == 4 {
            stream.read_exact(&mut [0; 100]).unwrap();
        }
    };
    let mut calm = TcpStream::connect(served.address).unwrap();
    for seed in 0..200 {
        rude(seed);
        calm.write_all(b"GET /tea HTTP/1.1\r\nHost: shop\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"tea") {
            let mut buf = [0; 512];
            let count = calm.read(&mut buf).unwrap();
            assert!(count > 0, "서버가 얌전한 손님을 끊었다");
            answer.extend_from_slice(&buf[..count]);
        }
    }
    drop(calm);
    let report = served.close();
    assert!(report.failed > 0, "{report}");
    assert_eq!(report.accepted, report.closed + report.failed, "{report}");
}

#[test]
fn a_panic_ends_only_its_connection() {
    block_on(async {
        let shop = Shop::open(Limits::default(), route);
        let mut calm = connect(shop.address).await.unwrap();
        ask(&mut calm, get("/tea")).await.unwrap();
        let mut client = connect(shop.address).await.unwrap();
        ask(&mut client, get("/panic")).await.unwrap_err();
        assert_eq!(ask(&mut calm, get("/tea")).await.unwrap(), "tea");
        drop(calm);
        let want = Report { accepted: 2, closed: 1, ..Report::default() };
        assert_eq!(shop.close().await, want);
    });
}

/// 세 가지 느린 손님. 한도가 없으면 끝내 남고, 있으면 끊긴다.
#[test]
fn slow_clients_are_cut_only_by_limits() {
    let (tell, done) = mpsc::channel();
    thread::spawn(move || {
        slow_clients();
        tell.send(()).unwrap();
    });
    let waited = done.recv_timeout(Duration::from_secs(20));
    waited.expect("끊기지 않은 손님이 있거나, 셈이 틀렸다");
}

fn slow_clients() {
    let head = "GET /tea HTTP/1.1\r\nHost: sh";
    let body = "POST /echo HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n\r\ntea";
    let unread = "GET /endless HTTP/1.1\r\nHost: shop\r\n\r\n";
    let ended = |limits: Limits, request: &'static str| {
        Runtime::with_virtual_time().unwrap().block_on(async move {
            let shop = Shop::open(limits, route);
            let mut client = raw(shop.address, request).await;
            let mut byte = [0];
            if request == unread {
                client.read_exact(&mut byte).await.unwrap();
            }
            // 가상 시간은 커널 안에서 오가는 바이트를 기다려 주지 않는다. 끊기는 쪽은 시간을 재지 않고 기다린다.
            match (request == unread, limits.drain.is_zero()) {
                (true, true) => sleep(HOUR).await,
                (true, false) => {}
                (false, true) => _ = timeout(HOUR, until_closed(&mut client)).await,
                (false, false) => until_closed(&mut client).await,
            }
            let report = shop.close().await;
            drop(client);
            report
        })
    };
    let without = Limits { head: None, stall: None, drain: Duration::ZERO };
    for request in [head, body, unread] {
        let report = ended(without, request);
        assert_eq!((report.accepted, report.timed_out), (1, 0), "{request}");
    }
    let ten = Some(Duration::from_secs(10));
    assert_eq!(ended(Limits { head: ten, ..PATIENT }, head).timed_out, 1);
    for request in [body, unread] {
        let report = ended(Limits { stall: ten, ..PATIENT }, request);
        assert_eq!(report.timed_out, 1, "{request}");
    }
}

/// hyper가 처음부터 둔 헤더의 한도는 타이머를 달아야 켜진다.
// ANCHOR: default_limit
#[test]
fn the_default_limit_needs_a_timer() {
    let closed_after = |builder: Builder| {
        Runtime::with_virtual_time().unwrap().block_on(async move {
            let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let client = raw(listener.local_addr().unwrap(), "GET /tea HTTP/1.1\r\nHo").await;
            let io = Io::new(listener.accept().await.unwrap().0);
            let service = service_fn(async |_| ok("tea"));
            let start = now();
            let served = timeout(HOUR, builder.serve_connection(io, service)).await;
            drop(client);
            served.is_ok().then(|| now() - start)
        })
    };
    let mut with_timer = Builder::new();
    with_timer.timer(Timer);
    assert_eq!(closed_after(with_timer), Some(Duration::from_secs(30)));
    assert_eq!(closed_after(Builder::new()), None);
}
// ANCHOR_END: default_limit

#[test]
#[should_panic(expected = "no timer set")]
fn a_limit_set_by_hand_without_a_timer_panics() {
    let io = Io::new(Cursor::new(Vec::new()));
    let service = service_fn(async |_| ok("tea"));
    _ = Builder::new().header_read_timeout(HOUR).serve_connection(io, service);
}

/// 헤더의 한도는 헤더 전체에 걸린다. 조금씩 나아가도 끊긴다.
#[test]
fn a_dribbled_head_is_cut() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let head = Some(Duration::from_secs(10));
        let shop = Shop::open(Limits { head, ..PATIENT }, route);
        let mut client = raw(shop.address, "GET /").await;
        while client.write_all(b"a").await.is_ok() {
            sleep(Duration::from_secs(3)).await;
        }
        assert_eq!(shop.close().await.timed_out, 1);
    });
}

/// 리스너를 버리면 커널의 큐에 서 있던 손님은 RST를 받는다.
#[test]
fn a_dropped_listener_resets_its_queue() {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut queued = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    drop(listener);
    let error = queued.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

/// 서버가 닫거나 끊을 때까지 읽는다.
async fn until_closed(client: &mut mini::net::TcpStream) {
    _ = client.read_to_end(&mut Vec::new()).await;
}

/// 조금씩이라도 나아가는 손님은 끊지 않는다.
#[test]
fn a_client_that_moves_is_kept() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let stall = Some(Duration::from_secs(10));
        let shop = Shop::open(Limits { stall, ..PATIENT }, measure);
        let (sender, receiver) = channel(1);
        let request = Request::post("/measure").header("host", "shop");
        let request = request.body(streamed(receiver)).unwrap();
        let mut client = connect(shop.address).await.unwrap();
        let send = async {
            for _ in 0..20 {
                sleep(Duration::from_secs(3)).await;
                sender.send("tea".into()).await.unwrap();
            }
            drop(sender);
        };
        let (answer, ()) = join(ask(&mut client, request), send).await;
        assert_eq!(answer.unwrap(), "60바이트");
        drop(client);
        shop.close().await;
    });
}

/// 하던 답 여럿을 모두 마치고 닫는다.
#[test]
fn a_stopping_server_finishes_what_it_began() {
    block_on(async {
        let Half { shop, client, answer, rest } = half_answered(Limits::default()).await;
        let server = shop.stop();
        rest.send("뒷부분".into()).await.unwrap();
        drop(rest);
        assert_eq!(text(answer).await.unwrap(), "뒷부분");
        let want = Report { accepted: 1, closed: 1, ..Report::default() };
        assert_eq!(server.await.unwrap(), want);
        drop(client);
    });
}

#[test]
fn a_stopping_server_does_not_wait_for_ever() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let shop = Shop::open(Limits { head: None, stall: None, ..Limits::default() }, route);
        let clients = (0..10).map(|_| start_reading(shop.address, "/endless"));
        let clients = join_all(clients).await;
        let want = Report { accepted: 10, cut: 10, ..Report::default() };
        assert_eq!(shop.close().await, want);
        drop(clients);
    });
}

/// 도구를 돌려 표준 출력을 받는다. 없으면 건너뛰고, `BOOK_REQUIRE=all`이면 실패한다.
fn tool(name: &str, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let required = std::env::var_os("BOOK_REQUIRE").is_some_and(|value| value == "all");
            assert!(!required, "BOOK_REQUIRE=all인데 {name}이 없다");
            println!("건너뜀: {name}이 없다");
            return None;
        }
        child => child.unwrap(),
    };
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        scope.spawn(move || _ = stdin.write_all(input)); // 다 쓰면 닫힌다.
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{name}: {}", output.status);
    Some(output.stdout)
}

/// curl이 연결 하나로 두 번 묻고, 큰 본문을 길이를 적어서, 조각으로, 천천히 보낸다.
#[test]
fn curl_is_served() {
    let served = Served::new(Limits::default());
    let [tea, echo] = ["tea", "echo"].map(|path| format!("http://{}/{path}", served.address));
    let connects = ["-sS", "-w", " %{num_connects} ", tea.as_str(), tea.as_str()];
    if let Some(said) = tool("curl", &connects, b"") {
        assert_eq!(String::from_utf8_lossy(&said), "tea 1 tea 0 ");
    }
    let body: Vec<u8> = (0..4 << 20).map(|at: u32| (at / 3) as u8).collect();
    let chunked = "Transfer-Encoding: chunked";
    for (way, body) in [
        (&["-H", "Expect: 100-continue"][..], &body[..]),
        (&["-H", chunked], &body),
        (&["--limit-rate", "2M"], &body[..1 << 20]),
    ] {
        let arguments = [&["-sS", "--data-binary", "@-", &echo], way].concat();
        if let Some(said) = tool("curl", &arguments, body) {
            assert!(said == body, "{way:?}: {}바이트가 돌아왔다", said.len());
        }
    }
    served.close();
}

/// wrk가 연결 예순넷으로 쉬지 않고 묻는다. 틀린 답도 끊긴 연결도 없다.
#[test]
fn a_load_tool_sees_no_error() {
    let served = Served::new(Limits::default());
    let url = format!("http://{}/tea", served.address);
    let Some(said) = tool("wrk", &["-t1", "-c64", "-d1s", &url], b"") else {
        served.close();
        return;
    };
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("requests in"), "{said}");
    assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
    let report = served.close();
    assert_eq!(report.timed_out + report.cut, 0, "{report}");
}
