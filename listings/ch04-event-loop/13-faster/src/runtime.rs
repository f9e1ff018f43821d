//! 태스크를 차례로 폴링하고, 할 일이 없으면 소켓과 타이머를 기다리는 루프.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::AcqRel;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use std::{io, mem};

use ch02_01_completion_callback::Pool;

use crate::mailbox::Mailbox;
use crate::owned::Owned;
use crate::reactor::Reactor;
use crate::task::{self, JoinHandle, Owner, Queued};
use crate::time::Time;

/// 이만큼 폴링하면 소켓과 타이머와 우편함을 본다.
const BATCH: usize = 64;

const OUTSIDE: &str = "미니 런타임의 block_on 안에서만 부를 수 있습니다";

#[cfg(feature = "loom")]
loom::thread_local! { static CURRENT: RefCell<Option<Rc<Core>>> = RefCell::new(None); }
#[cfg(not(feature = "loom"))]
thread_local! {
    static CURRENT: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
}

/// 런타임의 속. 태스크와 소켓과 타이머가 나누어 쥔다.
pub(crate) struct Core {
    mailbox: Arc<Mailbox>,
    /// `None`은 `block_on`에 준 퓨처이다.
    ready: RefCell<VecDeque<Option<Queued>>>,
    /// 우편함에서 꺼내는 데 되풀이해 쓰는 자리.
    arrived: Cell<Vec<Option<Queued>>>,
    tasks: RefCell<Owned<Owner>>,
    /// 끝난 태스크가 남긴 우편함의 참조. 다음 태스크가 물려받으면 참조를 세지 않아도 된다.
    spare: RefCell<Vec<Arc<Mailbox>>>,
    closing: Cell<bool>,
    pub(crate) reactor: Rc<Reactor>,
    pub(crate) time: Rc<Time>,
    pub(crate) pool: OnceCell<Pool>,
}

/// 이 스레드에서 도는 런타임의 속.
pub(crate) fn current() -> Rc<Core> {
    let current = CURRENT.with(|current| current.borrow().clone());
    current.expect(OUTSIDE)
}

// ANCHOR: ready_of
/// 이 우편함을 쓰는 런타임의 스레드이면 그 줄을 빌려주고 참을 돌려준다.
pub(crate) fn with_ready_of(
    mailbox: &Arc<Mailbox>,
    push: impl FnOnce(&mut VecDeque<Option<Queued>>),
) -> bool {
    let found = |current: &RefCell<Option<Rc<Core>>>| match &*current.borrow() {
        Some(core) if Arc::ptr_eq(&core.mailbox, mailbox) => {
            push(&mut core.ready.borrow_mut());
            true
        }
        _ => false,
    };
    // 스레드가 끝나는 중이면 런타임도 없다.
    CURRENT.try_with(found).unwrap_or(false)
}
// ANCHOR_END: ready_of

// ANCHOR: give_back
/// 끝난 태스크가 쥐던 우편함의 참조를 거둔다. 제 스레드의 것이 아니거나 넉넉하면 버린다.
pub(crate) fn give_back(mailbox: Arc<Mailbox>) {
    let keep = |current: &RefCell<Option<Rc<Core>>>| match &*current.borrow() {
        Some(core) if Arc::ptr_eq(&core.mailbox, &mailbox) => {
            let mut spare = core.spare.borrow_mut();
            if spare.len() < 1024 {
                spare.push(mailbox);
            }
        }
        _ => {}
    };
    _ = CURRENT.try_with(keep);
}
// ANCHOR_END: give_back

/// 퓨처를 태스크로 띄운다. 퓨처는 이 스레드를 떠나지 않으므로 `Send`가 아니어도 된다.
///
/// 런타임이 닫히는 중이면 퓨처는 바로 버려지고 결과는 `Cancelled`이다.
///
/// # Panics
///
/// 미니 런타임 밖에서 부르면 패닉한다.
// ANCHOR: spawn
pub fn spawn<F: Future<Output: Send> + 'static>(future: F) -> JoinHandle<F::Output> {
    let (handle, refused) = CURRENT.with(|current| {
        let current = current.borrow();
        let core = current.as_ref().expect(OUTSIDE);
        let spare = core.spare.borrow_mut().pop();
        let mailbox = spare.unwrap_or_else(|| Arc::clone(&core.mailbox));
        if core.closing.get() {
            let (owner, queued, handle) = task::new(future, 0, mailbox);
            return (handle, Some((owner, queued)));
        }
        let (queued, handle) = core.tasks.borrow_mut().insert(|index| {
            let (owner, queued, handle) = task::new(future, index, mailbox);
            (owner, (queued, handle))
        });
        core.ready.borrow_mut().push_back(Some(queued));
        (handle, None)
    });
    // 버리는 것은 남의 코드이므로 빌린 것을 놓은 다음에 한다.
    if let Some((owner, queued)) = refused {
        owner.cancel();
        _ = queued.step();
    }
    handle
}
// ANCHOR_END: spawn

impl Core {
    /// 줄의 앞에서부터 한 묶음을 폴링한다. `block_on`의 차례가 오면 `main`을 부르고, 참이면 그만둔다.
    fn run_batch(&self, mut main: impl FnMut() -> bool) -> bool {
        for _ in 0..BATCH {
            let next = self.ready.borrow_mut().pop_front();
            match next {
                None => return false,
                Some(None) if main() => return true,
                Some(None) => {}
                Some(Some(task)) => {
                    let ended = task.step();
                    ended.into_iter().for_each(|index| self.tasks.borrow_mut().remove(index));
                }
            }
        }
        false
    }

    /// 우편함에 온 것을 줄에 세운다. 돌 태스크도 온 것도 없으면 참이다.
    fn collect(&self) -> bool {
        let (busy, mut arrived) = (!self.ready.borrow().is_empty(), self.arrived.take());
        let idle = self.mailbox.take_or_park(busy, &mut arrived);
        for task in arrived.drain(..) {
            let next = task.map_or(Some(None), |task| task.unmail().map(Some));
            next.into_iter().for_each(|next| self.ready.borrow_mut().push_back(next));
        }
        self.arrived.set(arrived);
        idle
    }

    /// 밖에서 온 소식을 모은다. 돌 태스크가 없으면 소식이 올 때까지 잔다.
    fn turn(&self) -> io::Result<()> {
        let idle = self.collect();
        let until_due = self.time.next_wait();
        let skips = idle && until_due.is_some() && self.time.can_skip();
        let wait = match idle && !skips {
            true => until_due,
            false => Some(Duration::ZERO),
        };
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
}

/// 스레드 하나에서 도는 런타임. 버리면 남은 태스크를 모두 취소한다.
///
/// [`spawn_blocking`](crate::spawn_blocking)으로 맡긴 일은 버릴 때 모두 끝나기를 기다린다.
pub struct Runtime(Rc<Core>);

/// 지금 도는 런타임을 적어 두고, 버려질 때 전의 것으로 되돌린다.
struct Entered(Option<Rc<Core>>);

impl Entered {
    fn new(core: &Rc<Core>) -> Entered {
        Entered(CURRENT.with(|current| current.replace(Some(Rc::clone(core)))))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let before = self.0.take();
        drop(CURRENT.with(|current| current.replace(before)));
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

    /// 시간이 저절로 흐르지 않는 런타임을 만든다. 모두가 시간만 기다리면 가장 이른 기한으로 건너뛴다.
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
        Ok(Runtime::with_parts(time, reactor, Box::new(unpark)))
    }

    fn with_parts(time: Time, reactor: Reactor, unpark: Box<dyn Fn() + Send + Sync>) -> Runtime {
        Runtime(Rc::new(Core {
            mailbox: Arc::new(Mailbox::new(unpark)),
            ready: RefCell::default(),
            arrived: Cell::default(),
            tasks: RefCell::new(Owned::new()),
            spare: RefCell::default(),
            closing: Cell::new(false),
            reactor: Rc::new(reactor),
            time: Rc::new(time),
            pool: OnceCell::new(),
        }))
    }

    /// 퓨처가 끝날 때까지 태스크들과 함께 돌린다. 끝나지 않은 태스크는 런타임에 남아 다음 `block_on`에서 이어진다.
    ///
    /// # Panics
    ///
    /// 퓨처가 패닉하거나, 런타임 안에서 다시 부르거나, 운영체제가 소켓을 기다려 주지 않으면 패닉한다.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let (core, entered) = (&self.0, Entered::new(&self.0));
        assert!(entered.0.is_none(), "미니 런타임 안에서 다시 block_on을 부를 수 없습니다");
        let mailbox = Arc::clone(&core.mailbox);
        let main = Arc::new(Main { queued: AtomicBool::new(true), mailbox });
        let waker = Waker::from(Arc::clone(&main));
        let (mut future, mut cx) = (pin!(future), Context::from_waker(&waker));
        let mut output = None;
        core.ready.borrow_mut().push_back(None);
        while !core.run_batch(|| {
            main.queued.swap(false, AcqRel);
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                output = Some(value);
            }
            output.is_some()
        }) {
            core.turn().expect("운영체제가 소켓을 기다려 주지 않습니다");
        }
        output.expect("끝나야 나온다")
    }
}

// ANCHOR: close
impl Drop for Runtime {
    fn drop(&mut self) {
        let (core, _entered) = (&self.0, Entered::new(&self.0));
        core.closing.set(true);
        // 버려지는 태스크가 또 띄우는 것은 띄우자마자 취소된다.
        let tasks = core.tasks.borrow_mut().drain();
        tasks.for_each(Owner::cancel);
        // 줄부터 비운다. 우편함을 먼저 닫으면, 보내지 못한 스레드가 줄에 선 태스크를 돌려준다.
        core.ready.take().into_iter().flatten().for_each(|task| _ = task.step());
        core.mailbox.close().into_iter().flatten().for_each(|task| _ = task.unmail());
    }
}
// ANCHOR_END: close

#[cfg(all(test, feature = "loom"))]
impl Runtime {
    /// 소켓을 기다리지 않고 `unpark`로 깨는 런타임.
    pub(crate) fn model(unpark: impl Fn() + Send + Sync + 'static) -> Runtime {
        let reactor = Reactor::new().expect("리액터").0;
        Runtime::with_parts(Time::new(false), reactor, Box::new(unpark))
    }

    /// 우편함. 남은 참조의 수로 돌려주지 않은 태스크를 센다.
    pub(crate) fn mailbox(&self) -> Arc<Mailbox> {
        Arc::clone(&self.0.mailbox)
    }

    // ANCHOR: close_too_early
    /// 우편함부터 닫는 잘못된 순서.
    pub(crate) fn close_too_early(&self) {
        let (core, _entered) = (&self.0, Entered::new(&self.0));
        core.closing.set(true);
        let tasks = core.tasks.borrow_mut().drain();
        tasks.for_each(Owner::cancel);
        core.mailbox.close().into_iter().flatten().for_each(|task| _ = task.unmail());
        core.ready.take().into_iter().flatten().for_each(|task| _ = task.step());
    }
    // ANCHOR_END: close_too_early

    /// `enter`를 부르고, 참을 돌려줄 때까지 돌린다.
    pub(crate) fn model_until(&self, mut enter: impl FnMut() -> bool, park: impl Fn()) {
        let _entered = Entered::new(&self.0);
        while !enter() {
            self.0.run_batch(|| false);
            if self.0.ready.borrow().is_empty() && !enter() && self.0.collect() {
                park();
            }
        }
    }
}

/// `block_on`에 준 퓨처를 깨운다.
struct Main {
    queued: AtomicBool,
    mailbox: Arc<Mailbox>,
}

impl Wake for Main {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.queued.swap(true, AcqRel) {
            return;
        }
        if !with_ready_of(&self.mailbox, |ready| ready.push_back(None)) {
            // 런타임이 닫혔으면 깨울 것도 없다.
            let _ = self.mailbox.send(None);
        }
    }
}

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
