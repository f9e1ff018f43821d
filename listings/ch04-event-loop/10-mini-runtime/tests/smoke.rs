//! 런타임이 하는 일들을 하나씩 해 본다.

use std::cell::RefCell;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use ch04_10_mini_runtime::channel::channel;
use ch04_10_mini_runtime::net::{TcpListener, TcpStream, UdpSocket};
use ch04_10_mini_runtime::time::{interval, now, sleep, timeout};
use ch04_10_mini_runtime::{
    JoinError, Runtime, block_on, select, spawn, spawn_blocking, yield_now,
};
use futures::io::{AsyncReadExt, AsyncWriteExt};

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

#[test]
fn tasks_take_turns() {
    let log = Rc::new(RefCell::new(Vec::new()));
    block_on(async {
        let walk = |name: &'static str| {
            let log = Rc::clone(&log);
            spawn(async move {
                for step in 0..3 {
                    log.borrow_mut().push((name, step));
                    yield_now().await;
                }
            })
        };
        let (a, b) = (walk("a"), walk("b"));
        a.await.unwrap();
        b.await.unwrap();
    });
    let want = [("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2), ("b", 2)];
    assert_eq!(*log.borrow(), want);
}

#[test]
fn a_panic_stays_in_its_task() {
    block_on(async {
        let failed = spawn(async { panic!("넘어졌다") });
        let fine = spawn(async { 7 });
        let Err(JoinError::Panicked(_)) = failed.await.map(|(): ()| ()) else {
            panic!("패닉이 결과로 와야 한다");
        };
        assert_eq!(fine.await.unwrap(), 7);
    });
}

#[test]
fn abort_drops_the_future_before_the_join_ends() {
    let held = Rc::new(());
    block_on(async {
        let inner = Rc::clone(&held);
        let task = spawn(async move {
            let _inner = inner;
            std::future::pending::<()>().await;
        });
        yield_now().await;
        assert_eq!(Rc::strong_count(&held), 2);
        task.abort();
        assert!(matches!(task.await, Err(JoinError::Cancelled)));
        assert_eq!(Rc::strong_count(&held), 1);
    });
}

#[test]
fn virtual_time_jumps() {
    Runtime::with_virtual_time().unwrap().block_on(async {
        let start = now();
        sleep(Duration::from_secs(3600)).await;
        let passed = now() - start;
        assert!(passed >= Duration::from_secs(3600) && passed <= Duration::from_millis(3_600_001));
        assert!(timeout(Duration::from_secs(1), sleep(Duration::from_secs(2))).await.is_err());
        assert!(timeout(Duration::from_secs(2), sleep(Duration::from_secs(1))).await.is_ok());
        let late = timeout(Duration::from_secs(1), std::future::pending::<()>());
        sleep(Duration::from_secs(5)).await;
        let begun = now();
        assert!(late.await.is_err());
        assert_eq!(now(), begun, "시간은 만든 때부터 센다");
        let mut rare = interval(Duration::MAX);
        rare.tick().await;
        let mut beat = interval(Duration::from_secs(1));
        let first = beat.tick().await;
        assert_eq!(beat.tick().await - first, Duration::from_secs(1));
        let answer = select(sleep(Duration::from_secs(9)), spawn_blocking(|| 3)).await;
        assert!(matches!(answer, ch04_10_mini_runtime::Either::Right(Ok(3))));
    });
}

#[test]
fn echo_over_tcp_and_udp() {
    block_on(async {
        let mut listener = TcpListener::bind(ANY).unwrap();
        let address = listener.local_addr().unwrap();
        let server = spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let (read, mut write) = stream.split();
            futures::io::copy(read, &mut write).await.unwrap();
            write.close().await.unwrap();
        });
        let client = TcpStream::connect(address).await.unwrap();
        let big = vec![7; 3_000_000];
        let (mut read, mut write) = client.split();
        let sent = big.clone();
        let writer = spawn(async move {
            write.write_all(&sent).await.unwrap();
            write.close().await.unwrap();
        });
        let mut got = Vec::new();
        read.read_to_end(&mut got).await.unwrap();
        assert!(got == big);
        writer.await.unwrap();
        server.await.unwrap();

        let (mut a, mut b) = (UdpSocket::bind(ANY).unwrap(), UdpSocket::bind(ANY).unwrap());
        let to = b.local_addr().unwrap();
        let receiver = spawn(async move {
            let mut buf = [0; 16];
            let (count, from) = b.recv_from(&mut buf).await.unwrap();
            (buf[..count].to_vec(), from)
        });
        yield_now().await;
        a.send_to(b"hi", to).await.unwrap();
        let (text, from) = receiver.await.unwrap();
        assert_eq!((text.as_slice(), from), (&b"hi"[..], a.local_addr().unwrap()));
        let refused = TcpStream::connect(address).await.err().map(|error| error.kind());
        assert_eq!(refused, Some(std::io::ErrorKind::ConnectionRefused));
    });
}

#[test]
fn channel_waits_in_order() {
    block_on(async {
        let (tx, mut rx) = channel(1);
        let senders: Vec<_> = (0..4)
            .map(|n| {
                let tx = tx.clone();
                spawn(async move { tx.send(n).await.is_ok() })
            })
            .collect();
        drop(tx);
        yield_now().await;
        let mut got = Vec::new();
        while let Some(n) = rx.recv().await {
            got.push(n);
        }
        assert_eq!(got, [0, 1, 2, 3]);
        for sender in senders {
            assert!(sender.await.unwrap());
        }
    });
}

#[test]
fn another_thread_wakes_and_joins() {
    let (give, take) = mpsc::channel();
    block_on(async move {
        let (tx, rx) = futures::channel::oneshot::channel();
        let task = spawn(async move { rx.await.unwrap() });
        give.send(tx).unwrap();
        let other = std::thread::spawn(move || {
            take.recv().unwrap().send(5).unwrap();
            futures::executor::block_on(task).unwrap()
        });
        assert_eq!(spawn_blocking(move || other.join().unwrap()).await.unwrap(), 5);
    });
}
