//! 진짜 소켓으로 보는 서버. 손님을 제멋대로 자르고 끊는다.

mod common;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use ch04_01_readiness::server::{End, Server, Turn};
use mio::{Events, Interest, Poll, Token};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use socket2::SockRef;

/// 올 것이라면 이보다 훨씬 먼저 온다.
const LIMIT: Duration = Duration::from_secs(10);

/// 손님 하나. 넷에 하나는 보내다 말고 갑자기 끊는다.
struct Guest {
    stream: TcpStream,
    text: String,
    sent: usize,
    leaves: Option<usize>,
}

impl Guest {
    fn visit(addr: SocketAddr, number: usize, random: &mut impl FnMut(usize) -> usize) -> Guest {
        let text = format!("{number}\n안녕하세요\n{}\n", "가".repeat(number % 100));
        Guest {
            stream: TcpStream::connect(addr).unwrap(),
            leaves: (number % 4 == 3).then(|| random(text.len())),
            text,
            sent: 0,
        }
    }

    /// 다음 조각을 보낸다. 더 보낼 것이 남았으면 참이다.
    fn send(&mut self, most: usize) -> bool {
        let end = self.leaves.unwrap_or(self.text.len());
        let next = end.min(self.sent + most);
        let piece = &self.text.as_bytes()[self.sent..next];
        self.stream.write_all(piece).unwrap();
        self.sent = next;
        next < end
    }

    /// 갑자기 끊거나, 그만 보내고 답을 끝까지 받아 견준다.
    fn leave(mut self) {
        if self.leaves.is_some() {
            let stream = SockRef::from(&self.stream);
            return stream.set_linger(Some(Duration::ZERO)).unwrap();
        }
        self.stream.shutdown(Shutdown::Write).unwrap();
        let mut echoed = String::new();
        self.stream.read_to_string(&mut echoed).unwrap();
        assert_eq!(echoed, self.text);
    }
}

// ANCHOR: party
/// 모두 들어온 다음, 아무나 골라 아무 데서나 잘라 보내기를 되풀이한다.
fn party(addr: SocketAddr, count: usize, all_in: &Receiver<()>) {
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut random = move |below: usize| random.next_u32() as usize % below;
    let mut guests: Vec<_> = (0..count)
        .map(|number| Guest::visit(addr, number, &mut random))
        .collect();
    all_in.recv().unwrap();
    let mut sending: Vec<_> = (0..count).collect();
    while !sending.is_empty() {
        let at = random(sending.len());
        if !guests[sending[at]].send(1 + random(40)) {
            sending.swap_remove(at);
        }
    }
    guests.into_iter().for_each(Guest::leave);
}
// ANCHOR_END: party

// ANCHOR: thousand_test
#[test]
fn a_thousand_guests_get_every_byte_once() {
    let count = common::guests();
    let mut server = Server::bind(16).unwrap();
    let addr = server.addr().unwrap();
    let (tell, all_in) = mpsc::channel();
    let guests = thread::spawn(move || party(addr, count, &all_in));
    let (mut accepted, mut ended) = (0, Vec::new());
    while ended.len() < count {
        let turn = server.turn(Some(LIMIT)).unwrap();
        assert_ne!(turn, Turn::default(), "올 이벤트가 오지 않는다");
        accepted += turn.accepted;
        if turn.accepted > 0 && accepted == count {
            tell.send(()).unwrap();
        }
        ended.extend(turn.ended);
    }
    guests.join().unwrap();
    let done = ended.iter().filter(|end| **end == End::Done).count();
    assert_eq!((done, server.open()), (count - count / 4, 0));
}
// ANCHOR_END: thousand_test

/// 받을 것은 다 받았고 밀린 답만 남았다. 쓸 자리가 났다는 이벤트 말고는 올 것이 없다.
#[test]
fn what_is_left_goes_out_when_there_is_room() {
    let mut server = Server::bind(4096).unwrap();
    let mut guest = TcpStream::connect(server.addr().unwrap()).unwrap();
    let mut step = |done: &dyn Fn(&Server) -> bool| {
        while !done(&server) {
            let turn = server.turn(Some(LIMIT)).unwrap();
            assert_ne!(turn, Turn::default(), "올 이벤트가 오지 않는다");
        }
        server.backlog()
    };
    let mut sent = 0;
    while step(&|server| server.tally().bytes == sent) == 0 {
        guest.write_all(&b"123456789abcdef\n".repeat(64)).unwrap();
        sent += 16 * 64;
    }
    let reading = thread::spawn(move || guest.read_exact(&mut vec![0; sent]));
    step(&|server| server.backlog() == 0);
    reading.join().unwrap().unwrap();
}

/// 손님 쪽 소켓과, 막지 않게 한 서버 쪽 소켓.
fn pair() -> (TcpStream, mio::net::TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let guest = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (stream, _) = listener.accept().unwrap();
    stream.set_nonblocking(true).unwrap();
    (guest, mio::net::TcpStream::from_std(stream))
}

// ANCHOR: reregister
/// 등록은 지금 어떤지 다시 묻는다. 그래서 덜 읽었어도 다시 등록하면 이벤트가 또 온다.
#[test]
#[cfg(target_os = "linux")]
fn registering_again_asks_again() {
    let (mut poll, mut events) = (Poll::new().unwrap(), Events::with_capacity(8));
    let (mut guest, mut stream) = pair();
    let readable = Interest::READABLE;
    poll.registry()
        .register(&mut stream, Token(0), readable)
        .unwrap();
    guest.write_all(b"!").unwrap();
    poll.poll(&mut events, None).unwrap();
    assert!(!events.is_empty());

    poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
    assert!(events.is_empty());

    poll.registry()
        .reregister(&mut stream, Token(0), readable)
        .unwrap();
    poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
    assert!(!events.is_empty());
}
// ANCHOR_END: reregister

/// 쓸 것이 없는데 `WRITABLE`을 부탁하면, 쓸 자리가 있다는 이벤트가 곧바로 한 번 온다.
#[test]
fn asking_for_room_wakes_once_for_nothing() {
    let (mut poll, mut events) = (Poll::new().unwrap(), Events::with_capacity(8));
    let (_guest, mut stream) = pair();
    let both = Interest::READABLE | Interest::WRITABLE;
    poll.registry()
        .register(&mut stream, Token(0), both)
        .unwrap();
    poll.poll(&mut events, None).unwrap();
    assert!(
        events
            .iter()
            .any(|event| event.is_writable() && !event.is_readable())
    );
    if cfg!(target_os = "linux") {
        poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
        assert!(events.is_empty(), "에지는 같은 자리를 다시 알리지 않는다");
    }
}

/// 리스너의 이벤트 하나에 손님을 하나만 받으면, 남은 손님을 알려 주는 이벤트는 오지 않는다.
#[test]
fn one_accept_for_an_event_leaves_guests_waiting() {
    let (mut poll, mut events) = (Poll::new().unwrap(), Events::with_capacity(8));
    let mut listener = mio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    poll.registry()
        .register(&mut listener, Token(0), Interest::READABLE)
        .unwrap();
    let addr = listener.local_addr().unwrap();
    let guests: Vec<_> = (0..50).map(|_| TcpStream::connect(addr).unwrap()).collect();

    let mut accepted = Vec::new();
    poll.poll(&mut events, None).unwrap();
    while !events.is_empty() {
        accepted.push(listener.accept().unwrap());
        poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
    }
    assert!(accepted.len() < guests.len());
    while let Ok(guest) = listener.accept() {
        accepted.push(guest); // 막힐 때까지 받으면 모두 받는다.
    }
    assert_eq!(accepted.len(), guests.len());
}
