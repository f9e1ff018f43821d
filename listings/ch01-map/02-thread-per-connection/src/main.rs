//! 연결마다 스레드를 하나씩 붙이는 서버. 느린 손님은 이제 자기 스레드만 세운다.
//!
//! `--measure`를 붙이면 스레드를 만 개까지 띄워 시간과 메모리를 잰다.

use std::env;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use ch01_01_one_at_a_time::{Guest, Server};

mod crowd;
mod limits;
mod measure;
mod serve;
#[cfg(test)]
mod tests;

use crowd::Crowd;
use serve::{serve, serve_counting, serve_with_pool};

fn main() -> io::Result<()> {
    if env::args().any(|argument| argument == "--measure") {
        measure::run();
        return Ok(());
    }
    println!("== 느린 손님 ==");
    slow_guest()?;
    println!("== 함께 세기 ==");
    count_together()?;
    println!("== 백 개가 함께 기다리기 ==");
    wait_together();
    println!("== 작업 스레드 둘 ==");
    two_workers()
}

/// 운영체제가 고른 빈 포트에 문을 연다.
fn bind() -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", 0))
}

// ANCHOR: slow
/// 손님1이 주문하지 않는 동안 손님2와 손님3이 온다.
fn slow_guest() -> io::Result<()> {
    let server = Server::start(bind()?, |listener, log| serve(listener, 3, log));
    let slow = Guest::connect(1, server.address());
    server.hear();
    for number in [2, 3] {
        let guest = Guest::connect(number, server.address());
        server.hear();
        guest.order();
        guest.read_reply();
        guest.leave();
        server.hear();
    }
    slow.order();
    slow.read_reply();
    slow.leave();
    server.hear();
    server.join()
}
// ANCHOR_END: slow

/// 세 스레드가 한 수를 함께 고친다.
fn count_together() -> io::Result<()> {
    let total = Arc::new(Mutex::new(0));
    let shared = Arc::clone(&total);
    let server = Server::start(bind()?, move |listener, log| {
        serve_counting(listener, 3, &shared, log)
    });
    let guests = [1, 2, 3].map(|number| Guest::connect(number, server.address()));
    for guest in guests {
        guest.order();
        guest.read_reply();
        guest.leave();
        server.hear();
    }
    server.join()
}

// ANCHOR: together
/// 스레드 백 개가 모두 시작해서 기다리는 것을 보고 나서 보내 준다.
fn wait_together() {
    let crowd = Crowd::gather(100, None);
    println!("[Rust] 스레드 {}개가 모두 기다리는 중", crowd.len());
    crowd.dismiss();
    println!("서버: 모두 끝남");
}
// ANCHOR_END: together

// ANCHOR: two
/// 작업 스레드는 둘인데 느린 손님이 둘이다.
fn two_workers() -> io::Result<()> {
    let server = Server::start(bind()?, |listener, log| {
        serve_with_pool(listener, 2, 3, log)
    });
    let [first, second] = [1, 2].map(|number| {
        let guest = Guest::connect(number, server.address());
        server.hear();
        guest
    });
    let third = Guest::connect(3, server.address());
    third.order();
    third.look();
    second.order();
    second.read_reply();
    second.leave();
    server.hear();
    server.hear();
    third.read_reply();
    third.leave();
    server.hear();
    first.leave();
    server.hear();
    server.join()
}
// ANCHOR_END: two
