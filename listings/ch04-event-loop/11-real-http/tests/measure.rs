//! 같은 서버를 미니 런타임과 tokio에서 번갈아 재어 견준다. 손으로 돌린다.
//!
//! `cargo test --release -p ch04-11-real-http --test measure -- --ignored --nocapture`

use std::convert::Infallible;
use std::fs;
use std::future::{pending, ready};
use std::hint::black_box;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::Command;
use std::sync::mpsc;
use std::task::{Context, Poll, ready};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ch04_10_mini_runtime as mini;
use ch04_11_real_http::{Limits, serve};
use http_body_util::Full;
use hyper::Response;
use hyper::rt::{Read, ReadBufCursor, Sleep, Timer, Write};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

const ROUNDS: usize = 11;
const HEAD: Option<Duration> = Some(Duration::from_secs(30));

fn hello() -> Response<Full<Bytes>> {
    Response::new(Full::new(Bytes::from_static(b"hello")))
}

/// `Io`와 같은 꼴로 쓴 tokio의 어댑터.
struct TokioIo(tokio::net::TcpStream, Box<[u8; 8192]>);

impl Read for TokioIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        let TokioIo(stream, spare) = &mut *self;
        let room = buf.remaining().min(spare.len());
        let mut read = ReadBuf::new(&mut spare[..room]);
        ready!(Pin::new(stream).poll_read(cx, &mut read))?;
        buf.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for TokioIo {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, bufs)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// tokio의 타이머. hyper-util의 것과 같은 꼴이다.
struct TokioTimer;

struct TokioSleep(Pin<Box<tokio::time::Sleep>>);

impl Future for TokioSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(cx)
    }
}

impl Sleep for TokioSleep {}

impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(TokioSleep(Box::pin(tokio::time::sleep(duration))))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(TokioSleep(Box::pin(tokio::time::sleep_until(deadline.into()))))
    }
}

/// 도는 서버. 주소와, 서버의 스레드가 쓴 CPU 시간이 적히는 파일.
struct Server(SocketAddr, PathBuf);

impl Server {
    /// 이 스레드가 서버이다.
    fn here(address: SocketAddr) -> Server {
        let thread = fs::read_link("/proc/thread-self").expect("Linux에서만 잰다");
        Server(address, Path::new("/proc").join(thread).join("schedstat"))
    }

    /// 서버의 스레드가 쓴 CPU 시간, 나노초.
    fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(&self.1).unwrap();
        stat.split(' ').next().unwrap().parse().unwrap()
    }

    /// 1초 동안의 초당 요청 수와, 요청 하나에 쓴 CPU 시간.
    fn load(&self) -> [f64; 2] {
        let (url, before) = (format!("http://{}/", self.0), self.cpu());
        let output = Command::new("wrk").args(["-t1", "-c64", "-d1s", &url]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
        let per_second = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).unwrap();
        let total = said.lines().find(|line| line.contains("requests in")).unwrap();
        let total: f64 = total.split_whitespace().next().unwrap().parse().unwrap();
        [per_second.trim().parse().unwrap(), (self.cpu() - before) / total]
    }
}

fn on_tokio(head: Option<Duration>) -> Server {
    let (tell, told) = mpsc::channel();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        tell.send(Server::here(address)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let accept = async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let service = service_fn(|_| ready(Ok::<_, Infallible>(hello())));
                let mut builder = Builder::new();
                builder.timer(TokioTimer).header_read_timeout(head);
                let io = TokioIo(stream, Box::new([0; 8192]));
                let connection = builder.serve_connection(io, service);
                tokio::spawn(async move { _ = connection.await });
            }
        };
        // block_on에 바로 주면 깨울 때마다 epoll을 부르므로 태스크로 띄운다.
        runtime.block_on(async { tokio::spawn(accept).await.unwrap() });
    });
    told.recv().unwrap()
}

fn on_mini(head: Option<Duration>) -> Server {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        mini::block_on(async move {
            let listener = mini::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            tell.send(Server::here(listener.local_addr().unwrap())).unwrap();
            let limits = Limits { head, stall: None, drain: Duration::ZERO };
            serve(listener, |_| ready(Ok(hello())), limits, pending()).await;
        });
    });
    told.recv().unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
#[ignore = "wrk로 재는 데 수십 초가 걸린다"]
fn requests_per_second() {
    for (name, head) in [("한도 없이", None), ("헤더의 한도를 두고", HEAD)] {
        let servers = [on_mini(head), on_tokio(head)];
        let mut rounds = Vec::new();
        for round in 0..ROUNDS {
            let mut both = [[0.0; 2]; 2];
            for at in [round % 2, 1 - round % 2] {
                both[at] = servers[at].load();
            }
            rounds.push(both);
        }
        let of = |value: fn(&[[f64; 2]; 2]) -> f64| median(rounds.iter().map(value).collect());
        let requests = [of(|r| r[0][0]), of(|r| r[1][0]), of(|r| r[0][0] / r[1][0])];
        let cpu = [of(|r| r[0][1]), of(|r| r[1][1]), of(|r| r[0][1] / r[1][1])];
        println!("{name}: mini, tokio, 비율");
        println!("  초당 요청 {:.0} {:.0} {:.3}", requests[0], requests[1], requests[2]);
        println!("  요청의 CPU {:.0}ns {:.0}ns {:.3}", cpu[0], cpu[1], cpu[2]);
    }
}

/// 어댑터가 한 번 더 옮기는 값.
#[test]
#[ignore = "손으로 돌린다"]
fn copy() {
    for size in [128, 64 * 1024] {
        let (from, mut to) = (vec![1_u8; size], vec![0_u8; size]);
        let times = (256 << 20) / size;
        let start = Instant::now();
        for _ in 0..times {
            black_box(&mut to[..]).copy_from_slice(black_box(&from));
        }
        println!("{size}바이트: {:.1}ns", start.elapsed().as_nanos() as f64 / times as f64);
    }
}
