//! 리액터의 약속. 묵은 이벤트, 겹친 block_on, 잠자는 시간.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use ch04_05_task_queue::Park;
use mio::event::Source;

use ch04_06_reactor::{Reactor, ReactorPark, Registered, block_on, block_on_with, spawn};

/// 손님 쪽 소켓과 서버 쪽 소켓.
fn pair() -> (TcpStream, mio::net::TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let guest = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (stream, _) = listener.accept().unwrap();
    stream.set_nonblocking(true).unwrap();
    (guest, mio::net::TcpStream::from_std(stream))
}

fn register() -> (TcpStream, Registered<mio::net::TcpStream>) {
    let (guest, stream) = pair();
    (guest, Registered::new(stream).unwrap())
}

/// 막혀서 `waker`를 맡긴다.
fn block(stream: &Registered<mio::net::TcpStream>, waker: &Waker) {
    let work = || Err::<(), _>(io::Error::from(ErrorKind::WouldBlock));
    let polled = stream
        .readiness
        .read
        .poll(&mut Context::from_waker(waker), work);
    assert!(polled.is_pending());
}

thread_local! {
    /// 먼저 깬 쪽이 버릴 다른 쪽과, 그 칸에 새로 앉힌 소켓.
    static SEATS: RefCell<Vec<Registered<mio::net::TcpStream>>> = const { RefCell::new(Vec::new()) };
    static NEWCOMERS: RefCell<Vec<(TcpStream, Registered<mio::net::TcpStream>)>> = const { RefCell::new(Vec::new()) };
}

// ANCHOR: stale
/// 불리자마자 두 소켓을 모두 버리고 빈 칸에 새 소켓을 앉힌다.
struct Evict;

impl Wake for Evict {
    fn wake(self: Arc<Self>) {
        if SEATS.take().is_empty() {
            return;
        }
        let newcomers = [register(), register()];
        for (_, stream) in &newcomers {
            block(stream, Waker::noop());
        }
        NEWCOMERS.set(newcomers.into());
    }
}
// ANCHOR_END: stale

// ANCHOR: stale_test
/// 한 번에 받은 이벤트 둘. 앞의 것을 처리하다 뒤의 것의 주인이 바뀐다.
#[test]
fn a_stale_event_does_not_reach_the_next_socket() {
    let tried = block_on(async {
        let (mut guests, seats): (Vec<_>, Vec<_>) = [register(), register()].into_iter().unzip();
        let reactor = Reactor::current();
        while reactor.turn(Some(Duration::ZERO)).unwrap() > 0 {} // 쓸 수 있다는 이벤트를 치운다.
        let evict = Waker::from(Arc::new(Evict));
        seats.iter().for_each(|seat| block(seat, &evict));
        for (guest, seat) in guests.iter_mut().zip(&seats) {
            guest.write_all(b"!").unwrap();
            until_arrived(seat); // 둘 다 도착한 다음에 묻는다.
        }
        SEATS.set(seats);
        while NEWCOMERS.with_borrow(Vec::is_empty) {
            assert_ne!(reactor.turn(None).unwrap(), 0);
        }
        NEWCOMERS
            .take()
            .iter()
            .filter(|(_, stream)| is_ready(stream))
            .count()
    });
    assert_eq!(tried.unwrap(), 0);
}
// ANCHOR_END: stale_test

fn until_arrived(stream: &Registered<mio::net::TcpStream>) {
    while stream.socket.peek(&mut [0]).is_err() {
        thread::yield_now();
    }
}

/// 리액터가 해 볼 만하다고 여기는가.
fn is_ready<S: Source>(stream: &Registered<S>) -> bool {
    let cx = &mut Context::from_waker(Waker::noop());
    stream.readiness.read.poll(cx, || Ok(())).is_ready()
}

// ANCHOR: refused
/// UDP 소켓은 오류를 한 번 알린 뒤에도 쓸 수 있다. 막힌 것을 보면 오류의 흔적도 지운다.
#[test]
fn a_real_block_clears_what_the_error_left() {
    let ready = block_on(async {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let nobody = mio::net::UdpSocket::bind(here)
            .unwrap()
            .local_addr()
            .unwrap();
        let socket = Registered::new(mio::net::UdpSocket::bind(here).unwrap()).unwrap();
        socket.socket.connect(nobody).unwrap();
        let recv = || socket.socket.recv(&mut [0; 16]);
        let read = |cx: &mut Context<'_>| socket.readiness.read.poll(cx, recv);
        let cx = &mut Context::from_waker(Waker::noop());
        assert!(read(cx).is_pending());
        socket.socket.send(b"!").unwrap();
        let refused = poll_fn(read).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::ConnectionRefused);
        assert!(read(cx).is_pending());
        socket.readiness.read.set_blocked();
        is_ready(&socket)
    });
    assert!(!ready.unwrap());
}
// ANCHOR_END: refused

#[test]
fn a_nested_block_on_leaves_the_outer_one_alone() {
    block_on(async {
        let before = Reactor::current();
        let nested = catch_unwind(AssertUnwindSafe(|| block_on(async {})));
        assert!(nested.is_err());
        assert!(Rc::ptr_eq(&before, &Reactor::current()));
    })
    .unwrap();
}

#[test]
fn a_panic_leaves_no_reactor_behind() {
    let panicked = catch_unwind(|| block_on(async { panic!("일부러") }));
    assert!(panicked.is_err());
    assert!(catch_unwind(Reactor::current).is_err());
}

/// 남은 태스크의 소켓은 block_on이 끝날 때 닫힌다.
#[test]
fn the_sockets_of_abandoned_tasks_are_closed() {
    let (guest, stream) = pair();
    block_on(async {
        let stream = Registered::new(stream).unwrap();
        spawn(async move {
            let _stream = stream;
            pending::<()>().await
        });
    })
    .unwrap();
    assert_eq!(std::io::Read::read(&mut &guest, &mut [0]).unwrap(), 0);
}

/// 얼마나 자려 했는지 적는다.
struct Asked(ReactorPark, Rc<RefCell<Vec<Option<Duration>>>>);

impl Park for Asked {
    fn park(&self, timeout: Option<Duration>) {
        self.1.borrow_mut().push(timeout);
        self.0.park(timeout);
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.0.unparker()
    }
}

/// 버려지면서 리액터를 찾는 것.
struct Looks(Rc<Cell<bool>>);

impl Drop for Looks {
    fn drop(&mut self) {
        self.0.set(Reactor::current().is_empty());
    }
}

#[test]
fn an_abandoned_task_still_finds_its_reactor() {
    let found = Rc::new(Cell::new(false));
    let looks = Looks(Rc::clone(&found));
    block_on(async {
        drop(spawn(async move {
            let _looks = looks;
            pending::<()>().await;
        }));
    })
    .unwrap();
    assert!(found.get());
}

/// 할 일이 없으면 시간을 정하지 않고 잔다. 다른 스레드가 한 번 깨우면 한 번 깬다.
#[test]
fn an_idle_reactor_sleeps_without_a_timeout() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let (tell, told) = mpsc::channel::<Waker>();
    let waking = thread::spawn(move || told.recv().unwrap().wake());
    let polls = Cell::new(0);
    block_on_with(
        |park| Asked(park, Rc::clone(&asked)),
        poll_fn(|cx| {
            polls.set(polls.get() + 1);
            match polls.get() {
                1 => tell.send(cx.waker().clone()).unwrap(),
                _ => return Poll::Ready(()),
            }
            Poll::Pending
        }),
    )
    .unwrap();
    waking.join().unwrap();
    assert_eq!(polls.get(), 2);
    assert!(asked.borrow().len() <= 2, "{:?}", asked.borrow());
    assert!(
        asked
            .borrow()
            .iter()
            .all(|asked| asked.is_none_or(|time| time.is_zero()))
    );
}
