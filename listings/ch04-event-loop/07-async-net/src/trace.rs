//! 요청 하나가 지나가는 길을 적는다.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use ch04_07_async_net::net::{TcpListener, TcpStream};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use socket2::{Domain, Socket, Type};

use crate::stage::{in_turn, play, when_idle};
use crate::story::any;

// ANCHOR: told
/// 누가 불렀는지 적고 진짜 `Waker`를 부른다.
struct Told(&'static str, Waker);

impl Wake for Told {
    fn wake(self: Arc<Self>) {
        let by = match in_turn() {
            true => "리액터: 이벤트를 받아",
            false => "다른 태스크:",
        };
        println!("{by} {}의 Waker를 부름", self.0);
        self.1.wake_by_ref();
    }
}
// ANCHOR_END: told

// ANCHOR: traced
/// 폴링할 때와 깨울 때를 적는다.
async fn traced<F: Future>(name: &'static str, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        println!("태스크: {name} 폴링");
        let told = Waker::from(Arc::new(Told(name, cx.waker().clone())));
        let polled = future.as_mut().poll(&mut Context::from_waker(&told));
        let answer = match polled.is_ready() {
            true => "Ready",
            false => "Pending",
        };
        println!("태스크: {name} {answer}");
        polled
    })
    .await
}
// ANCHOR_END: traced

// ANCHOR: serve
/// 손님 하나를 받아 한 번 읽고 그대로 돌려준다.
async fn serve(mut listener: TcpListener) -> io::Result<TcpStream> {
    let (mut stream, _) = traced("accept", listener.accept()).await?;
    let mut buf = [0; 16];
    let count = traced("read", stream.read(&mut buf)).await?;
    traced("write_all", stream.write_all(&buf[..count])).await?;
    Ok(stream)
}
// ANCHOR_END: serve

// ANCHOR: request
/// 실행기가 잠들 때마다 손님이 한 걸음씩 나아간다.
pub fn request() -> io::Result<()> {
    play(async {
        let listener = TcpListener::bind(any())?;
        let address = listener.local_addr()?.into();
        let guest = Rc::new(Socket::new(Domain::IPV4, Type::STREAM, None)?);
        let (mine, talking) = (Rc::clone(&guest), Rc::clone(&guest));
        when_idle(move || {
            println!("실행기: 돌 태스크가 없어 잠");
            println!("손님: 연결함");
            mine.connect(&address)
        });
        when_idle(move || {
            println!("실행기: 돌 태스크가 없어 잠");
            println!("손님: '안녕' 보냄");
            (&*talking).write_all("안녕".as_bytes())
        });
        let _stream = serve(listener).await?;
        let mut answer = [0; 6];
        (&*guest).read_exact(&mut answer)?;
        println!("손님: '{}' 받음", String::from_utf8_lossy(&answer));
        Ok(())
    })?
    .unwrap_or(Ok(()))
}
// ANCHOR_END: request
