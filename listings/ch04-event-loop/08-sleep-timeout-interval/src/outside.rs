//! 실행기 밖에서 오는 소식의 이야기.

use std::cell::RefCell;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot;
use ch04_05_task_queue::{Park, ThreadPark};
use ch04_06_reactor::Registered;
use ch04_06_reactor::sockets::read;
use ch04_08_sleep_timeout_interval::{Time, Timed, block_on, block_on_with, hold, now, timeout};

use crate::ms;
use crate::story::since;

// ANCHOR: starts
/// 실행기가 정말로 잠들 때 작업 스레드에 시작하라고 알린다.
struct StartsWork {
    park: ThreadPark,
    start: RefCell<Option<mpsc::Sender<()>>>,
}

impl Park for StartsWork {
    fn park(&self, timeout: Option<Duration>) {
        if timeout.is_none() {
            self.start.take(); // 버리면 저쪽의 recv가 끝난다.
        }
        self.park.park(timeout);
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.park.unparker()
    }
}
// ANCHOR_END: starts

// ANCHOR: answer
/// 작업 스레드에 맡긴 일을 1초까지 기다린다. 일은 실행기가 잠들어야 시작한다.
///
/// 지난 밀리초와 답을 돌려준다.
pub fn answer(held: bool) -> (u128, Option<u32>) {
    let pool = Pool::new(1);
    let (start, started) = mpsc::channel::<()>();
    let park = StartsWork {
        park: ThreadPark::new(),
        start: RefCell::new(Some(start)),
    };
    block_on_with(Time::stopped(), |time| Timed::new(park, time), async {
        let begin = now();
        let (done, answer) = oneshot::channel();
        let work = move || started.recv();
        pool.run(work, move |_| _ = done.send(42));
        let _held = held.then(hold);
        let result = timeout(ms(1_000), answer).await;
        (since(begin), result.ok().and_then(Result::ok))
    })
}
// ANCHOR_END: answer

// ANCHOR: guest
/// 진짜 시간에서, 진짜 소켓을 20밀리초까지 기다린다.
pub fn silent_guest() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let mut guest = TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = listener.accept()?;
    stream.set_nonblocking(true)?;
    block_on(async {
        let mut stream = Registered::new(mio::net::TcpStream::from_std(stream))?;
        let mut buf = [0; 16];
        let result = timeout(ms(20), read(&mut stream, &mut buf)).await;
        println!("[Rust] 말이 없을 때: {:?}", result.map(|_| ()));
        guest.write_all("안녕".as_bytes())?;
        let result = timeout(ms(60_000), read(&mut stream, &mut buf)).await;
        println!(
            "[Rust] 말했을 때: {:?}",
            result.map(|count| count.unwrap_or_default())
        );
        Ok(())
    })?
}
// ANCHOR_END: guest
