//! 소켓 하나가 준비될 때까지 누가 무엇을 하는지 적는다.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::io::{self, ErrorKind, Read, Write};
use std::rc::Rc;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use ch04_06_reactor::sockets::poll_read;
use ch04_06_reactor::{Reactor, Registered, block_on, spawn};
use mio::net::TcpStream;

use crate::stage::{Act, pair, play};

fn register(stream: std::net::TcpStream) -> io::Result<Registered<TcpStream>> {
    Registered::new(TcpStream::from_std(stream))
}

// ANCHOR: busy
/// 깨워 줄 사람이 없어 스스로 깨운다.
pub fn busy() -> io::Result<()> {
    let (mut guest, mut stream) = pair()?;
    let mut polls = 0;
    let count = block_on(poll_fn(|cx| {
        match stream.read(&mut [0; 16]) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            result => return Poll::Ready(result),
        }
        polls += 1;
        if polls == 1000 {
            println!("태스크: 1000번 폴링, 읽은 것 없음");
            println!("손님: '안녕' 보냄");
            guest.write_all("안녕".as_bytes())?;
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }))??;
    println!("태스크: {count}바이트 읽음");
    Ok(())
}
// ANCHOR_END: busy

// ANCHOR: told
/// 불린 것을 적고 진짜 `Waker`를 부른다.
struct Told(Waker);

impl Wake for Told {
    fn wake(self: Arc<Self>) {
        println!("리액터: 이벤트를 받고 Waker를 부름");
        self.0.wake_by_ref();
    }
}

/// 태스크가 기다리다 읽기까지의 한 바퀴.
pub fn one_readiness() -> io::Result<()> {
    let (mut guest, stream) = pair()?;
    let act: Act = Box::new(move || {
        println!("실행기: 돌 태스크가 없어 잠");
        println!("손님: '안녕' 보냄");
        guest.write_all("안녕".as_bytes())
    });
    play(vec![act], async {
        let mut stream = register(stream)?;
        let mut buf = [0; 16];
        poll_fn(|cx| told_read(&mut stream, cx, &mut buf)).await
    })?;
    Ok(())
}
// ANCHOR_END: told

// ANCHOR: told_read
fn told_read(
    stream: &mut Registered<TcpStream>,
    cx: &mut Context<'_>,
    buf: &mut [u8],
) -> Poll<io::Result<()>> {
    println!("태스크: 폴링, 읽어 봄");
    let told = Waker::from(Arc::new(Told(cx.waker().clone())));
    match poll_read(stream, &mut Context::from_waker(&told), buf)? {
        Poll::Pending => {
            println!("태스크: 막혀서 Waker를 맡기고 Pending");
            Poll::Pending
        }
        Poll::Ready(count) => {
            println!("태스크: {count}바이트 읽고 Ready");
            Poll::Ready(Ok(()))
        }
    }
}
// ANCHOR_END: told_read

// ANCHOR: crowd
/// 백 명을 기다리는데 한 명만 열 번 말한다. 태스크마다 몇 번 폴링했는지 돌려준다.
pub fn crowd() -> io::Result<Vec<u32>> {
    let pairs: Vec<_> = (0..100).map(|_| pair()).collect::<io::Result<_>>()?;
    let (guests, streams): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let guests = Rc::new(guests);
    let talk = |_| {
        let guests = Rc::clone(&guests);
        Box::new(move || (&guests[0]).write_all(b"!")) as Act
    };
    let polls: Vec<_> = streams.iter().map(|_| Rc::new(Cell::new(0))).collect();
    play((0..10).map(talk).collect(), async {
        for (stream, polls) in streams.into_iter().zip(&polls) {
            let (mut stream, polls) = (register(stream)?, Rc::clone(polls));
            spawn(poll_fn(move |cx| {
                polls.set(polls.get() + 1);
                while poll_read(&mut stream, cx, &mut [0; 16]).is_ready() {}
                Poll::<()>::Pending
            }));
        }
        pending::<io::Result<()>>().await // 손님이 할 일을 다 하면 무대가 막을 내린다.
    })?;
    Ok(polls.iter().map(|polls| polls.get()).collect())
}
// ANCHOR_END: crowd

/// 소켓을 기다리며 자는 실행기를 다른 스레드가 깨운다.
pub fn other_thread() -> io::Result<()> {
    let answer = Arc::new(Mutex::new((None, None::<Waker>)));
    let (start, started) = mpsc::channel();
    let shared = Arc::clone(&answer);
    let worker = thread::spawn(move || {
        started.recv().expect("실행기가 잠들기 전에 시킨다");
        let mut answer = shared.lock().expect("패닉하지 않는다");
        answer.0 = Some(42);
        println!("스레드: 답을 넣고 Waker를 부름");
        answer.1.take().expect("잠들기 전에 맡겼다").wake();
    });
    let act: Act = Box::new(move || {
        println!("실행기: 소켓을 기다리며 잠");
        start.send(()).map_err(io::Error::other)
    });
    let got = play(
        vec![act],
        poll_fn(|cx| {
            let mut answer = answer.lock().expect("패닉하지 않는다");
            answer.1 = Some(cx.waker().clone());
            answer.0.map_or(Poll::Pending, Poll::Ready)
        }),
    )?;
    worker.join().expect("패닉하지 않는다");
    println!("태스크: {} 받음", got.unwrap_or_default());
    Ok(())
}

// ANCHOR: dropped
/// 소켓을 버리면 칸이 비고 손님에게는 끝이 보인다.
pub fn dropped() -> io::Result<()> {
    let (mut guest, stream) = pair()?;
    block_on(async {
        let mut stream = register(stream)?;
        println!("리액터: 소켓 {}개", Reactor::current().len());
        let waiting = poll_fn(|cx| Poll::Ready(poll_read(&mut stream, cx, &mut [0; 16])));
        assert!(waiting.await.is_pending());
        drop(stream);
        println!("리액터: 소켓 {}개", Reactor::current().len());
        println!("손님: 읽어 보니 {}바이트", guest.read(&mut [0; 16])?);
        Ok(())
    })?
}
// ANCHOR_END: dropped
