//! 연결 하나가 쓰는 메모리를 잰다. 값은 `measured.toml`에 옮겨 적는다.
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use ch04_01_readiness::server::Server;

/// 이 프로세스가 실제로 차지한 메모리. 단위는 바이트이다.
fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

fn visit(addr: SocketAddr) -> TcpStream {
    TcpStream::connect(addr).unwrap()
}

/// 손님마다 한 줄씩 주고받는다.
fn chat(guests: &mut [TcpStream], mut serve: impl FnMut()) {
    for guest in guests {
        guest.write_all(b"hello\n").unwrap();
        serve();
        guest.read_exact(&mut [0; 6]).unwrap();
    }
}

#[test]
#[ignore = "재는 것이라 따로 돌린다"]
fn measure_memory() {
    let count = common::guests();
    let before = resident();
    let mut server = Server::bind(4096).unwrap();
    let addr = server.addr().unwrap();
    let mut guests = Vec::new();
    for number in 1..=count {
        guests.push(visit(addr));
        while server.open() < number {
            server.turn(None).unwrap();
        }
    }
    chat(&mut guests, || {
        server.turn(None).unwrap();
    });
    println!(
        "연결마다 상태: {:.2}KB",
        (resident() - before) as f64 / count as f64 / 1024.0
    );
    drop((server, guests));

    let before = resident();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (mut guests, mut threads) = (Vec::new(), Vec::new());
    for _ in 0..count {
        guests.push(visit(addr));
        let (mut stream, _) = listener.accept().unwrap();
        threads.push(thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                stream.write_all(&buffer[..count]).unwrap();
            }
        }));
    }
    chat(&mut guests, || {});
    println!(
        "연결마다 스레드: {:.2}KB",
        (resident() - before) as f64 / count as f64 / 1024.0
    );
    drop(guests);
    threads
        .into_iter()
        .for_each(|thread| thread.join().unwrap());
}
