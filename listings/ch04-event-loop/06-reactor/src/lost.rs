//! 깨움을 잃는 이야기. 읽는 법만 바꾸어 다시 돌리면 잃지 않는다.

use std::future::poll_fn;
use std::io::{self, Write};
use std::net::Shutdown;
use std::rc::Rc;
use std::task::{Context, Poll};

use ch04_06_reactor::{Registered, spawn};
use mio::net::TcpStream;

use crate::faulty;
use crate::stage::{Act, pair, play, until_closed};

// ANCHOR: moved
/// main이 한 번 폴링해 본 읽기를 태스크로 옮긴다.
pub fn moved<R>(mut read: R) -> io::Result<Option<usize>>
where
    R: FnMut(&mut Registered<TcpStream>, &mut Context<'_>, &mut [u8]) -> Poll<io::Result<usize>>
        + 'static,
{
    let (mut guest, stream) = pair()?;
    let act: Act = Box::new(move || guest.write_all("안녕".as_bytes()));
    play(vec![act], async {
        let mut stream = Registered::new(TcpStream::from_std(stream))?;
        let mut reading = Box::pin(poll_fn(move |cx| read(&mut stream, cx, &mut [0; 16])));
        let first = poll_fn(|cx| Poll::Ready(reading.as_mut().poll(cx))).await;
        assert!(first.is_pending());
        let task = spawn(reading);
        task.await.expect("패닉하지 않는다")
    })?
    .transpose()
}
// ANCHOR_END: moved

// ANCHOR: farewell
/// 손님이 말을 마치자마자 닫는다. 끝까지 읽은 바이트를 돌려준다.
pub fn farewell<R>(mut read: R) -> io::Result<Option<usize>>
where
    R: FnMut(&mut Registered<TcpStream>, &mut Context<'_>, &mut [u8]) -> Poll<io::Result<usize>>,
{
    let (mut guest, stream) = pair()?;
    let arrived = stream.try_clone()?;
    let act: Act = Box::new(move || {
        guest.write_all("안녕".as_bytes())?;
        guest.shutdown(Shutdown::Write)?;
        until_closed(&arrived)
    });
    play(vec![act], async {
        let mut stream = Registered::new(TcpStream::from_std(stream))?;
        let mut total = 0;
        loop {
            match poll_fn(|cx| read(&mut stream, cx, &mut [0; 16])).await? {
                0 => return Ok(total),
                count => total += count,
            }
        }
    })?
    .transpose()
}
// ANCHOR_END: farewell

// ANCHOR: two_readers
/// 태스크 둘이 소켓 하나를 읽는다. 둘 다 읽은 바이트를 돌려준다.
pub fn two_readers() -> io::Result<Option<[usize; 2]>> {
    let (guest, stream) = pair()?;
    let guest = Rc::new(guest);
    let acts = [0, 1].map(|_| {
        let guest = Rc::clone(&guest);
        Box::new(move || (&*guest).write_all(b"!")) as Act
    });
    play(acts.into(), async {
        let stream = Rc::new(Registered::new(TcpStream::from_std(stream))?);
        let [one, other] = ["가온", "나래"].map(|name| {
            let stream = Rc::clone(&stream);
            spawn(async move {
                let read = |cx: &mut Context<'_>| faulty::poll_shared(&stream, cx, &mut [0; 16]);
                let count = poll_fn(read).await?;
                println!("{name}: {count}바이트 읽음");
                io::Result::Ok(count)
            })
        });
        let other = other.await.expect("패닉하지 않는다")?;
        Ok([one.await.expect("패닉하지 않는다")?, other])
    })?
    .transpose()
}
// ANCHOR_END: two_readers

/// 끝났는지, 깨워 줄 것이 없어 멈췄는지 적는다.
pub fn tell(read: Option<usize>) {
    match read {
        Some(count) => println!("태스크: {count}바이트 읽고 끝남"),
        None => println!("태스크: 깨워 줄 것이 없어 멈춤"),
    }
}
