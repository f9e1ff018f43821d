//! 손님 수천 명이 제멋대로 끊는다. 그래도 칸과 태스크와 바이트가 모두 맞아야 한다.

#[path = "../../01-readiness/tests/common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use ch04_06_reactor::sockets::{accept, read, write_all};
use ch04_06_reactor::{Reactor, Registered, block_on, spawn};
use mio::net::TcpListener;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use socket2::SockRef;

/// 한 바퀴의 손님. 받아들이기를 기다리는 줄(128명)이 넘치지 않게 한다.
const GUESTS: usize = 100;

const ROUNDS: usize = 30;

/// 끝날 것이라면 이보다 훨씬 먼저 끝난다.
const LIMIT: Duration = Duration::from_secs(30);

// ANCHOR: echo
/// 서버가 한 연결에서 한 일.
#[derive(Debug, Default)]
struct Served {
    received: usize,
    returned: usize,
    /// 손님이 다 보냈다는 것까지 보았다.
    whole: bool,
}

/// 읽은 그대로 돌려준다. `most`를 넘게 받으면 서버가 먼저 끊는다.
async fn echo(mut stream: Registered<mio::net::TcpStream>, most: usize) -> Served {
    let (mut served, mut buf) = (Served::default(), [0; 1024]);
    while let Ok(count) = read(&mut stream, &mut buf).await {
        served.received += count;
        served.whole = count == 0;
        let enough = served.whole || served.received > most;
        if enough || write_all(&mut stream, &buf[..count]).await.is_err() {
            break;
        }
        served.returned += count;
    }
    served
}
// ANCHOR_END: echo

// ANCHOR: guest
/// 손님이 떠나는 법.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// 보내기만 닫고 끝까지 받는다.
    HalfClose,
    /// 보내던 것까지 버리고 RST를 보낸다.
    Reset,
    /// 그냥 닫는다. 받지 않은 답이 있으면 운영체제가 RST를 보낸다.
    Close,
}

struct Guest {
    stream: TcpStream,
    cut: Cut,
    sent: Vec<u8>,
    /// 이만큼 보내면 떠난다.
    most: usize,
}

/// 떠난 손님. 끝까지 받았으면 받은 바이트도 적는다.
struct Left {
    cut: Cut,
    sent: usize,
    echoed: Option<usize>,
}
// ANCHOR_END: guest

impl Guest {
    fn visit(addr: SocketAddr, dice: &mut impl FnMut(usize) -> usize) -> Guest {
        let stream = TcpStream::connect(addr).unwrap();
        stream.set_nonblocking(true).unwrap();
        // 여덟에 하나는 서버가 답을 쓰다 막히도록 보낸다.
        let most = match dice(8) {
            0 => 600_000,
            _ => 5_000,
        };
        Guest {
            stream,
            cut: [Cut::HalfClose, Cut::Reset, Cut::Close][dice(3)],
            sent: Vec::new(),
            most: dice(most),
        }
    }

    /// 다음 조각을 보낸다. 더 보낼 것이 남았고 자리도 있으면 참이다.
    fn send(&mut self, dice: &mut impl FnMut(usize) -> usize) -> bool {
        let size = 1 + dice(self.most / 4 + 1);
        let piece = vec![dice(256) as u8; size];
        let Ok(count) = self.stream.write(&piece) else {
            return false; // 자리가 없거나 서버가 먼저 끊었다.
        };
        self.sent.extend(&piece[..count]);
        self.sent.len() < self.most
    }

    fn leave(mut self) -> Left {
        let (cut, sent) = (self.cut, self.sent.len());
        let echoed = match cut {
            Cut::HalfClose => self.hear(),
            Cut::Close => None,
            Cut::Reset => {
                let stream = SockRef::from(&self.stream);
                stream.set_linger(Some(Duration::ZERO)).unwrap();
                None
            }
        };
        Left { cut, sent, echoed }
    }

    /// 끝까지 받아 견준다. 서버가 먼저 끊었으면 앞부분만 온다.
    fn hear(&mut self) -> Option<usize> {
        self.stream.set_nonblocking(false).unwrap();
        self.stream.shutdown(Shutdown::Write).ok()?;
        let mut echoed = Vec::new();
        let whole = self.stream.read_to_end(&mut echoed);
        assert!(self.sent.starts_with(&echoed), "보낸 그대로가 아니다");
        whole.ok()
    }
}

// ANCHOR: party
/// 바퀴마다 함께 들어와, 아무나 골라 아무 데서나 잘라 보내고, 아무 때나 떠난다.
fn party(addr: SocketAddr, count: usize, go: &Receiver<()>, left: &Sender<(SocketAddr, Left)>) {
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut dice = move |below: usize| random.next_u32() as usize % below.max(1);
    while go.recv().is_ok() {
        let mut guests: Vec<_> = (0..count).map(|_| Guest::visit(addr, &mut dice)).collect();
        while !guests.is_empty() {
            let at = dice(guests.len());
            if dice(10) == 0 || !guests[at].send(&mut dice) {
                let guest = guests.swap_remove(at);
                let name = guest.stream.local_addr().unwrap();
                left.send((name, guest.leave())).unwrap();
            }
        }
    }
}
// ANCHOR_END: party

// ANCHOR: serve
/// 한 바퀴의 손님을 모두 받고, 태스크가 모두 끝나기를 기다린다.
async fn serve(
    listener: &mut Registered<TcpListener>,
    count: usize,
) -> HashMap<SocketAddr, Served> {
    let mut tasks = Vec::new();
    for number in 0..count {
        let (stream, addr) = accept(listener).await.unwrap();
        // 쓰기가 막히는 일이 잦아지게 버퍼를 줄인다.
        SockRef::from(&stream.socket)
            .set_send_buffer_size(65_536)
            .unwrap();
        let most = if number % 8 == 0 { 500 } else { usize::MAX };
        tasks.push((addr, spawn(echo(stream, most))));
    }
    let mut served = HashMap::new();
    for (addr, task) in tasks {
        served.insert(addr, task.await.unwrap());
    }
    served
}
// ANCHOR_END: serve

// ANCHOR: check
/// 양쪽이 적은 것을 견준다.
fn check(served: &Served, left: &Left) {
    assert!(served.returned <= served.received && served.received <= left.sent);
    if served.whole {
        assert_eq!(served.received, left.sent, "다 보냈다는데 덜 받았다");
        assert_eq!(served.returned, served.received);
        assert_ne!(left.cut, Cut::Reset, "RST를 끝으로 알았다");
    }
    if let Some(echoed) = left.echoed {
        assert_eq!(echoed, served.returned, "답을 잃었다");
    }
}
// ANCHOR_END: check

// ANCHOR: all
/// 모든 바퀴를 돈다. 끝까지 간 연결과 도중에 끊긴 연결을 센다.
fn all_rounds(count: usize) -> [usize; 2] {
    let (start, go) = channel();
    let (tell, left) = channel();
    let mut ends = [0, 0];
    block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let addr = listener.local_addr().unwrap();
        let mut listener = Registered::new(listener).unwrap();
        let guests = thread::spawn(move || party(addr, count, &go, &tell));
        for _ in 0..ROUNDS {
            start.send(()).unwrap();
            let served = serve(&mut listener, count).await;
            assert_eq!(Reactor::current().len(), 1, "빈 칸이 아니다");
            for (name, left) in left.iter().take(count) {
                check(&served[&name], &left);
                ends[usize::from(!served[&name].whole)] += 1;
            }
        }
        drop(start);
        guests.join().unwrap();
    })
    .unwrap();
    ends
}
// ANCHOR_END: all

#[test]
fn thousands_are_cut_at_random_and_nothing_is_left() {
    let count = common::guests().min(GUESTS);
    let (done, finished) = channel();
    thread::spawn(move || done.send(all_rounds(count)));
    let [whole, cut] = finished
        .recv_timeout(LIMIT)
        .expect("깨어나지 못한 태스크가 있다");
    assert_eq!(whole + cut, count * ROUNDS);
    assert!(whole > count && cut > count, "끝까지 {whole}, 도중에 {cut}");
}
