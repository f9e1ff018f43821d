//! 미니 런타임 위의 서버들. 서버와 손님이 모두 한 스레드에서 돈다.

mod story;

use std::future::pending;
use std::io::Result;
use std::net::{Ipv4Addr, SocketAddr};
use std::panic::resume_unwind;
use std::thread;
use std::time::Duration;

use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::{JoinHandle, block_on, spawn, spawn_blocking, yield_now};
use futures::io::{AsyncReadExt, AsyncWriteExt};

use story::guest::Guest;
use story::trace::{Log, Traced};
use story::{borrowed, chat, echo, lines};

/// 포트는 운영체제가 고른다.
fn any() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

// ANCHOR: main
fn main() -> Result<()> {
    block_on(async {
        many_echoes().await?;
        one_request().await?;
        talk().await?;
        outcomes().await;
        Ok::<(), std::io::Error>(())
    })?;
    modules();
    Ok(())
}
// ANCHOR_END: main

// ANCHOR: many
const CLIENTS: usize = 200;
const MESSAGES: u32 = 10;

async fn many_echoes() -> Result<()> {
    println!("== 메아리 ==");
    let listener = TcpListener::bind(any())?;
    let address = listener.local_addr()?;
    let server = spawn(echo::serve(listener));
    let clients: Vec<_> = (0..CLIENTS).map(|_| spawn(client(address))).collect();
    let mut echoed = 0;
    for client in clients {
        echoed += client.await.expect("손님은 패닉하지 않는다")?;
    }
    server.abort();
    println!("연결 {CLIENTS}개가 보낸 메시지 {echoed}개가 모두 그대로 돌아옴");
    Ok(())
}
// ANCHOR_END: many

async fn client(address: SocketAddr) -> Result<u32> {
    let mut stream = TcpStream::connect(address).await?;
    for n in 0..MESSAGES {
        let mut buf = [0; 4];
        stream.write_all(&n.to_be_bytes()).await?;
        stream.read_exact(&mut buf).await?;
        assert_eq!(buf, n.to_be_bytes());
    }
    Ok(MESSAGES)
}

fn traced<F: Future>(what: &'static str, log: &Log, future: F) -> Traced<F> {
    Traced { name: "서버", what, log: log.clone(), future: Box::pin(future) }
}

// ANCHOR: one
async fn one_request() -> Result<()> {
    println!("\n== 요청 하나 ==");
    let log = Log::default();
    let mut listener = TcpListener::bind(any())?;
    let address = listener.local_addr()?;
    let notes = log.clone();
    let server = spawn(async move {
        let (mut stream, _) = traced("accept", &notes, listener.accept()).await?;
        let mut buf = [0; 4];
        traced("read", &notes, stream.read(&mut buf)).await
    });
    yield_now().await; // 서버가 먼저 기다린다.
    log.note("손님: 연결함");
    let mut stream = TcpStream::connect(address).await?;
    while log.len() < 5 {
        yield_now().await; // 서버가 연결을 받고 읽기를 기다릴 때까지.
    }
    log.note("손님: 네 바이트를 보냄");
    stream.write_all(b"ping").await?;
    assert_eq!(server.await.expect("서버는 패닉하지 않는다")?, 4);
    log.take().iter().for_each(|line| println!("{line}"));
    Ok(())
}
// ANCHOR_END: one

// ANCHOR: talk
async fn talk() -> Result<()> {
    println!("\n== 채팅 ==");
    let listener = TcpListener::bind(any())?;
    let address = listener.local_addr()?;
    let server = spawn(chat::serve(listener, Duration::from_secs(5)));
    let mut garam = Guest::enter(address, "가람").await?;
    hears("가람", &mut garam).await?;
    let mut narae = Guest::enter(address, "나래").await?;
    hears("나래", &mut narae).await?;
    hears("가람", &mut garam).await?;
    narae.say("안녕하세요").await?;
    hears("가람", &mut garam).await?;
    hears("나래", &mut narae).await?;
    drop(narae); // 인사도 없이 끊는다.
    hears("가람", &mut garam).await?;
    server.abort();
    Ok(())
}

async fn hears(who: &str, guest: &mut Guest) -> Result<()> {
    let line = guest.hear().await?.expect("서버가 끊지 않는다");
    println!("{who}: '{line}'를 들음");
    Ok(())
}
// ANCHOR_END: talk

// ANCHOR: outcomes
async fn outcomes() {
    println!("\n== 태스크의 끝 ==");
    let stuck = spawn(pending::<()>());
    stuck.abort();
    println!("abort한 태스크: {}", stuck.await.unwrap_err());
    // 패닉과 같지만 메시지를 찍지 않는다.
    let fallen: JoinHandle<()> = spawn(async { resume_unwind(Box::new("넘어졌다")) });
    let error = fallen.await.unwrap_err();
    println!("패닉한 태스크: {error}");
    let task = spawn(async { 7 });
    let other = thread::spawn(|| futures::executor::block_on(task));
    let joined = spawn_blocking(|| other.join().expect("그 스레드는 패닉하지 않는다"));
    let answer = joined.await.unwrap().unwrap();
    println!("다른 스레드가 다른 실행기로 기다린 태스크: {answer}");
}
// ANCHOR_END: outcomes

fn modules() {
    println!("\n== 모듈 ==");
    let mut total = 0;
    for (name, what, source) in lines::MODULES {
        let count = lines::count(source);
        total += count;
        println!("{name}.rs: {count}줄. {what}");
    }
    println!("모두 {total}줄");
    for (what, sources) in borrowed::BORROWED {
        let count: usize = sources.iter().map(|source| borrowed::before_tests(source)).sum();
        println!("가져다 쓴 것: {what} {count}줄");
    }
}
