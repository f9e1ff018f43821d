//! 소켓 하나로 벌어지는 일들.

use std::future::poll_fn;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr};
use std::pin::pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;

use ch04_07_async_net::net::{TcpListener, TcpStream, UdpSocket};
use ch04_07_async_net::{block_on, spawn};
use futures::io::{AsyncReadExt, AsyncWriteExt, copy};
use socket2::{Domain, Socket, Type};

use crate::stage::{play, when_idle};
use crate::{faulty, frames};

/// 운영체제의 버퍼에 다 들어가지 않는 크기.
pub const BIG: usize = 16 << 20;

/// 운영체제가 고르는 포트.
pub fn any() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

// ANCHOR: nobody
/// 아무도 받지 않는 주소. 쥐고 있는 동안 다른 프로그램도 쓰지 못한다.
pub fn nobody() -> io::Result<(Socket, SocketAddr)> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&any().into())?;
    let address = socket.local_addr()?.as_socket();
    Ok((socket, address.ok_or(ErrorKind::AddrNotAvailable)?))
}
// ANCHOR_END: nobody

// ANCHOR: writable
/// 아무도 없는 곳에 연결하고 말을 건다.
pub fn writable() -> io::Result<()> {
    let (_held, address) = nobody()?;
    block_on(async {
        let stream = faulty::connect_writable(address).await?;
        println!("손님: 연결됨");
        if (&stream.socket).write(b"hello").is_err() {
            println!("손님: 첫 쓰기에서 오류");
        }
        Ok(())
    })?
}
// ANCHOR_END: writable

// ANCHOR: refused
/// 아무도 없는 곳에 연결한다.
pub fn refused() -> io::Result<()> {
    let (_held, address) = nobody()?;
    let error = block_on(TcpStream::connect(address))?.err();
    let kind = error.map(|error| error.kind());
    match kind {
        Some(ErrorKind::ConnectionRefused) => println!("손님: 거절당함"),
        kind => println!("손님: {kind:?}"),
    }
    Ok(())
}
// ANCHOR_END: refused

/// 이어진 두 소켓.
pub async fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let mut listener = TcpListener::bind(any())?;
    let guest = TcpStream::connect(listener.local_addr()?).await?;
    Ok((guest, listener.accept().await?.0))
}

// ANCHOR: echo
/// 상대가 다 보냈다고 할 때까지 받은 것을 돌려준다. 돌려준 바이트의 수를 준다.
pub async fn echo(stream: TcpStream) -> io::Result<u64> {
    let (reader, mut writer) = stream.split();
    let count = copy(reader, &mut writer).await?;
    writer.close().await?;
    Ok(count)
}
// ANCHOR_END: echo

// ANCHOR: echoed
/// 보내기를 먼저 닫고 답을 끝까지 받는다.
pub fn echoed() -> io::Result<()> {
    block_on(async {
        let (mut guest, served) = pair().await?;
        let server = spawn(echo(served));
        guest.write_all("안녕하세요".as_bytes()).await?;
        guest.close().await?;
        println!("손님: '안녕하세요' 보내고, 다 보냈다고 함");
        let mut answer = String::new();
        guest.read_to_string(&mut answer).await?;
        println!("손님: '{answer}' 받음, 서버도 다 보냄");
        let count = server.await.expect("패닉하지 않는다")?;
        println!("서버: {count}바이트 돌려줌");
        Ok(())
    })?
}
// ANCHOR_END: echoed

// ANCHOR: once
/// 한 번만 쓰고 닫는다.
pub fn write_once() -> io::Result<()> {
    block_on(async {
        let (mut guest, mut served) = pair().await?;
        let count = served.write(&vec![7; BIG]).await?;
        println!(
            "서버: write가 {}",
            if count == BIG { "다 씀" } else { "덜 씀" }
        );
        served.close().await?;
        let mut got = Vec::new();
        guest.read_to_end(&mut got).await?;
        let same = got.len() == count;
        println!("손님: {} 받음", if same { "쓴 만큼만" } else { "다르게" });
        Ok(())
    })?
}
// ANCHOR_END: once

// ANCHOR: counted
/// 모두 쓰고, 막힌 횟수를 돌려준다. 처음 막히면 그때까지 쓴 바이트를 `blocked`에 알린다.
async fn write_counting(
    stream: &mut TcpStream,
    bytes: &[u8],
    blocked: impl Fn(usize),
) -> io::Result<usize> {
    let (mut sent, mut pending) = (0, 0);
    while sent < bytes.len() {
        let mut write = pin!(stream.write(&bytes[sent..]));
        let write = poll_fn(|cx| {
            let polled = write.as_mut().poll(cx);
            pending += usize::from(polled.is_pending());
            if polled.is_pending() && pending == 1 {
                blocked(sent);
            }
            polled
        });
        sent += write.await?;
    }
    Ok(pending)
}
// ANCHOR_END: counted

/// 손님은 서버의 쓰기가 막힌 다음에야 받기 시작한다. 막힌 횟수와 그때까지 앞서 나간 바이트를 돌려준다.
pub fn slow_reader(tell: fn(&str)) -> io::Result<(usize, usize)> {
    let (start, started) = mpsc::channel();
    block_on(async {
        let mut listener = TcpListener::bind(any())?;
        let mut guest = std::net::TcpStream::connect(listener.local_addr()?)?;
        let reading = thread::spawn(move || {
            let ahead: usize = started.recv().map_err(io::Error::other)?;
            tell("손님: 이제 받기 시작함");
            let mut got = Vec::new();
            guest.read_to_end(&mut got).map(|count| (count, ahead))
        });
        let (mut served, _) = listener.accept().await?;
        let blocked = |sent| {
            tell("서버: 다 쓰기 전에 막힘");
            start.send(sent).expect("손님이 기다린다");
        };
        let pending = write_counting(&mut served, &vec![7; BIG], blocked).await?;
        drop(served);
        let (count, ahead) = reading.join().expect("패닉하지 않는다")?;
        tell(&format!("손님: {count}바이트 받음"));
        Ok((pending, ahead))
    })?
}

// ANCHOR: writes_only
/// 손님은 다 쓰고 나서 읽고, 서버는 읽는 대로 돌려준다.
pub fn writes_only() -> io::Result<bool> {
    let done = play(async {
        let (guest, served) = pair().await?;
        drop(spawn(echo(served)));
        faulty::write_then_read(guest, &vec![7; BIG]).await
    })?;
    Ok(done.is_some())
}
// ANCHOR_END: writes_only

// ANCHOR: both
/// 쓰기와 읽기를 함께 기다린다.
pub async fn write_and_read(stream: TcpStream, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let (mut reader, mut writer) = stream.split();
    let mut back = Vec::new();
    let write = async {
        writer.write_all(bytes).await?;
        writer.close().await
    };
    futures::try_join!(write, reader.read_to_end(&mut back))?;
    Ok(back)
}
// ANCHOR_END: both

/// 쓰기와 읽기를 함께 기다려 큰 것을 주고받는다.
pub fn both_ways() -> io::Result<bool> {
    block_on(async {
        let (guest, served) = pair().await?;
        let server = spawn(echo(served));
        let back = write_and_read(guest, &vec![7; BIG]).await?;
        let count = server.await.expect("패닉하지 않는다")?;
        Ok(back == vec![7; BIG] && count == BIG as u64)
    })?
}

// ANCHOR: poll_once
/// 한 번만 폴링하고 버린다.
pub async fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    let mut future = pin!(future);
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}
// ANCHOR_END: poll_once

// ANCHOR: dropped
/// 기다리던 것을 버리고 나서 손님이 온다.
pub fn dropped() -> io::Result<()> {
    block_on(async {
        let mut listener = TcpListener::bind(any())?;
        assert!(poll_once(listener.accept()).await.is_pending());
        println!("서버: 기다리던 accept를 버림");
        let mut guest = std::net::TcpStream::connect(listener.local_addr()?)?;
        let (mut stream, _) = listener.accept().await?;
        println!("서버: 새 accept로 손님을 받음");
        let mut buf = [0; 16];
        assert!(poll_once(stream.read(&mut buf)).await.is_pending());
        println!("서버: 기다리던 read를 버림");
        guest.write_all("안녕".as_bytes())?;
        let count = stream.read(&mut buf).await?;
        println!("서버: 새 read로 {count}바이트 읽음");
        Ok(())
    })?
}
// ANCHOR_END: dropped

// ANCHOR: framed
/// 메시지 'ABCD'의 가운데에서 틱이 온다.
pub fn framed<R>(read: impl FnOnce(TcpStream, UdpSocket) -> R) -> io::Result<Vec<String>>
where
    R: Future<Output = io::Result<Vec<String>>>,
{
    let framed = play(async {
        let mut listener = TcpListener::bind(any())?;
        let guest = Rc::new(std::net::TcpStream::connect(listener.local_addr()?)?);
        let clock = std::net::UdpSocket::bind(any())?;
        let (stream, ticks) = (listener.accept().await?.0, UdpSocket::bind(any())?);
        let (first, rest, tick) = (Rc::clone(&guest), guest, ticks.local_addr()?);
        when_idle(move || (&*first).write_all(b"AB"));
        when_idle(move || clock.send_to(b"!", tick).map(|_| ()));
        when_idle(move || {
            (&*rest).write_all(b"CDEFGH")?;
            rest.shutdown(Shutdown::Write)
        });
        read(stream, ticks).await
    })?;
    framed.unwrap_or(Ok(Vec::new()))
}
// ANCHOR_END: framed

/// 읽은 메시지를 적는다.
pub fn tell_frames(read: bool) -> io::Result<()> {
    let got = match read {
        false => framed(faulty::read_frames)?,
        true => framed(frames::read_frames)?,
    };
    println!("서버: {} 받음", got.join(", "));
    Ok(())
}

// ANCHOR: datagrams
/// 버퍼보다 긴 데이터그램을 받는다.
pub fn datagrams() -> io::Result<()> {
    block_on(async {
        let mut server = UdpSocket::bind(any())?;
        let guest = std::net::UdpSocket::bind(any())?;
        for text in ["0123456789", "abc"] {
            guest.send_to(text.as_bytes(), server.local_addr()?)?;
            println!("손님: '{text}' 보냄");
        }
        let mut buf = [0; 4];
        for _ in 0..2 {
            let (count, _) = server.recv_from(&mut buf).await?;
            println!("서버: '{}' 받음", frames::text(&buf[..count]));
        }
        Ok(())
    })?
}
// ANCHOR_END: datagrams
