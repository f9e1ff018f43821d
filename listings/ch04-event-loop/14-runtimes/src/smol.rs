//! smol의 `LocalExecutor`.
#![allow(missing_docs, reason = "뜻은 어느 런타임에서나 이름 그대로이다")]

use std::cell::RefCell;
use std::io::Result;
use std::rc::Rc;
use std::time::Duration;

use ::smol::future::FutureExt;
use ::smol::io::{AsyncReadExt, AsyncWriteExt};
pub use ::smol::net::TcpListener as Listener;
use ::smol::{LocalExecutor, Timer};

pub use ::smol::Task;
pub use ::smol::channel::{Receiver, Sender, bounded as channel};
pub use ::smol::io::{AsyncRead, AsyncWrite};
pub use ::smol::net::TcpStream as Stream;
pub use ::smol::unblock as blocking;

// ANCHOR: run
thread_local! {
    static EXECUTOR: RefCell<Rc<LocalExecutor<'static>>> = RefCell::default();
}

pub fn run<F: Future + 'static>(body: F) -> F::Output {
    let executor = Rc::new(LocalExecutor::new());
    EXECUTOR.set(Rc::clone(&executor));
    ::smol::block_on(executor.run(executor.spawn(body)))
}

pub fn spawn<F: Future + 'static>(body: F) -> Task<F::Output> {
    EXECUTOR.with_borrow(|executor| executor.spawn(body))
}

/// 태스크의 결과. 태스크가 패닉했으면 여기에서 이어서 패닉한다.
pub async fn settle<T>(task: Task<T>) -> std::result::Result<T, ()> {
    Ok(task.await)
}

/// 기다리지 않고 돌게 둔다.
pub fn detach<T>(task: Task<T>) {
    task.detach();
}
// ANCHOR_END: run

pub fn sleep(duration: Duration) -> Timer {
    Timer::after(duration)
}

pub async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    let late = async {
        Timer::after(limit).await;
        None
    };
    async { Some(future.await) }.or(late).await
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
