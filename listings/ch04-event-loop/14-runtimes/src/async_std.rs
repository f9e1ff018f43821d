//! async-std. 2025년에 개발이 끝났다(RUSTSEC-2025-0052). 새로 쓰지 않는다.
#![allow(missing_docs, reason = "뜻은 어느 런타임에서나 이름 그대로이다")]

use std::io::Result;
use std::time::Duration;

use ::async_std::io::{ReadExt, WriteExt};
pub use ::async_std::net::TcpListener as Listener;

pub use ::async_std::channel::{Receiver, Sender, bounded as channel};
pub use ::async_std::io::{Read as AsyncRead, Write as AsyncWrite};
pub use ::async_std::net::TcpStream as Stream;
pub use ::async_std::task::{JoinHandle as Task, sleep, spawn, spawn_blocking as blocking};

// ANCHOR: run
pub fn run<F: Future<Output: Send> + Send + 'static>(body: F) -> F::Output {
    ::async_std::task::block_on(spawn(body))
}

/// 태스크의 결과. 태스크가 패닉했으면 여기에서 이어서 패닉한다.
pub async fn settle<T>(task: Task<T>) -> std::result::Result<T, ()> {
    Ok(task.await)
}

/// 기다리지 않고 돌게 둔다.
pub fn detach<T>(task: Task<T>) {
    drop(task);
}
// ANCHOR_END: run

pub async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    ::async_std::future::timeout(limit, future).await.ok()
}

pub async fn send<T>(sender: &Sender<T>, value: T) -> bool {
    sender.send(value).await.is_ok()
}

pub async fn recv<T>(receiver: &mut Receiver<T>) -> Option<T> {
    receiver.recv().await.ok()
}

pub async fn bind() -> Result<(Listener, u16)> {
    let listener = Listener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

pub async fn accept(listener: &mut Listener) -> Result<Stream> {
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub async fn connect(port: u16) -> Result<Stream> {
    Stream::connect(("127.0.0.1", port)).await
}

pub fn split(stream: Stream) -> (impl AsyncRead + Unpin, impl AsyncWrite + Unpin) {
    (stream.clone(), stream)
}

pub async fn read(stream: &mut (impl AsyncRead + Unpin), buf: &mut [u8]) -> Result<usize> {
    stream.read(buf).await
}

pub async fn write_all(stream: &mut (impl AsyncWrite + Unpin), buf: &[u8]) -> Result<()> {
    stream.write_all(buf).await
}
