//! 소켓마다 기다리는 태스크의 `Waker`를 맡아 두고, 준비되면 깨운다.

use std::cell::{Cell, RefCell};
use std::io::{ErrorKind, Result};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch04_01_readiness::slots::Slots;
use mio::event::Source;
use mio::{Events, Interest, Poll as Selector, Registry, Token};

use crate::runtime::current;

/// 다른 스레드가 런타임을 깨우는 토큰. 칸의 토큰과 겹치지 않는다.
const UNPARK: Token = Token(usize::MAX);

/// 런타임의 소켓들.
pub(crate) struct Reactor {
    registry: Registry,
    selector: RefCell<(Selector, Events)>,
    pub(crate) sockets: RefCell<Slots<Rc<Readiness>>>,
}

impl Reactor {
    pub(crate) fn new() -> Result<(Reactor, mio::Waker)> {
        let selector = Selector::new()?;
        let unpark = mio::Waker::new(selector.registry(), UNPARK)?;
        let reactor = Reactor {
            registry: selector.registry().try_clone()?,
            selector: RefCell::new((selector, Events::with_capacity(1024))),
            sockets: RefCell::default(),
        };
        Ok((reactor, unpark))
    }

    /// 등록된 소켓이 없는가.
    pub(crate) fn is_empty(&self) -> bool {
        self.sockets.borrow().is_empty()
    }

    /// 준비된 소켓을 기다리는 태스크들을 깨운다. 준비된 것이 없으면 `timeout`까지 잔다.
    pub(crate) fn turn(&self, timeout: Option<Duration>) -> Result<()> {
        let (selector, events) = &mut *self.selector.borrow_mut();
        match selector.poll(events, timeout) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            result => result?,
        }
        for event in events.iter() {
            let socket = self.sockets.borrow_mut().get_mut(event.token()).cloned();
            let Some(socket) = socket else { continue };
            let failed = event.is_error();
            if failed || event.is_readable() || event.is_read_closed() {
                socket.read.set_ready(failed || event.is_read_closed());
            }
            if failed || event.is_writable() || event.is_write_closed() {
                socket.write.set_ready(failed || event.is_write_closed());
            }
        }
        Ok(())
    }
}

/// 소켓 하나의 두 방향.
#[derive(Default)]
pub(crate) struct Readiness {
    pub(crate) read: Direction,
    pub(crate) write: Direction,
}

/// 한 방향의 준비. 기다리는 태스크는 많아야 하나이다.
#[derive(Default)]
pub(crate) struct Direction {
    /// 막히는 것을 보았고, 그 뒤로 알림이 오지 않았다.
    blocked: Cell<bool>,
    /// 상대가 닫았거나 오류가 났다. 알림은 한 번뿐이므로 지우지 않는다.
    closed: Cell<bool>,
    waiting: Cell<Option<Waker>>,
}

impl Direction {
    fn set_ready(&self, closed: bool) {
        self.blocked.set(false);
        self.closed.set(self.closed.get() || closed);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// 더 할 수 없음을 보았다. 다음 알림이 올 때까지 시도하지 않는다.
    pub(crate) fn set_blocked(&self) {
        self.blocked.set(!self.closed.get());
    }

    /// `work`를 해 보고, `WouldBlock`이면 `Waker`를 맡긴다. 막힌 줄 알면 해 보지도 않는다.
    pub(crate) fn poll<R>(
        &self,
        cx: &mut Context<'_>,
        mut work: impl FnMut() -> Result<R>,
    ) -> Poll<Result<R>> {
        while !self.blocked.get() {
            match work() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.blocked.set(true),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
        }
        let before = self.waiting.replace(Some(cx.waker().clone()));
        drop(before);
        Poll::Pending
    }
}

/// 리액터에 등록한 소켓. 버리면 등록을 거둔다.
pub(crate) struct Registered<S: Source> {
    pub(crate) socket: S,
    pub(crate) readiness: Rc<Readiness>,
    token: Token,
    reactor: Rc<Reactor>,
}

impl<S: Source> Registered<S> {
    /// 지금 도는 런타임의 리액터에 등록한다. 알림을 기다리기 전에 먼저 해 보게 한다.
    pub(crate) fn new(socket: S) -> Result<Registered<S>> {
        let reactor = Rc::clone(&current().reactor);
        let readiness = Rc::new(Readiness::default());
        let token = reactor.sockets.borrow_mut().insert(Rc::clone(&readiness));
        let both = Interest::READABLE | Interest::WRITABLE;
        let mut registered = Registered { socket, readiness, token, reactor };
        registered.reactor.registry.register(&mut registered.socket, token, both)?;
        Ok(registered)
    }
}

impl<S: Source> Drop for Registered<S> {
    fn drop(&mut self) {
        // 닫힌 소켓의 등록은 운영체제가 거두므로, 실패해도 할 일이 없다.
        let _ = self.reactor.registry.deregister(&mut self.socket);
        self.reactor.sockets.borrow_mut().remove(self.token);
    }
}
