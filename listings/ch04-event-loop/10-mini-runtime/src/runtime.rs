//! 태스크를 차례로 폴링하고, 할 일이 없으면 소켓과 타이머를 기다리는 루프.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use std::{io, mem};

use ch02_01_completion_callback::Pool;
use ch04_01_readiness::slots::Slots;

use crate::mailbox::Mailbox;
use crate::reactor::Reactor;
use crate::task::{self, JoinHandle, Key, Runnable, Task};
use crate::time::Time;

/// 이만큼 폴링하면 소켓과 타이머와 우편함을 본다.
const BATCH: usize = 64;

/// `block_on`에 준 퓨처의 열쇠. 칸에 든 태스크의 열쇠와 겹치지 않는다.
pub(crate) const MAIN: Key = mio::Token(usize::MAX);

thread_local! {
    static CURRENT: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
}

// ANCHOR: core
/// 런타임의 속. 태스크와 소켓과 타이머가 나누어 쥔다.
pub(crate) struct Core {
    mailbox: Arc<Mailbox>,
    pub(crate) ready: RefCell<VecDeque<Key>>,
    pub(crate) tasks: RefCell<Slots<Option<Runnable>>>,
    closing: Cell<bool>,
    pub(crate) reactor: Rc<Reactor>,
    pub(crate) time: Rc<Time>,
    pub(crate) pool: OnceCell<Pool>,
}
// ANCHOR_END: core

/// 이 스레드에서 도는 런타임의 속.
pub(crate) fn current() -> Rc<Core> {
    let current = CURRENT.with_borrow(|current| current.clone());
    current.expect("미니 런타임의 block_on 안에서만 부를 수 있습니다")
}

/// 태스크를 줄에 세운다. 제 런타임의 스레드이면 바로, 아니면 우편함에 넣는다.
pub(crate) fn schedule(mailbox: &Arc<Mailbox>, key: Key) {
    let push = |current: &RefCell<Option<Rc<Core>>>| {
        let core = current.borrow();
        let mine = core.as_ref().filter(|core| Arc::ptr_eq(&core.mailbox, mailbox));
        mine.map(|core| core.ready.borrow_mut().push_back(key))
    };
    if !matches!(CURRENT.try_with(push), Ok(Some(()))) {
        mailbox.send(key);
    }
}

/// 퓨처를 태스크로 띄운다. 퓨처는 이 스레드를 떠나지 않으므로 `Send`가 아니어도 된다.
///
/// 런타임이 닫히는 중이면 퓨처는 바로 버려지고 결과는 `Cancelled`이다.
///
/// # Panics
///
/// 미니 런타임 밖에서 부르면 패닉한다.
// ANCHOR: spawn
pub fn spawn<F: Future<Output: Send> + 'static>(future: F) -> JoinHandle<F::Output> {
    let core = current();
    let key = core.tasks.borrow_mut().insert(None);
    let (runnable, handle) = task::new(future, key, Arc::clone(&core.mailbox));
    core.ready.borrow_mut().push_back(key);
    match core.closing.get() {
        true => core.step(key, runnable),
        false => core.put_back(key, runnable),
    }
    handle
}
// ANCHOR_END: spawn

impl Core {
    // ANCHOR: step
    /// 열쇠의 태스크를 칸에서 꺼내 폴링한다. 꺼내 두었으므로 그 사이에 태스크가 칸들을 쓸 수 있다.
    pub(crate) fn run(&self, key: Key) {
        let runnable = self.tasks.borrow_mut().get_mut(key).and_then(Option::take);
        // 칸이 비었으면 줄에 선 뒤에 끝난 태스크이다.
        runnable.into_iter().for_each(|runnable| self.step(key, runnable));
    }

    fn step(&self, key: Key, mut runnable: Runnable) {
        match runnable.as_mut().step(self.closing.get()) {
            Poll::Pending => self.put_back(key, runnable),
            Poll::Ready(()) => _ = self.tasks.borrow_mut().remove(key),
        }
    }

    fn put_back(&self, key: Key, runnable: Runnable) {
        if let Some(slot) = self.tasks.borrow_mut().get_mut(key) {
            *slot = Some(runnable);
        }
    }
    // ANCHOR_END: step

    // ANCHOR: turn
    /// 밖에서 온 소식을 모은다. 돌 태스크가 없으면 소식이 올 때까지 잔다.
    pub(crate) fn turn(&self) -> io::Result<()> {
        let idle = self.mailbox.take_or_park(&mut self.ready.borrow_mut());
        let until_due = self.time.next_wait();
        // 멈춘 시간은 기다려도 흐르지 않으므로, 자지 않고 기한까지 건너뛴다.
        let skips = idle && until_due.is_some() && self.time.can_skip();
        let wait = if idle && !skips { until_due } else { Some(Duration::ZERO) };
        // 돌 것이 있고 등록된 소켓이 없으면 운영체제에 물을 것도 없다.
        if idle || !self.reactor.is_empty() {
            self.reactor.turn(wait)?;
        }
        if skips && self.ready.borrow().is_empty() {
            self.time.skip(until_due.unwrap_or_default());
        }
        self.time.fire();
        Ok(())
    }
    // ANCHOR_END: turn
}

/// 스레드 하나에서 도는 런타임. 버리면 남은 태스크를 모두 취소한다.
///
/// [`spawn_blocking`](crate::spawn_blocking)으로 맡긴 일은 버릴 때 모두 끝나기를 기다린다.
pub struct Runtime(pub(crate) Rc<Core>);

/// 지금 도는 런타임을 적어 두고, 버려질 때 전의 것으로 되돌린다.
struct Entered(Option<Rc<Core>>);

impl Entered {
    fn new(core: &Rc<Core>) -> Entered {
        Entered(CURRENT.replace(Some(Rc::clone(core))))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

impl Runtime {
    /// 런타임을 만든다.
    ///
    /// # Errors
    ///
    /// 운영체제가 epoll이나 kqueue를 내주지 않으면 그 오류를 돌려준다.
    pub fn new() -> io::Result<Runtime> {
        Runtime::with_time(Time::new(false))
    }

    /// 시간이 저절로 흐르지 않는 런타임을 만든다. 할 일도 와 있는 소식도 없으면 가장 이른 기한으로 건너뛴다.
    ///
    /// [`spawn_blocking`](crate::spawn_blocking)이 아닌 스레드나 다른 프로세스의 답은 기다려 주지 않는다.
    ///
    /// # Errors
    ///
    /// [`Runtime::new`]와 같다.
    pub fn with_virtual_time() -> io::Result<Runtime> {
        Runtime::with_time(Time::new(true))
    }

    fn with_time(time: Time) -> io::Result<Runtime> {
        let (reactor, unpark) = Reactor::new()?;
        let unpark = move || unpark.wake().expect("잠든 런타임을 깨울 수 없습니다");
        Ok(Runtime(Rc::new(Core {
            mailbox: Arc::new(Mailbox::new(Box::new(unpark))),
            ready: RefCell::default(),
            tasks: RefCell::default(),
            closing: Cell::new(false),
            reactor: Rc::new(reactor),
            time: Rc::new(time),
            pool: OnceCell::new(),
        })))
    }

    /// 퓨처가 끝날 때까지 태스크들과 함께 돌린다. 끝나지 않은 태스크는 런타임에 남아 다음 `block_on`에서 이어진다.
    ///
    /// # Panics
    ///
    /// 퓨처가 패닉하거나, 런타임 안에서 다시 부르거나, 운영체제가 소켓을 기다려 주지 않으면 패닉한다.
    // ANCHOR: block_on
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let (core, entered) = (&self.0, Entered::new(&self.0));
        assert!(entered.0.is_none(), "미니 런타임 안에서 다시 block_on을 부를 수 없습니다");
        let main = Arc::new(Task::<()>::new(MAIN, Arc::clone(&core.mailbox)));
        let waker = Waker::from(Arc::clone(&main));
        let (mut future, mut cx) = (pin!(future), Context::from_waker(&waker));
        core.ready.borrow_mut().push_back(MAIN);
        loop {
            for _ in 0..BATCH {
                let next = core.ready.borrow_mut().pop_front();
                let Some(key) = next else { break };
                if key != MAIN {
                    core.run(key);
                    continue;
                }
                main.begin();
                if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                    return output;
                }
            }
            core.turn().expect("운영체제가 소켓을 기다려 주지 않습니다");
        }
    }
    // ANCHOR_END: block_on
}

// ANCHOR: close
impl Drop for Runtime {
    fn drop(&mut self) {
        let (core, _entered) = (&self.0, Entered::new(&self.0));
        core.closing.set(true);
        // 버려지는 태스크가 또 띄우는 것은 띄우자마자 취소된다.
        for mut runnable in core.tasks.take().into_values().flatten() {
            _ = runnable.as_mut().step(true);
        }
        core.ready.take();
    }
}
// ANCHOR_END: close

/// 런타임을 만들어 퓨처가 끝날 때까지 돌리고 닫는다.
///
/// # Panics
///
/// 런타임을 만들 수 없거나 [`Runtime::block_on`]이 패닉하면 패닉한다.
pub fn block_on<F: Future>(future: F) -> F::Output {
    Runtime::new().expect("런타임을 만들 수 없습니다").block_on(future)
}

/// 다른 태스크에 한 번 차례를 넘긴다.
pub async fn yield_now() {
    let mut yielded = false;
    let turn = poll_fn(|cx| match mem::replace(&mut yielded, true) {
        true => Poll::Ready(()),
        false => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    });
    turn.await;
}
