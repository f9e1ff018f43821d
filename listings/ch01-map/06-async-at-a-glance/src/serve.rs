//! 같은 서버를 스레드로 한 번, `async`로 한 번 쓴다.

use std::io::{self, BufRead, Write};
use std::net;
use std::sync::mpsc::Sender;
use std::thread;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::runtime::Builder;

use crate::desk::{Desk, Waiter};

// ANCHOR: talk_thread
/// 손님이 연결을 닫을 때까지 주문마다 답한다.
pub fn talk_on_thread(stream: net::TcpStream, waiter: Waiter) -> io::Result<()> {
    let mut stream = io::BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line)? > 0 {
        let answer = waiter.desk.answer(&line);
        stream.get_mut().write_all(answer.as_bytes())?;
        line.clear();
    }
    waiter.see_off();
    Ok(())
}
// ANCHOR_END: talk_thread

// ANCHOR: talk_task
/// 손님이 연결을 닫을 때까지 주문마다 답한다.
pub async fn talk(stream: tokio::net::TcpStream, waiter: Waiter) -> io::Result<()> {
    let mut stream = tokio::io::BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let answer = waiter.desk.answer(&line);
        stream.get_mut().write_all(answer.as_bytes()).await?;
        line.clear();
    }
    waiter.see_off();
    Ok(())
}
// ANCHOR_END: talk_task

// ANCHOR: serve_thread
/// 손님을 `guests`명까지 받고, 한 명에 스레드 하나씩 붙인다.
pub fn serve_with_threads(
    listener: &net::TcpListener,
    guests: usize,
    desk: &Desk,
    log: &Sender<String>,
) -> io::Result<()> {
    let mut talks = Vec::new();
    for guest in 1..=guests {
        let (stream, _) = listener.accept()?;
        let waiter = Waiter::greet(guest, desk, log);
        talks.push(thread::spawn(move || talk_on_thread(stream, waiter)));
    }
    for talk in talks {
        talk.join().expect("패닉하지 않는다")?;
    }
    Ok(())
}
// ANCHOR_END: serve_thread

// ANCHOR: serve_task
/// 손님을 `guests`명까지 받고, 한 명에 태스크 하나씩 붙인다.
pub async fn serve(
    listener: &tokio::net::TcpListener,
    guests: usize,
    desk: &Desk,
    log: &Sender<String>,
) -> io::Result<()> {
    let mut talks = Vec::new();
    for guest in 1..=guests {
        let (stream, _) = listener.accept().await?;
        let waiter = Waiter::greet(guest, desk, log);
        talks.push(tokio::spawn(talk(stream, waiter)));
    }
    for talk in talks {
        talk.await.expect("패닉하지 않는다")?;
    }
    Ok(())
}
// ANCHOR_END: serve_task

// ANCHOR: runtime
/// 스레드 하나짜리 런타임에서 `serve`를 끝까지 돌린다.
pub fn serve_with_tasks(
    listener: &net::TcpListener,
    guests: usize,
    desk: &Desk,
    log: &Sender<String>,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = into_tokio(listener)?;
        serve(&listener, guests, desk, log).await
    })
}
// ANCHOR_END: runtime

/// tokio는 논블로킹 소켓만 받는다.
fn into_tokio(listener: &net::TcpListener) -> io::Result<tokio::net::TcpListener> {
    let listener = listener.try_clone()?;
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

// ANCHOR: talk_blocking
/// `async`를 붙였지만 속은 스레드의 것을 그대로 부른다.
async fn talk_but_block(stream: tokio::net::TcpStream, waiter: Waiter) -> io::Result<()> {
    let stream = stream.into_std()?;
    stream.set_nonblocking(false)?;
    talk_on_thread(stream, waiter)
}
// ANCHOR_END: talk_blocking

/// `serve_with_tasks`와 같지만 태스크가 `talk_but_block`이다.
pub fn serve_but_block(
    listener: &net::TcpListener,
    guests: usize,
    desk: &Desk,
    log: &Sender<String>,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = into_tokio(listener)?;
        let mut talks = Vec::new();
        for guest in 1..=guests {
            let (stream, _) = listener.accept().await?;
            let waiter = Waiter::greet(guest, desk, log);
            talks.push(tokio::spawn(talk_but_block(stream, waiter)));
        }
        for talk in talks {
            talk.await.expect("패닉하지 않는다")?;
        }
        Ok(())
    })
}
