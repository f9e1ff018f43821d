//! 손님이 움직이는 때를 정하는 무대. 실행기에 할 일이 없을 때마다 손님이 한 가지씩 한다.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use ch04_05_task_queue::Park;
use ch04_06_reactor::{Reactor, ReactorPark, block_on_with};
use mio::{Events, Interest, Token};

/// 손님이 하는 일 한 가지. 소켓에 이벤트를 일으킨다.
pub type Act = Box<dyn FnOnce() -> io::Result<()>>;

/// 손님이 할 일을 다 한 뒤에 이벤트를 더 기다려 보는 시간. 올 것이라면 이보다 먼저 온다.
const PATIENCE: Duration = Duration::from_millis(50);

struct Stage {
    park: ReactorPark,
    reactor: Rc<Reactor>,
    acts: RefCell<VecDeque<Act>>,
    curtain: Rc<Curtain>,
}

/// 할 일이 남지 않았는데 main이 끝나지 않으면 내린다.
#[derive(Default)]
struct Curtain {
    down: Cell<bool>,
    main: Cell<Option<Waker>>,
}

// ANCHOR: stage
impl Park for Stage {
    fn park(&self, timeout: Option<Duration>) {
        if timeout.is_some() || self.turn(Some(Duration::ZERO)) {
            return; // 이미 와 있는 이벤트부터 본다.
        }
        let act = self.acts.borrow_mut().pop_front();
        if let Some(act) = act {
            act().expect("손님의 소켓에는 문제가 없다");
            self.turn(None);
        } else if !self.turn(Some(PATIENCE)) {
            self.curtain.fall(); // 깨워 줄 것이 아무것도 없다.
        }
    }
    // ANCHOR_END: stage

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.park.unparker()
    }
}

impl Stage {
    fn turn(&self, timeout: Option<Duration>) -> bool {
        let events = self.reactor.turn(timeout);
        events.expect("운영체제가 소켓을 기다려 준다") > 0
    }
}

impl Curtain {
    fn fall(&self) {
        self.down.set(true);
        let main = self.main.take();
        main.expect("main을 한 번은 폴링했다").wake();
    }
}

/// `main`을 돌린다. 손님이 할 일을 다 했는데도 끝나지 않으면 `None`을 돌려준다.
pub fn play<F: Future>(acts: Vec<Act>, main: F) -> io::Result<Option<F::Output>> {
    let curtain = Rc::new(Curtain::default());
    let on_stage = Rc::clone(&curtain);
    let stage = |park| Stage {
        park,
        reactor: Reactor::current(),
        acts: RefCell::new(acts.into()),
        curtain: on_stage,
    };
    block_on_with(stage, async {
        let mut main = pin!(main);
        poll_fn(|cx| {
            if curtain.down.get() {
                return Poll::Ready(None);
            }
            curtain.main.set(Some(cx.waker().clone()));
            main.as_mut().poll(cx).map(Some)
        })
        .await
    })
}

/// 손님 쪽 소켓과, 막지 않게 한 서버 쪽 소켓.
pub fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let guest = TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = listener.accept()?;
    stream.set_nonblocking(true)?;
    Ok((guest, stream))
}

// ANCHOR: watch
/// 보내기를 닫은 것이 `stream`에 도착할 때까지 기다린다.
///
/// 같은 소켓을 하나 더 열어 따로 지켜보므로 리액터의 이벤트는 줄지 않는다.
pub fn until_closed(stream: &TcpStream) -> io::Result<()> {
    let mut twin = mio::net::TcpStream::from_std(stream.try_clone()?);
    let (mut poll, mut events) = (mio::Poll::new()?, Events::with_capacity(8));
    let readable = Interest::READABLE;
    poll.registry().register(&mut twin, Token(0), readable)?;
    while !events.iter().any(|event| event.is_read_closed()) {
        poll.poll(&mut events, None)?;
    }
    Ok(())
}
// ANCHOR_END: watch
