//! 연결마다 스레드를 붙이던 서버를 `async`와 `.await`로 다시 쓴다. 대화는 같고 스레드는 하나이다.
//!
//! `--measure`를 붙이면 기다리는 태스크 만 개와, 태스크와 스레드가 맡은 연결 만 개를 잰다.

mod desk;
mod kitchen;
mod measure;
mod serve;
#[cfg(test)]
mod tests;

use std::env;
use std::io;
use std::net::TcpListener;
use std::sync::mpsc::Sender;

use ch01_01_one_at_a_time::{Guest, Server};

use desk::Desk;
use serve::{serve_but_block, serve_with_tasks, serve_with_threads};

/// 서버의 꼴. 셋을 바꿔 끼우며 같은 대화를 한다.
type Serve = fn(&TcpListener, usize, &Desk, &Sender<String>) -> io::Result<()>;

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--measure"] => return measure::run(),
        ["--guests", address, count] => return measure::be_guests(address, count),
        [part @ ("--tasks" | "--connections" | "--bare" | "--threads")] => {
            return measure::run_part(part);
        }
        _ => {}
    }
    println!("== 스레드로 ==");
    slow_guest(serve_with_threads)?;
    println!("== 태스크로 ==");
    slow_guest(serve_with_tasks)?;
    println!("== 부르기만 하면 ==");
    kitchen::call_then_await()?;
    println!("== 멈추는 자리 ==");
    kitchen::cook_together()?;
    println!("== 막는 async ==");
    impatient_guest(serve_but_block)?;
    Ok(())
}

// ANCHOR: slow
/// 손님1이 주문하지 않는 동안 손님2와 손님3이 온다.
fn slow_guest(serve: Serve) -> io::Result<Desk> {
    let desk = Desk::default();
    let shared = desk.clone();
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let server = Server::start(listener, move |listener, log| {
        serve(listener, 3, &shared, log)
    });
    let guests = [1, 2, 3].map(|number| {
        let guest = Guest::connect(number, server.address());
        server.hear();
        guest
    });
    for guest in guests.into_iter().rev() {
        guest.order();
        guest.read_reply();
        guest.leave();
        server.hear();
    }
    server.join()?;
    println!("서버: 답하는 데 쓴 스레드 {}개", desk.threads());
    Ok(desk)
}
// ANCHOR_END: slow

/// 손님2가 먼저 주문하지만, 손님1이 주문하고 떠나기 전에는 답을 받지 못할 수도 있다.
fn impatient_guest(serve: Serve) -> io::Result<Desk> {
    let desk = Desk::default();
    let shared = desk.clone();
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    // 서버가 열기 전에 둘 다 와 있으므로, 첫 대화보다 두 접속이 먼저이다.
    let [first, second] = [1, 2].map(|number| Guest::connect(number, address));
    let server = Server::start(listener, move |listener, log| {
        serve(listener, 2, &shared, log)
    });
    server.hear();
    server.hear();
    second.order();
    second.look();
    first.order();
    first.read_reply();
    first.leave();
    server.hear();
    second.read_reply();
    second.leave();
    server.hear();
    server.join()?;
    println!("서버: 답한 차례 {}", desk.answered().join(", "));
    Ok(desk)
}
