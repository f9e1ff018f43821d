//! 이벤트는 지난 일이다. 처리할 때에는 사정이 달라져 있을 수 있다.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use ch04_01_readiness::conn::Conn;
use ch04_01_readiness::slots::Slots;
use mio::{Events, Interest, Poll, Token};

/// 손님 쪽 소켓과, 막지 않게 한 서버 쪽 소켓.
fn pair(listener: &TcpListener) -> io::Result<(TcpStream, mio::net::TcpStream)> {
    let guest = TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = listener.accept()?;
    stream.set_nonblocking(true)?;
    Ok((guest, mio::net::TcpStream::from_std(stream)))
}

// ANCHOR: spurious
pub fn spurious() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (mut guest, stream) = pair(&listener)?;
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(8));
    let mut conn = Conn::new(stream);
    poll.registry()
        .register(conn.stream(), Token(0), Interest::READABLE)?;

    let mut received = Vec::new();
    for piece in ["안", "녕"] {
        guest.write_all(piece.as_bytes())?;
        poll.poll(&mut events, None)?;
        received.extend(events.iter().map(|event| event.token()));
    }
    println!("[Rust] 서버: 이벤트 {}개를 받음", received.len());
    for _ in received {
        let before = conn.tally().bytes;
        conn.advance(&mut [0; 16])?;
        println!("[Rust] 서버: {}바이트 읽음", conn.tally().bytes - before);
    }
    Ok(())
}
// ANCHOR_END: spurious

/// 이름과 소켓.
pub struct Seat {
    name: &'static str,
    stream: mio::net::TcpStream,
}

/// 토큰으로 손님을 칸에서 꺼내는 법.
pub type Remove = fn(&mut Slots<Seat>, Token) -> Option<Seat>;

/// 나래를 내보낸 다음 나래의 끊김을 처리한다. 남은 손님의 이름을 돌려준다.
// ANCHOR: reused
pub fn reused(remove: Remove) -> io::Result<Vec<&'static str>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (mut poll, mut slots) = (Poll::new()?, Slots::new());
    let (mut gaon, seat) = pair(&listener)?;
    let gaon_token = sit(&poll, &mut slots, "가온", seat)?;
    let (narae, seat) = pair(&listener)?;
    let narae_token = sit(&poll, &mut slots, "나래", seat)?;

    gaon.write_all(b"!")?;
    drop(narae);
    await_both(&mut poll, gaon_token, narae_token)?;
    println!("[Rust] 서버: 가온의 말과 나래의 끊김을 받음");
    if let Some(mut kicked) = remove(&mut slots, narae_token) {
        println!("[Rust] 서버: 가온의 말대로 {}를 내보냄", kicked.name);
        poll.registry().deregister(&mut kicked.stream)?;
    }
    let (_dasom, seat) = pair(&listener)?;
    sit(&poll, &mut slots, "다솜", seat)?;
    println!("[Rust] 서버: 빈 칸에 다솜을 앉힘");
    match remove(&mut slots, narae_token) {
        Some(seat) => println!("[Rust] 서버: 나래의 끊김을 보고 {}을 내보냄", seat.name),
        None => println!("[Rust] 서버: 나래의 끊김을 버림"),
    }
    Ok(slots.values().map(|seat| seat.name).collect())
}
// ANCHOR_END: reused

fn sit(
    poll: &Poll,
    slots: &mut Slots<Seat>,
    name: &'static str,
    stream: mio::net::TcpStream,
) -> io::Result<Token> {
    let token = slots.insert(Seat { name, stream });
    let seat = slots.get_mut(token).expect("방금 넣었다");
    poll.registry()
        .register(&mut seat.stream, token, Interest::READABLE)?;
    Ok(token)
}

/// 두 이벤트를 모두 받을 때까지 기다린다. 처리는 하지 않는다.
fn await_both(poll: &mut Poll, one: Token, other: Token) -> io::Result<()> {
    let mut events = Events::with_capacity(8);
    let mut seen = Vec::new();
    while !(seen.contains(&one) && seen.contains(&other)) {
        poll.poll(&mut events, None)?;
        seen.extend(events.iter().map(|event| event.token()));
    }
    Ok(())
}

/// 이야기를 찍고 남은 손님을 적는다.
pub fn show(remove: Remove) -> io::Result<()> {
    println!("[Rust] 남은 손님: {}", reused(remove)?.join(", "));
    Ok(())
}
