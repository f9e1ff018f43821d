//! 손님 여럿이 아무 데서나 잘라 보내고 받는다. 크게 주고받고, 갑자기 끊고, 기다리다 버린다.

use std::future::poll_fn;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use ch04_06_reactor::Reactor;
use ch04_07_async_net::net::{TcpListener, TcpStream, UdpSocket};
use ch04_07_async_net::{block_on, spawn, yield_now};
use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy};
use proptest::collection::vec;
use proptest::prelude::*;
use socket2::{Domain, SockRef, Socket, Type};

/// 끝날 것이라면 이보다 훨씬 먼저 끝난다.
const LIMIT: Duration = Duration::from_secs(30);

fn any_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

async fn pair() -> (TcpStream, TcpStream) {
    let mut listener = TcpListener::bind(any_port()).unwrap();
    let guest = TcpStream::connect(listener.local_addr().unwrap());
    let guest = guest.await.unwrap();
    (guest, listener.accept().await.unwrap().0)
}

/// 이어진 소켓. 한쪽은 갑자기 끊거나 막는 호출을 할 수 있게 표준 라이브러리의 것이다.
async fn with_std() -> (std::net::TcpStream, TcpStream) {
    let mut listener = TcpListener::bind(any_port()).unwrap();
    let guest = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (guest, listener.accept().await.unwrap().0)
}

async fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}

async fn echo(stream: TcpStream) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    copy(reader, &mut writer).await?;
    writer.close().await
}

/// 끝까지 돌린다. 깨워 줄 것이 없어 멈추면 실패한다.
fn run<F: Future<Output = ()>>(story: impl FnOnce() -> F + Send + 'static) {
    let (done, finished) = channel();
    let thread = thread::spawn(move || {
        block_on(story()).unwrap();
        done.send(()).unwrap();
    });
    let stuck = finished.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout);
    assert!(!stuck, "깨어나지 못한 태스크가 있다");
    thread.join().unwrap();
}

// ANCHOR: guest
/// 손님 하나가 보내는 것과, 한 번에 쓰고 읽는 크기.
#[derive(Clone, Debug)]
struct Guest {
    bytes: Vec<u8>,
    writes: Vec<usize>,
    reads: Vec<usize>,
}

fn guest() -> impl Strategy<Value = Guest> {
    let sizes = || vec(1..40_000usize, 1..8);
    (vec(any::<u8>(), 0..200_000), sizes(), sizes()).prop_map(|(bytes, writes, reads)| Guest {
        bytes,
        writes,
        reads,
    })
}

async fn send(mut writer: impl AsyncWrite + Unpin, guest: &Guest) {
    let (mut rest, mut sizes) = (&guest.bytes[..], guest.writes.iter().cycle());
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
        writer.write_all(piece).await.unwrap();
        rest = after;
        yield_now().await;
    }
    writer.close().await.unwrap();
}

async fn receive(mut reader: impl AsyncRead + Unpin, guest: &Guest) -> Vec<u8> {
    let mut got = Vec::new();
    for size in guest.reads.iter().cycle() {
        let mut buf = vec![0; *size];
        match reader.read(&mut buf).await.unwrap() {
            0 => break,
            count => got.extend(&buf[..count]),
        }
    }
    got
}
// ANCHOR_END: guest

/// 서버의 태스크가 소켓을 모두 버릴 때까지.
async fn until_empty() {
    while !Reactor::current().is_empty() {
        yield_now().await;
    }
}

/// 멈춘 경우는 `LIMIT`까지 기다리므로 줄이지 않는다.
fn few() -> ProptestConfig {
    ProptestConfig {
        cases: 16,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Default::default()
    }
}

// ANCHOR: same
proptest! {
    #![proptest_config(few())]

    #[test]
    fn every_guest_gets_its_own_bytes_back(guests in vec(guest(), 1..12)) {
        run(move || async move {
            let mut listener = TcpListener::bind(any_port()).unwrap();
            let address = listener.local_addr().unwrap();
            let visits: Vec<_> = guests.into_iter().map(|guest| spawn(async move {
                let (reader, writer) = TcpStream::connect(address).await.unwrap().split();
                let (got, ()) = futures::join!(receive(reader, &guest), send(writer, &guest));
                got == guest.bytes
            })).collect();
            for _ in 0..visits.len() {
                drop(spawn(echo(listener.accept().await.unwrap().0)));
            }
            for visit in visits {
                assert!(visit.await.unwrap());
            }
            drop(listener);
            until_empty().await;
        });
    }
}
// ANCHOR_END: same

// ANCHOR: both
const SIZE: usize = 8 << 20;

/// 쓰면서 읽는다. 다 받은 것이 모두 `other`이면 참이다.
async fn talk(stream: TcpStream, mine: u8, other: u8) -> bool {
    let (mut reader, mut writer) = stream.split();
    let (bytes, mut got) = (vec![mine; SIZE], Vec::new());
    let write = async {
        writer.write_all(&bytes).await?;
        writer.close().await
    };
    futures::try_join!(write, reader.read_to_end(&mut got)).unwrap();
    got.len() == SIZE && got.iter().all(|byte| *byte == other)
}

/// 양쪽이 한꺼번에 크게 보낸다.
#[test]
fn big_transfers_both_ways_at_once() {
    run(|| async {
        let (one, other) = pair().await;
        let other = spawn(talk(other, 2, 1));
        assert!(talk(one, 1, 2).await && other.await.unwrap());
    });
}
// ANCHOR_END: both

/// 끝을 읽은 다음에 또 읽어도 기다리지 않는다.
#[test]
fn the_end_is_read_again_at_once() {
    run(|| async {
        let (guest, mut served) = pair().await;
        drop(guest);
        assert_eq!(served.read(&mut [0; 16]).await.unwrap(), 0);
        let again = poll_once(served.read(&mut [0; 16])).await;
        assert!(matches!(again, Poll::Ready(Ok(0))));
    });
}

// ANCHOR: reset
/// 한 손님이 갑자기 끊어도 그 연결의 읽기만 오류로 끝난다.
#[test]
fn a_reset_ends_only_its_own_connection() {
    run(|| async {
        let (rude, mut served) = with_std().await;
        let (mut polite, mut other) = pair().await;
        let reading = spawn(async move { served.read(&mut [0; 16]).await });
        yield_now().await; // 읽기를 기다리게 한 다음에 끊는다.
        SockRef::from(&rude)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(rude);
        let error = reading.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        polite.write_all(b"hi").await.unwrap();
        assert_eq!(other.read(&mut [0; 16]).await.unwrap(), 2);
        assert_eq!(Reactor::current().len(), 2);
    });
}
// ANCHOR_END: reset

/// 상대가 끊은 연결에 쓰던 쪽도 오류로 끝난다. 멈춘 채 남지 않는다.
#[test]
fn a_reset_wakes_a_blocked_writer() {
    run(|| async {
        let (rude, mut served) = with_std().await;
        let writing = spawn(async move { served.write_all(&vec![0; 64 << 20]).await });
        yield_now().await;
        SockRef::from(&rude)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(rude);
        let error = writing.await.unwrap().unwrap_err();
        let ended = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
        assert!(ended.contains(&error.kind()), "{error}");
    });
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// `times`번 깨울 때까지 리액터를 돌린다.
fn turn_until(count: &Count, times: usize) {
    while count.0.load(Ordering::Relaxed) < times {
        Reactor::current().turn(None).unwrap();
    }
}

// ANCHOR: woken
/// 깨운 다음, 다시 폴링되기 전에 버린 읽기와 받기도 잃는 것이 없다.
#[test]
fn nothing_is_lost_when_a_woken_future_is_dropped() {
    run(|| async {
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&count));
        let cx = &mut Context::from_waker(&waker);
        let mut listener = TcpListener::bind(any_port()).unwrap();
        let address = listener.local_addr().unwrap();
        assert!(pin!(listener.accept()).poll(cx).is_pending());
        let mut guest = std::net::TcpStream::connect(address).unwrap();
        turn_until(&count, 1);
        let (mut stream, peer) = listener.accept().await.unwrap();
        assert_eq!(peer, guest.local_addr().unwrap());
        let mut buf = [0; 16];
        assert!(pin!(stream.read(&mut buf)).poll(cx).is_pending());
        guest.write_all(b"hello").unwrap();
        turn_until(&count, 2);
        assert_eq!(stream.read(&mut buf).await.unwrap(), 5);
    });
}
// ANCHOR_END: woken

/// 묶기만 하고 듣지 않는 주소는 연결을 거절한다.
#[test]
fn a_refused_connect_ends_with_the_reason() {
    run(|| async {
        let nobody = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        nobody.bind(&any_port().into()).unwrap();
        let address = nobody.local_addr().unwrap().as_socket().unwrap();
        let error = TcpStream::connect(address).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        assert!(Reactor::current().is_empty());
    });
}

// ANCHOR: gone
/// 도중에 버린 연결은 등록도 소켓도 남기지 않는다.
#[test]
fn a_dropped_connect_leaves_nothing() {
    run(|| async {
        let mut listener = TcpListener::bind(any_port()).unwrap();
        let address = listener.local_addr().unwrap();
        let _ = poll_once(TcpStream::connect(address)).await;
        assert_eq!(Reactor::current().len(), 1);
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0);
    });
}
// ANCHOR_END: gone

/// 읽는 쪽과 쓰는 쪽이 저마다 다른 태스크에서 기다린다.
#[test]
fn two_tasks_share_one_socket() {
    run(|| async {
        let (mut guest, served) = pair().await;
        let (mut reader, mut writer) = served.split();
        let reading = spawn(async move {
            let mut got = Vec::new();
            reader.read_to_end(&mut got).await.map(|_| got)
        });
        let writing = spawn(async move {
            writer.write_all(&vec![1; 8 << 20]).await?;
            writer.close().await
        });
        let mut got = Vec::new();
        guest.read_to_end(&mut got).await.unwrap();
        guest.write_all(b"bye").await.unwrap();
        guest.close().await.unwrap();
        assert_eq!(got.len(), 8 << 20);
        writing.await.unwrap().unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), b"bye");
    });
}

/// 데이터그램은 하나씩 오고, 빈 것도 하나이다.
#[test]
fn datagrams_keep_their_edges() {
    run(|| async {
        let mut one = UdpSocket::bind(any_port()).unwrap();
        let mut other = UdpSocket::bind(any_port()).unwrap();
        let (from, to) = (one.local_addr().unwrap(), other.local_addr().unwrap());
        assert!(poll_once(other.recv_from(&mut [0; 8])).await.is_pending());
        for text in ["abc", "", "de"] {
            let sent = one.send_to(text.as_bytes(), to).await.unwrap();
            assert_eq!(sent, text.len());
        }
        let mut buf = [0; 8];
        for text in ["abc", "", "de"] {
            let (count, peer) = other.recv_from(&mut buf).await.unwrap();
            assert_eq!((&buf[..count], peer), (text.as_bytes(), from));
        }
    });
}
