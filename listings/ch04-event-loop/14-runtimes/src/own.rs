// 미니 런타임과 API가 같은 것을 `own`이라는 이름으로 쓴다.

use std::io::Result;
use std::time::Duration;

use futures::io::{AsyncReadExt, AsyncWriteExt};
pub use own::net::TcpListener as Listener;

pub use futures::io::{AsyncRead, AsyncWrite};
pub use own::JoinHandle as Task;
pub use own::channel::{Receiver, Sender, channel};
pub use own::net::TcpStream as Stream;
pub use own::spawn;
pub use own::time::sleep;

// ANCHOR: run
pub fn run<F: Future<Output: Send> + 'static>(body: F) -> F::Output {
    own::block_on(async { spawn(body).await.expect("패닉하지 않는다") })
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
    own::spawn_blocking(work).await.expect("패닉하지 않는다")
}

pub async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    own::time::timeout(limit, future).await.ok()
}

pub async fn send<T>(sender: &Sender<T>, value: T) -> bool {
    sender.send(value).await.is_ok()
}

pub async fn recv<T>(receiver: &mut Receiver<T>) -> Option<T> {
    receiver.recv().await
}

pub async fn bind() -> Result<(Listener, u16)> {
    let listener = Listener::bind(([127, 0, 0, 1], 0).into())?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

pub async fn accept(listener: &mut Listener) -> Result<Stream> {
    let (stream, _) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub async fn connect(port: u16) -> Result<Stream> {
    Stream::connect(([127, 0, 0, 1], port).into()).await
}

// ANCHOR: split
pub fn split(stream: Stream) -> (impl AsyncRead + Unpin, impl AsyncWrite + Unpin) {
    stream.split()
}

pub async fn read(stream: &mut (impl AsyncRead + Unpin), buf: &mut [u8]) -> Result<usize> {
    stream.read(buf).await
}

pub async fn write_all(stream: &mut (impl AsyncWrite + Unpin), buf: &[u8]) -> Result<()> {
    stream.write_all(buf).await
}
// ANCHOR_END: split
