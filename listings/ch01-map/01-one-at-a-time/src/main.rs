//! 한 번에 한 손님만 상대하는 서버. 느린 손님 하나가 모두를 세우는 것을 순서로 본다.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use ch01_01_one_at_a_time::{Guest, Server, serve, serve_with_patience};

#[cfg(test)]
mod tests;

fn main() -> io::Result<()> {
    println!("== 차례대로 ==");
    in_turn()?;
    println!("== 느린 손님 ==");
    slow_guest()?;
    println!("== 받지 않은 연결 ==");
    nobody_accepts()?;
    println!("== 가득 찬 버퍼 ==");
    full_buffer()?;
    println!("== 말이 없는 손님 ==");
    silent_guests()
}

/// 운영체제가 고른 빈 포트에 문을 연다.
fn bind() -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", 0))
}

/// 손님마다 주문하고, 답을 듣고, 떠난다.
fn in_turn() -> io::Result<()> {
    let server = Server::start(bind()?, |listener, log| serve(listener, 2, log));
    for number in 1..=2 {
        let guest = Guest::connect(number, server.address());
        server.hear();
        guest.order();
        guest.read_reply();
        guest.leave();
        server.hear();
    }
    server.join()
}

// ANCHOR: slow
/// 손님1이 주문하지 않는 동안 손님2와 손님3이 온다.
fn slow_guest() -> io::Result<()> {
    let server = Server::start(bind()?, |listener, log| serve(listener, 3, log));
    let slow = Guest::connect(1, server.address());
    server.hear();
    let waiting = [2, 3].map(|number| {
        let guest = Guest::connect(number, server.address());
        guest.order();
        guest.look();
        guest
    });
    slow.order();
    slow.read_reply();
    slow.leave();
    server.hear();
    for guest in waiting {
        server.hear();
        guest.read_reply();
        guest.leave();
        server.hear();
    }
    server.join()
}
// ANCHOR_END: slow

// ANCHOR: unaccepted
/// 서버가 문만 열어 두고 아직 아무도 맞지 않는다.
fn nobody_accepts() -> io::Result<()> {
    let listener = bind()?;
    let guest = Guest::connect(1, listener.local_addr()?);
    guest.order();
    guest.look();
    println!("서버: 이제 accept를 부름");
    let server = Server::start(listener, |listener, log| serve(listener, 1, log));
    server.hear();
    guest.read_reply();
    guest.leave();
    server.hear();
    server.join()
}
// ANCHOR_END: unaccepted

/// 아무도 읽지 않는 연결에 쓸 수 있을 때까지 쓴다.
fn full_buffer() -> io::Result<()> {
    let listener = bind()?;
    let guest = Guest::connect(1, listener.local_addr()?);
    let accepted = guest.flood()?;
    println!("손님1: 커널이 받아 둔 주문이 있는가? {}", accepted > 0);
    guest.leave();
    Ok(())
}

// ANCHOR: silent
/// 손님1과 손님2는 말이 없고 손님3은 주문을 보내 두었다.
fn silent_guests() -> io::Result<()> {
    let listener = bind()?;
    let address = listener.local_addr()?;
    let silent = [1, 2].map(|number| Guest::connect(number, address));
    let guest = Guest::connect(3, address);
    guest.order();
    guest.finish();
    let patience = Duration::from_millis(50);
    let server = Server::start(listener, move |listener, log| {
        serve_with_patience(listener, 3, patience, log)
    });
    for _ in 0..6 {
        server.hear();
    }
    guest.read_reply();
    let [late, _] = silent;
    late.order();
    late.read_reply();
    server.join()
}
// ANCHOR_END: silent
