//! 메아리와 채팅 서버, UDP, 잘려 오는 바이트.

#[path = "../src/story/chat.rs"]
mod chat;
#[path = "../src/story/echo.rs"]
mod echo;
#[path = "../src/story/guest.rs"]
mod guest;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ch04_10_mini_runtime::net::{TcpListener, TcpStream, UdpSocket};
use ch04_10_mini_runtime::time::timeout;
use ch04_10_mini_runtime::{block_on, spawn, yield_now};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use guest::Guest;

const HOUR: Duration = Duration::from_secs(3600);

fn any() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(any()).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// 표준 라이브러리의 막는 소켓으로, 다른 스레드에서 크게 보내고 받는다.
#[test]
fn echo_serves_blocking_clients() {
    let (give, take) = mpsc::channel();
    let clients: Vec<_> = (0..8_u8)
        .map(|n| {
            let (tx, rx) = mpsc::channel::<SocketAddr>();
            give.send(tx).unwrap();
            thread::spawn(move || {
                let mut stream = std::net::TcpStream::connect(rx.recv().unwrap()).unwrap();
                let mut reader = stream.try_clone().unwrap();
                let sent = vec![n; 400_000];
                let check = sent.clone();
                let reading = thread::spawn(move || {
                    let mut got = Vec::new();
                    reader.read_to_end(&mut got).unwrap();
                    assert!(got == check);
                });
                stream.write_all(&sent).unwrap();
                stream.shutdown(Shutdown::Write).unwrap();
                reading.join().unwrap();
            })
        })
        .collect();
    drop(give);
    block_on(async {
        let (listener, address) = listen();
        let server = spawn(echo::serve(listener));
        take.iter().for_each(|tx| tx.send(address).unwrap());
        let joined = move || clients.into_iter().for_each(|client| client.join().unwrap());
        ch04_10_mini_runtime::spawn_blocking(joined).await.unwrap();
        assert!(!server.is_finished());
    });
}

#[test]
fn chat_tells_everyone_in_order() {
    block_on(async {
        let (listener, address) = listen();
        let _server = spawn(chat::serve(listener, HOUR));
        let mut guests = Vec::new();
        for n in 0..20 {
            let mut guest = Guest::enter(address, &format!("손님{n}")).await.unwrap();
            let entered = format!("손님{n}님이 들어왔습니다");
            assert_eq!(guest.hear().await.unwrap().unwrap(), entered);
            for before in &mut guests {
                assert_eq!(Guest::hear(before).await.unwrap().unwrap(), entered);
            }
            guests.push(guest);
        }
        for n in 0..30 {
            guests[3].say(&n.to_string()).await.unwrap();
        }
        for guest in &mut guests {
            for n in 0..30 {
                assert_eq!(guest.hear().await.unwrap().unwrap(), format!("손님3: {n}"));
            }
        }
        drop(guests.remove(7));
        for guest in &mut guests {
            assert_eq!(guest.hear().await.unwrap().unwrap(), "손님7님이 나갔습니다");
        }
    });
}

/// 읽지 않는 손님이 있어도 다른 손님은 기다리지 않는다. 참을 만큼 참은 다음에는 끊는다.
#[test]
fn a_guest_who_never_reads_is_cut() {
    block_on(async {
        let (listener, address) = listen();
        let _server = spawn(chat::serve(listener, Duration::from_millis(50)));
        let mut talker = Guest::enter(address, "수다").await.unwrap();
        assert!(talker.hear().await.unwrap().is_some());
        let silent = Guest::enter(address, "먹통").await.unwrap();
        assert_eq!(talker.hear().await.unwrap().unwrap(), "먹통님이 들어왔습니다");
        let long = "가".repeat(100_000);
        loop {
            talker.say(&long).await.unwrap();
            let heard = talker.hear().await.unwrap().unwrap();
            if heard == "먹통님이 나갔습니다" {
                break;
            }
            assert_eq!(heard.len(), long.len() + "수다: ".len());
        }
        drop(silent);
    });
}

/// 취소된 `serve`는 새 손님을 받지 않을 뿐, 있던 손님은 계속 이야기한다.
#[test]
fn an_aborted_chat_server_keeps_its_guests() {
    block_on(async {
        let (listener, address) = listen();
        let server = spawn(chat::serve(listener, HOUR));
        let mut guest = Guest::enter(address, "가람").await.unwrap();
        guest.hear().await.unwrap();
        server.abort();
        assert!(server.await.is_err());
        assert!(Guest::enter(address, "나래").await.is_err());
        guest.say("혼자").await.unwrap();
        assert_eq!(guest.hear().await.unwrap().unwrap(), "가람: 혼자");
    });
}

/// 덜 차게 읽어 막힘이라고 적은 다음에 온 FIN도 듣는다.
#[test]
fn a_fin_after_a_short_read_is_heard() {
    block_on(async {
        for together in [false, true] {
            let (mut listener, address) = listen();
            let mut client = TcpStream::connect(address).await.unwrap();
            let (mut server, _) = listener.accept().await.unwrap();
            let reader = spawn(async move {
                let (mut buf, mut got) = ([0; 64], Vec::new());
                loop {
                    match server.read(&mut buf).await.unwrap() {
                        0 => return got,
                        count => got.extend_from_slice(&buf[..count]),
                    }
                }
            });
            yield_now().await;
            client.write_all(b"abc").await.unwrap();
            if !together {
                for _ in 0..100 {
                    yield_now().await;
                }
            }
            client.close().await.unwrap();
            let heard = timeout(Duration::from_secs(20), reader).await.expect("FIN을 듣지 못했다");
            assert_eq!(heard.unwrap(), b"abc");
        }
    });
}

#[test]
fn udp_keeps_datagrams_apart() {
    block_on(async {
        let (mut one, mut two) = (UdpSocket::bind(any()).unwrap(), UdpSocket::bind(any()).unwrap());
        let (from, to) = (one.local_addr().unwrap(), two.local_addr().unwrap());
        for message in [&b"first"[..], b"", b"longer than the buffer"] {
            assert_eq!(one.send_to(message, to).await.unwrap(), message.len());
        }
        let mut buf = [0; 10];
        for want in [&b"first"[..], b"", b"longer tha"] {
            assert_eq!(two.recv_from(&mut buf).await.unwrap(), (want.len(), from));
            assert_eq!(&buf[..want.len()], want);
        }
        let reply = spawn(async move { one.recv_from(&mut [0; 4]).await.unwrap() });
        yield_now().await;
        two.send_to(b"ok", from).await.unwrap();
        assert_eq!(reply.await.unwrap(), (2, to));
    });
}

/// 버린 `accept`와 `read`는 아무것도 잃지 않는다.
#[test]
fn dropped_waits_lose_nothing() {
    block_on(async {
        let (mut listener, address) = listen();
        _ = ch04_10_mini_runtime::select(listener.accept(), yield_now()).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        let mut buf = [0; 4];
        _ = ch04_10_mini_runtime::select(server.read(&mut buf), yield_now()).await;
        client.write_all(b"ping").await.unwrap();
        server.read_exact(&mut buf).await.unwrap();
        assert_eq!(&buf, b"ping");
    });
}
