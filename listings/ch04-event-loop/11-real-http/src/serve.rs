//! 연결을 받아 hyper에 넘기고, 멈추라고 하면 하던 것을 마치고 멈춘다.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use ch04_10_mini_runtime::channel::channel;
use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::time::{sleep, timeout};
use ch04_10_mini_runtime::{Either, select, spawn};
use futures::FutureExt;
use hyper::body::Body;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response};

use crate::{BoxError, Io, Patient, Timer};

// ANCHOR: limits
/// 상대를 얼마나 기다려 주는가. `None`이면 언제까지나 기다린다.
#[derive(Clone, Copy)]
pub struct Limits {
    /// 요청의 헤더가 다 오기까지. 다음 요청을 기다리는 시간도 여기에 든다.
    pub head: Option<Duration>,
    /// 본문의 다음 조각이 오거나, 보내던 것이 조금이라도 나가기까지.
    pub stall: Option<Duration>,
    /// 멈추라고 한 뒤에 하던 요청을 마치기까지.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let ten = Duration::from_secs(10);
        Limits { head: Some(ten), stall: Some(ten), drain: ten }
    }
}
// ANCHOR_END: limits

/// 서버가 연 연결과, 연결마다 끝난 까닭.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// 받은 연결.
    pub accepted: usize,
    /// 다 마치고 닫았다.
    pub closed: usize,
    /// 한도가 지나 끊었다.
    pub timed_out: usize,
    /// 그 밖의 까닭으로 끊겼다.
    pub failed: usize,
    /// 멈추라고 한 뒤에도 끝나지 않아 끊었다.
    pub cut: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { accepted, closed, timed_out, failed, cut } = self;
        write!(
            f,
            "받음 {accepted}, 잘 닫음 {closed}, 한도 지남 {timed_out}, 끊김 {failed}, 자름 {cut}"
        )
    }
}

// ANCHOR: serve
/// `stop`이 끝날 때까지 연결을 받는다. 그다음에는 새 연결을 받지 않고, 하던 요청을 `limits.drain`까지 기다린다.
///
/// 처리 함수가 패닉하면 그 연결만 끊긴다. 버리면 받기를 그만두지만, 이미 받은 연결은 제 태스크에서 계속 돈다.
pub async fn serve<H, F, B>(
    mut listener: TcpListener,
    handler: H,
    limits: Limits,
    stop: impl Future<Output = ()> + 'static,
) -> Report
where
    H: Fn(Request<Patient>) -> F + 'static,
    F: Future<Output = Result<Response<B>, BoxError>> + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + 'static,
{
    let (handler, stop) = (Rc::new(handler), stop.shared());
    let report = Rc::new(Cell::new(Report::default()));
    // 아무것도 보내지 않는다. 연결이 모두 끝났음을 보내는 쪽이 사라지는 것으로 안다.
    let (alive, mut all_gone) = channel::<Infallible>(1);
    // ANCHOR_END: serve
    // ANCHOR: accept
    loop {
        let stream = match select(stop.clone(), listener.accept()).await {
            Either::Left(()) => break,
            Either::Right(Ok((stream, _))) => stream,
            Either::Right(Err(_)) => {
                // 파일 서술자가 모자라는 따위이다. 쉬었다가 다시 해 본다.
                sleep(Duration::from_millis(10)).await;
                continue;
            }
        };
        count(&report, |report| report.accepted += 1);
        let connection = connection(stream, Rc::clone(&handler), limits, stop.clone());
        let (report, alive) = (Rc::clone(&report), alive.clone());
        spawn(async move {
            let ended = connection.await;
            count(&report, |report| *ended(report) += 1);
            drop(alive);
        });
    }
    drop((listener, alive));
    all_gone.recv().await;
    report.get()
    // ANCHOR_END: accept
}

fn count(report: &Cell<Report>, change: impl FnOnce(&mut Report)) {
    let mut now = report.get();
    change(&mut now);
    report.set(now);
}

/// 연결이 끝난 까닭. 보고서에서 셀 칸을 가리킨다.
type Ended = fn(&mut Report) -> &mut usize;

// ANCHOR: connection
/// 연결 하나를 끝까지 돌린다. 버리면 연결이 끊긴다.
async fn connection<H, F, B>(
    stream: TcpStream,
    handler: Rc<H>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> Ended
where
    H: Fn(Request<Patient>) -> F + 'static,
    F: Future<Output = Result<Response<B>, BoxError>> + 'static,
    B: Body<Data = Bytes, Error: Into<BoxError>> + 'static,
{
    // 조각으로 나누어 보내는 답이 앞 조각의 확인을 기다리지 않게 한다. 못 해도 답은 나간다.
    _ = stream.set_nodelay(true);
    let io = Io::with_stall(stream, limits.stall);
    let service = service_fn(|request: Request<_>| {
        handler(request.map(|body| Patient::new(body, limits.stall)))
    });
    let mut builder = Builder::new();
    builder.timer(Timer).header_read_timeout(limits.head);
    // ANCHOR_END: connection
    // ANCHOR: graceful
    let mut http = pin!(builder.serve_connection(io, service));
    let ended = match select(http.as_mut(), stop).await {
        Either::Left(ended) => Ok(ended),
        Either::Right(()) => {
            http.as_mut().graceful_shutdown();
            timeout(limits.drain, http).await
        }
    };
    match ended {
        Ok(Ok(())) => |report| &mut report.closed,
        Ok(Err(error)) if is_timeout(&error) => |report| &mut report.timed_out,
        Ok(Err(_)) => |report| &mut report.failed,
        Err(_) => |report| &mut report.cut,
    }
    // ANCHOR_END: graceful
}

/// hyper의 타이머가 끊었거나, 우리가 낸 `TimedOut`이 까닭인가.
fn is_timeout(error: &hyper::Error) -> bool {
    let first: Option<&(dyn Error + 'static)> = Some(error);
    let mut causes = std::iter::successors(first, |&error| error.source());
    let stalled = |cause: &(dyn Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>();
        io.is_some_and(|io| io.kind() == ErrorKind::TimedOut)
    };
    error.is_timeout() || causes.any(stalled)
}
