//! 소켓마다 기다리는 태스크의 `Waker`를 맡아 두고, 준비되면 깨운다.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch04_01_readiness::slots::Slots;
use mio::event::Source;
use mio::{Events, Interest, Poll as Selector, Registry, Token};

use ch04_05_task_queue::{Executor, Park};

// ANCHOR: reactor
/// 다른 스레드가 실행기를 깨우는 토큰. 칸의 토큰과 겹치지 않는다.
const UNPARK: Token = Token(usize::MAX);

/// 이 스레드의 소켓들.
pub struct Reactor {
    registry: Registry,
    selector: RefCell<(Selector, Events)>,
    sockets: RefCell<Slots<Rc<Readiness>>>,
    unpark: Arc<mio::Waker>,
}

impl Reactor {
    fn new() -> io::Result<Reactor> {
        let selector = Selector::new()?;
        Ok(Reactor {
            registry: selector.registry().try_clone()?,
            unpark: Arc::new(mio::Waker::new(selector.registry(), UNPARK)?),
            selector: RefCell::new((selector, Events::with_capacity(1024))),
            sockets: RefCell::default(),
        })
    }
    // ANCHOR_END: reactor

    /// 이 스레드에서 도는 리액터.
    ///
    /// # Panics
    ///
    /// [`block_on`] 밖에서 부르면 패닉한다.
    pub fn current() -> Rc<Reactor> {
        let current = CURRENT.with_borrow(|current| current.clone());
        current.expect("리액터의 block_on 안에서만 부를 수 있습니다")
    }

    /// 등록된 소켓의 수.
    pub fn len(&self) -> usize {
        self.sockets.borrow().len()
    }

    /// 등록된 소켓이 없는가.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    // ANCHOR: turn
    /// 준비된 소켓을 기다리는 태스크들을 깨운다. 준비된 것이 없으면 `timeout`까지 잔다.
    ///
    /// 받은 이벤트의 수를 돌려준다.
    ///
    /// # Errors
    ///
    /// 운영체제가 기다려 주지 않으면 그 오류를 돌려준다. 신호에 깬 것은 오류가 아니다.
    pub fn turn(&self, timeout: Option<Duration>) -> io::Result<usize> {
        let (selector, events) = &mut *self.selector.borrow_mut();
        match selector.poll(events, timeout) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(0),
            result => result?,
        }
        for event in events.iter() {
            let socket = self.sockets.borrow_mut().get_mut(event.token()).cloned();
            if let Some(socket) = socket {
                socket.notice(event);
            } // 없으면 UNPARK이거나, 주인이 바뀐 칸의 묵은 이벤트이다.
        }
        Ok(events.iter().count())
    }
    // ANCHOR_END: turn
}

// ANCHOR: current
thread_local! {
    static CURRENT: RefCell<Option<Rc<Reactor>>> = const { RefCell::new(None) };
}

/// 들어가기 전의 리액터. 버려질 때 되돌려 놓는다.
struct Entered(Option<Rc<Reactor>>);

impl Entered {
    fn new(reactor: &Rc<Reactor>) -> Entered {
        Entered(CURRENT.replace(Some(Rc::clone(reactor))))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}
// ANCHOR_END: current

// ANCHOR: park
/// 소켓의 알림으로 실행기를 재우고 깨운다.
pub struct ReactorPark(Rc<Reactor>);

impl Park for ReactorPark {
    fn park(&self, timeout: Option<Duration>) {
        let turned = self.0.turn(timeout);
        turned.expect("운영체제가 소켓을 기다려 주지 않습니다");
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        let unpark = Arc::clone(&self.0.unpark);
        Box::new(move || unpark.wake().expect("잠든 실행기를 깨울 수 없습니다"))
    }
}
// ANCHOR_END: park

// ANCHOR: block_on
/// 소켓을 기다릴 줄 아는 실행기로 퓨처를 끝까지 돌린다.
///
/// # Errors
///
/// 운영체제가 epoll이나 kqueue를 내주지 않으면 그 오류를 돌려준다.
pub fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    block_on_with(|park| park, future)
}

/// [`block_on`]과 같고, 재우는 법을 `wrap`으로 감싼다.
///
/// # Errors
///
/// [`block_on`]과 같다.
pub fn block_on_with<P: Park + 'static, F: Future>(
    wrap: impl FnOnce(ReactorPark) -> P,
    future: F,
) -> io::Result<F::Output> {
    let reactor = Rc::new(Reactor::new()?);
    let _entered = Entered::new(&reactor);
    let executor = Executor::new(wrap(ReactorPark(reactor)));
    Ok(executor.block_on(future)) // 실행기가 먼저 버려지고, 남은 태스크의 소켓도 그때 닫힌다.
}
// ANCHOR_END: block_on

// ANCHOR: direction
/// 소켓 하나의 두 방향.
#[derive(Default)]
pub struct Readiness {
    /// 읽기와 받아들이기.
    pub read: Direction,
    /// 쓰기와 연결.
    pub write: Direction,
}

/// 한 방향의 준비. 기다리는 태스크는 많아야 하나이다.
#[derive(Default)]
pub struct Direction {
    /// 해 볼 만하다.
    ready: Cell<bool>,
    /// 닫혔거나 오류가 났다. 알림은 한 번뿐이므로 막힌 것을 볼 때까지 지우지 않는다.
    closed: Cell<bool>,
    waiting: Cell<Option<Waker>>,
}
// ANCHOR_END: direction

// ANCHOR: notice
impl Readiness {
    fn notice(&self, event: &mio::event::Event) {
        let failed = event.is_error();
        let (read_closed, write_closed) = (event.is_read_closed(), event.is_write_closed());
        if failed || event.is_readable() || read_closed {
            self.read.set_ready(failed || read_closed);
        }
        if failed || event.is_writable() || write_closed {
            self.write.set_ready(failed || write_closed);
        }
    }
}

impl Direction {
    fn set_ready(&self, closed: bool) {
        self.ready.set(true);
        self.closed.set(self.closed.get() || closed);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }
    // ANCHOR_END: notice

    // ANCHOR: poll
    /// 준비되었으면 `work`를 해 본다. 준비되지 않았거나 막히면 `Waker`를 맡긴다.
    ///
    /// 기다리는 태스크는 하나뿐이다. 다른 태스크가 부르면 먼저 맡긴 `Waker`는 버려진다.
    pub fn poll<R>(
        &self,
        cx: &mut Context<'_>,
        mut work: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        while self.ready.get() {
            match work() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.ready.set(false);
                    self.closed.set(false);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
        }
        self.wait(cx.waker());
        Poll::Pending
    }
    // ANCHOR_END: poll

    // ANCHOR: wait
    /// `Waker`를 맡는다. 맡아 둔 것과 같은 태스크를 깨운다면 복제하지 않는다.
    fn wait(&self, waker: &Waker) {
        let waiting = match self.waiting.take() {
            Some(waiting) if waiting.will_wake(waker) => waiting,
            _ => waker.clone(),
        };
        self.waiting.set(Some(waiting));
    }
    // ANCHOR_END: wait

    // ANCHOR: set_blocked
    /// 막힐 것을 알았다. 다음 이벤트가 올 때까지 해 보지 않는다.
    ///
    /// 닫힌 것을 알리는 이벤트가 이미 왔으면 다음 이벤트는 없으므로, 그때는 계속 해 보게 둔다.
    pub fn set_blocked(&self) {
        self.ready.set(self.closed.get());
    }
    // ANCHOR_END: set_blocked
}

// ANCHOR: registered
/// 리액터에 등록한 소켓. 버리면 등록을 푼다.
pub struct Registered<S: Source> {
    /// 논블로킹 소켓.
    pub socket: S,
    /// 두 방향의 준비. 리액터와 나누어 쥔다.
    pub readiness: Rc<Readiness>,
    token: Token,
    reactor: Rc<Reactor>,
}
// ANCHOR_END: registered

impl<S: Source> Registered<S> {
    /// 지금 도는 리액터에 등록한다. 처음에는 두 방향 모두 준비되었다고 치고 해 보게 한다.
    ///
    /// # Errors
    ///
    /// 운영체제가 등록을 받지 않으면 그 오류를 돌려준다.
    ///
    /// # Panics
    ///
    /// [`block_on`] 밖에서 부르면 패닉한다.
    // ANCHOR: new
    pub fn new(mut socket: S) -> io::Result<Registered<S>> {
        let reactor = Reactor::current();
        let readiness = Rc::new(Readiness::default());
        readiness.read.ready.set(true);
        readiness.write.ready.set(true);
        let token = reactor.sockets.borrow_mut().insert(Rc::clone(&readiness));
        let both = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = reactor.registry.register(&mut socket, token, both) {
            reactor.sockets.borrow_mut().remove(token);
            return Err(error);
        }
        Ok(Registered {
            socket,
            readiness,
            token,
            reactor,
        })
    }
    // ANCHOR_END: new
}

// ANCHOR: drop
impl<S: Source> Drop for Registered<S> {
    fn drop(&mut self) {
        // 소켓은 곧 닫히고 그때 운영체제도 잊으므로, 실패해도 할 일이 없다.
        let _ = self.reactor.registry.deregister(&mut self.socket);
        self.reactor.sockets.borrow_mut().remove(self.token);
    }
}
// ANCHOR_END: drop
