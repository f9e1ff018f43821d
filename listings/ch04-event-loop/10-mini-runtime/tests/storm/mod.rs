//! 연결 수천 개를 물결처럼 맺고 아무 데서나 끊는다. 어떻게 끊겨도 아무것도 남지 않아야 한다.

use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;

use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::{JoinError, JoinHandle, spawn, yield_now};
use futures::io::{AsyncReadExt, AsyncWriteExt};

/// 물결마다 이만큼 맺는다. 받기를 기다리는 연결의 줄(128)보다 짧게 한다. 넘치면 커널이 1초 뒤에 다시 맺는다.
const WAVE: usize = 100;

/// 물결의 수.
const WAVES: usize = 30;

/// 씨앗으로 정해지는 난수. xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// 몇 번씩 어떻게 끝났는가.
#[derive(Debug, Default)]
pub struct Report {
    /// 상대가 다 보냈다고 해서 끝난 서버의 태스크.
    pub finished: usize,
    /// 상대가 끊어 오류로 끝난 서버의 태스크.
    pub reset: usize,
    /// 서버가 먼저 끊은 것.
    pub cut: usize,
    /// 취소된 손님.
    pub aborted: usize,
}

/// `alive`를 쥔 퓨처는 모두 이 함수가 끝나기 전에 버려진다.
pub async fn storm(seed: u64, alive: &Rc<()>) -> Report {
    let mut random = Random(seed);
    let mut report = Report::default();
    let mut listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let address = listener.local_addr().unwrap();
    for _ in 0..WAVES {
        let clients: Vec<_> = (0..WAVE)
            .map(|_| {
                let (seed, held) = (random.below(u64::MAX) | 1, Rc::clone(alive));
                spawn(client(address, Random(seed), held))
            })
            .collect();
        let mut servers = Vec::new();
        while servers.len() < WAVE {
            let (stream, _) = listener.accept().await.unwrap();
            // 여덟에 하나는 서버가 얼마쯤 돌려주다가 끊는다.
            let limit = if random.below(8) == 0 { random.below(40_000) } else { u64::MAX };
            servers.push(spawn(serve(stream, limit, Rc::clone(alive))));
        }
        for _ in 0..random.below(30) {
            yield_now().await;
        }
        for client in &clients {
            if random.below(4) == 0 {
                client.abort();
            }
        }
        finish(clients, servers, &mut report).await;
    }
    report
}

async fn finish(
    clients: Vec<JoinHandle<Result<(), Error>>>,
    servers: Vec<JoinHandle<Result<bool, Error>>>,
    report: &mut Report,
) {
    for client in clients {
        match client.await {
            Err(JoinError::Cancelled) => report.aborted += 1,
            result => expected(result.unwrap()),
        }
    }
    for server in servers {
        match server.await.unwrap() {
            Ok(true) => report.finished += 1,
            Ok(false) => report.cut += 1,
            error => {
                expected(error.map(|_| ()));
                report.reset += 1;
            }
        }
    }
}

/// 끊긴 연결에서 나올 수 있는 오류뿐이어야 한다.
fn expected(result: Result<(), Error>) {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    let known = [BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof];
    if let Err(error) = result {
        assert!(known.contains(&error.kind()), "{error:?}");
    }
}

/// 돌려주다가 `limit`바이트가 넘으면 끊고 거짓을 돌려준다.
async fn serve(mut stream: TcpStream, limit: u64, _alive: Rc<()>) -> Result<bool, Error> {
    _ = stream.set_nodelay(true); // 작은 조각을 모으면 상대의 늦은 확인 응답을 기다린다.
    let (mut buf, mut total) = ([0; 2048], 0);
    loop {
        let count = stream.read(&mut buf).await?;
        if count == 0 {
            return Ok(true);
        }
        total += count as u64;
        if total > limit {
            return Ok(false); // 읽지 않은 것이 남았으면 RST가, 아니면 FIN이 간다.
        }
        stream.write_all(&buf[..count]).await?;
    }
}

// ANCHOR: client
async fn client(address: SocketAddr, mut random: Random, _alive: Rc<()>) -> Result<(), Error> {
    let mut stream = TcpStream::connect(address).await?;
    _ = stream.set_nodelay(true);
    let message = vec![7; 1 + random.below(3000) as usize];
    let mut buf = vec![0; message.len()];
    for _ in 0..random.below(12) {
        stream.write_all(&message).await?;
        match random.below(8) {
            0 => return Ok(()), // 돌아올 것을 읽지 않고 끊는다. RST가 간다.
            1 => return stream.read_exact(&mut buf[..1]).await, // 한 바이트만 읽고 끊는다.
            2 => {
                stream.close().await?; // 반만 닫고 나머지를 끝까지 읽는다.
                stream.read_to_end(&mut buf).await?;
                return Ok(());
            }
            _ => stream.read_exact(&mut buf).await?,
        }
        yield_now().await;
    }
    Ok(()) // 다 읽고 끊는다. FIN이 간다.
}
// ANCHOR_END: client
