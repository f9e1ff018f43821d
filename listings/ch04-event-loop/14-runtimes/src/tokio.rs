//! tokio의 `current_thread` 런타임.
#![allow(missing_docs, reason = "뜻은 어느 런타임에서나 이름 그대로이다")]

use std::io::Result;
use std::time::Duration;

use ::tokio::io::{AsyncReadExt, AsyncWriteExt};
pub use ::tokio::net::TcpListener as Listener;
use ::tokio::runtime::Builder;

pub use ::tokio::io::{AsyncRead, AsyncWrite};
pub use ::tokio::net::TcpStream as Stream;
pub use ::tokio::spawn;
pub use ::tokio::sync::mpsc::{Receiver, Sender, channel};
pub use ::tokio::task::JoinHandle as Task;
pub use ::tokio::time::sleep;

// ANCHOR: run
pub fn run<F: Future<Output: Send> + Send + 'static>(body: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("런타임을 만들 수 있다");
    runtime.block_on(async { spawn(body).await.expect("패닉하지 않는다") })
}

/// 태스크의 결과. 태스크가 패닉했으면 `Err`이다.
pub async fn settle<T>(task: Task<T>) -> std::result::Result<T, ()> {
    task.await.map_err(drop)
}

/// 기다리지 않고 돌게 둔다.
pub fn detach<T>(task: Task<T>) {
    drop(task);
}
// ANCHOR_END: run

pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let task = ::tokio::task::spawn_blocking(work);
    task.await.expect("패닉하지 않는다")
}

pub async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    ::tokio::time::timeout(limit, future).await.ok()
}

pub async fn send<T>(sender: &Sender<T>, value: T) -> bool {
    sender.send(value).await.is_ok()
}

pub async fn recv<T>(receiver: &mut Receiver<T>) -> Option<T> {
    receiver.recv().await
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

// ANCHOR: split
pub fn split(stream: Stream) -> (impl AsyncRead + Unpin, impl AsyncWrite + Unpin) {
    stream.into_split()
}

pub async fn read(stream: &mut (impl AsyncRead + Unpin), buf: &mut [u8]) -> Result<usize> {
    stream.read(buf).await
}

pub async fn write_all(stream: &mut (impl AsyncWrite + Unpin), buf: &[u8]) -> Result<()> {
    stream.write_all(buf).await
}
// ANCHOR_END: split
