//! 한 소켓을 둘이 기다리기.

use ch04_06_reactor::Registered;
use ch04_06_reactor::sockets::read;
use mio::net::TcpStream;

async fn both(mut stream: Registered<TcpStream>) {
    let (mut one, mut other) = ([0; 16], [0; 16]);
    let first = read(&mut stream, &mut one);
    let second = read(&mut stream, &mut other);
    let _ = (first.await, second.await);
}

fn main() {}
