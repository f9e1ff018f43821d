//! 기다리게 하는 주방과, 주방에 묻는 두 가지 함수.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// 주문을 받는 쪽. 언제 답할지는 이야기마다 다르게 정한다.
pub struct Kitchen(TcpListener);

/// 아직 답하지 않은 주문. 답을 기다리는 쪽이 하나 있다는 뜻이다.
pub struct Order {
    stream: TcpStream,
    line: String,
}

impl Kitchen {
    pub fn open() -> io::Result<Self> {
        TcpListener::bind(("127.0.0.1", 0)).map(Self)
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("열린 소켓이다")
    }

    /// 다음 주문이 올 때까지 기다려서 받는다.
    pub fn take(&self) -> io::Result<Order> {
        let (stream, _) = self.0.accept()?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line)?;
        Ok(Order { stream, line })
    }

    // ANCHOR: serve
    /// 주문 `orders`개를 받는다. `batch`개가 모여야 답한다.
    pub fn serve(&self, orders: usize, batch: usize) -> io::Result<()> {
        let mut waiting = Vec::new();
        for _ in 0..orders {
            waiting.push(self.take()?);
            if waiting.len() == batch {
                for order in waiting.drain(..) {
                    order.answer()?;
                }
            }
        }
        Ok(())
    }
    // ANCHOR_END: serve

    /// 주문마다 `delay`가 지나서 답한다. 시간을 잴 때만 쓴다.
    pub fn serve_slowly(&self, orders: usize, delay: Duration) -> io::Result<()> {
        let (queue, due) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                for (at, order) in due {
                    let at: Instant = at;
                    thread::sleep(at.saturating_duration_since(Instant::now()));
                    Order::answer(order).expect("답을 기다리고 있다");
                }
            });
            for _ in 0..orders {
                let order = self.take()?;
                queue
                    .send((Instant::now() + delay, order))
                    .expect("받고 있다");
            }
            drop(queue);
            Ok(())
        })
    }
}

impl Order {
    /// 답하고 연결을 닫는다.
    pub fn answer(mut self) -> io::Result<()> {
        let reply = self.line.trim_end().replace("주문", "확인");
        self.stream.write_all(reply.as_bytes())
    }
}

// ANCHOR: ask
/// 주방에 묻고, 답이 올 때까지 스레드를 세워 둔다.
pub fn ask(kitchen: SocketAddr, number: usize) -> io::Result<String> {
    let mut stream = TcpStream::connect(kitchen)?;
    stream.write_all(format!("주문 {number}\n").as_bytes())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    Ok(reply)
}
// ANCHOR_END: ask

// ANCHOR: ask_later
/// 같은 일을 태스크로 한다. `.await`에서 기다리는 동안 스레드는 다른 태스크를 돌본다.
pub async fn ask_later(kitchen: SocketAddr, number: usize) -> io::Result<String> {
    let mut stream = tokio::net::TcpStream::connect(kitchen).await?;
    let order = format!("주문 {number}\n");
    stream.write_all(order.as_bytes()).await?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    Ok(reply)
}
// ANCHOR_END: ask_later
