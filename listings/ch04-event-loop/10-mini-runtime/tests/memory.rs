//! 연결 10만 개를 차례로 맺고 끊은 뒤의 메모리. `--release -- --ignored --nocapture`로 잰다.
#![cfg(target_os = "linux")]

use std::net::{Ipv4Addr, SocketAddr};

use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::{block_on, spawn};
use futures::io::{AsyncReadExt, AsyncWriteExt};

/// 프로세스가 차지한 메모리(KB).
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

async fn one(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut buf = [0; 64];
    stream.write_all(&buf).await.unwrap();
    stream.read_exact(&mut buf).await.unwrap();
}

async fn serve(mut listener: TcpListener) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        drop(spawn(async move {
            let (read, mut write) = stream.split();
            _ = futures::io::copy(read, &mut write).await;
        }));
    }
}

#[test]
#[ignore = "몇 초가 걸린다"]
fn a_hundred_thousand_connections_leave_no_memory() {
    block_on(async {
        // 포트 하나에 맺을 수 있는 연결의 수에는 끝이 있으므로 리스너를 여럿 둔다.
        let listeners: Vec<_> = (0..8)
            .map(|_| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap())
            .collect();
        let addresses: Vec<_> = listeners.iter().map(|l| l.local_addr().unwrap()).collect();
        for listener in listeners {
            drop(spawn(serve(listener)));
        }
        let run = async |count: usize| {
            for turn in 0..count / 50 {
                let clients: Vec<_> = (0..50)
                    .map(|n| spawn(one(addresses[(turn * 50 + n) % addresses.len()])))
                    .collect();
                for client in clients {
                    client.await.unwrap();
                }
            }
        };
        run(2_000).await;
        let before = resident();
        run(100_000).await;
        let grown = resident() - before;
        println!("memory = {:.2} MB", grown as f64 / 1024.0);
        assert!(grown.abs() <= 1024, "{grown} KB 달라졌다");
    });
}
