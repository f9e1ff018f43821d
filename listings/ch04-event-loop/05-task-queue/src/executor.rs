//! 태스크를 차례로 폴링하고, 할 일이 없으면 자는 루프.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch04_01_readiness::slots::Slots;

use crate::mailbox::Mailbox;
use crate::park::{Park, ThreadPark};
use crate::task::{self, JoinHandle, Key, Runnable, Task};

// ANCHOR: consts
/// 이만큼 폴링하면 우편함을 보고 밖의 소식을 묻는다.
const BATCH: usize = 64;

/// `block_on`에 준 퓨처의 열쇠. 칸에 든 태스크의 열쇠와 겹치지 않는다.
const MAIN: Key = mio::Token(usize::MAX);
// ANCHOR_END: consts

#[cfg(not(feature = "loom"))]
thread_local! {
    static CURRENT: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
}
#[cfg(feature = "loom")]
loom::thread_local! {
    static CURRENT: RefCell<Option<Rc<Core>>> = RefCell::new(None);
}

// ANCHOR: core
/// 이 스레드에서 도는 실행기의 속. 다른 스레드는 `mailbox`만 안다.
pub(crate) struct Core {
    mailbox: Arc<Mailbox>,
    ready: RefCell<VecDeque<Key>>,
    tasks: RefCell<Slots<Option<Runnable>>>,
    closing: Cell<bool>,
    batch: usize,
    park: Box<dyn Park>,
}
// ANCHOR_END: core

/// 이 스레드에서 도는 실행기의 속.
fn current() -> Rc<Core> {
    let current = CURRENT.with(|current| current.borrow().clone());
    current.expect("실행기의 block_on 안에서만 부를 수 있습니다")
}

// ANCHOR: schedule
/// 태스크를 줄에 세운다. 제 실행기의 스레드이면 바로, 아니면 우편함에 넣는다.
pub(crate) fn schedule(mailbox: &Arc<Mailbox>, key: Key) {
    let push = |current: &RefCell<Option<Rc<Core>>>| {
        let core = current.borrow();
        let mine = core
            .as_ref()
            .filter(|core| Arc::ptr_eq(&core.mailbox, mailbox));
        mine.map(|core| core.ready.borrow_mut().push_back(key))
    };
    // 스레드가 끝나며 버리는 것도 깨울 수 있다. 그때 `CURRENT`는 이미 없다.
    if !matches!(CURRENT.try_with(push), Ok(Some(()))) {
        mailbox.send(key);
    }
}
// ANCHOR_END: schedule

// ANCHOR: spawn
/// 퓨처를 태스크로 띄운다. 퓨처는 이 스레드를 떠나지 않으므로 `Send`가 아니어도 된다.
///
/// 실행기가 닫히는 중이면 퓨처는 바로 버려지고 결과는 `Cancelled`이다.
///
/// # Panics
///
/// 실행기 밖에서 부르면 패닉한다.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: Send + 'static,
{
    let core = current();
    let key = core.tasks.borrow_mut().insert(None);
    let (runnable, handle) = task::new(future, key, Arc::clone(&core.mailbox));
    if core.closing.get() {
        core.tasks.borrow_mut().remove(key);
        return handle; // `runnable`이 여기에서 버려지며 취소를 알린다.
    }
    core.put_back(key, runnable);
    core.ready.borrow_mut().push_back(key);
    handle
}
// ANCHOR_END: spawn

impl Core {
    // ANCHOR: run
    /// 태스크를 칸에서 꺼내 폴링한다. 그 사이에 태스크가 칸들을 쓸 수 있다.
    fn run(&self, key: Key) {
        let taken = self.tasks.borrow_mut().get_mut(key).and_then(Option::take);
        let Some(mut runnable) = taken else {
            return; // 줄에 선 뒤에 끝난 태스크이다.
        };
        match runnable.as_mut().run() {
            Poll::Pending => self.put_back(key, runnable),
            Poll::Ready(()) => _ = self.tasks.borrow_mut().remove(key),
        }
    }

    fn put_back(&self, key: Key, runnable: Runnable) {
        if let Some(slot) = self.tasks.borrow_mut().get_mut(key) {
            *slot = Some(runnable);
        }
    }
    // ANCHOR_END: run

    // ANCHOR: turn
    /// 밖에서 온 소식을 모은다. 줄이 비었으면 소식이 올 때까지 잔다.
    fn turn(&self) {
        let parked = self.mailbox.take_or_park(&mut self.ready.borrow_mut());
        let wait = match parked {
            true => None,
            false => Some(Duration::ZERO),
        };
        self.park.park(wait);
    }
    // ANCHOR_END: turn
}

/// 스레드 하나에서 도는 실행기. 버리면 남은 태스크를 모두 취소한다.
pub struct Executor {
    core: Rc<Core>,
}

/// 지금 도는 실행기를 적어 두고, 버려질 때 전의 것으로 되돌린다.
struct Entered(Option<Rc<Core>>);

impl Entered {
    fn new(core: &Rc<Core>) -> Entered {
        Entered(CURRENT.with(|current| current.replace(Some(Rc::clone(core)))))
    }

    /// 다른 실행기 안에서 불렀으면 패닉한다. 안쪽이 기다리는 동안 바깥은 돌지 못한다.
    fn alone(core: &Rc<Core>) -> Entered {
        let entered = Entered::new(core);
        let outside = entered.0.is_none();
        assert!(outside, "실행기 안에서 다시 block_on을 부를 수 없습니다");
        entered
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.with(|current| current.replace(self.0.take()));
    }
}

impl Executor {
    /// 할 일이 없으면 `park`로 자는 실행기를 만든다.
    pub fn new(park: impl Park + 'static) -> Executor {
        Executor::with_batch(park, BATCH)
    }

    /// 태스크를 `batch`번 폴링할 때마다 우편함과 `park`를 보는 실행기를 만든다.
    ///
    /// # Panics
    ///
    /// `batch`가 0이면 아무것도 폴링하지 못하므로 패닉한다.
    pub fn with_batch(park: impl Park + 'static, batch: usize) -> Executor {
        assert!(batch > 0, "한 묶음에는 적어도 하나가 있어야 합니다");
        Executor {
            core: Rc::new(Core {
                mailbox: Arc::new(Mailbox::new(park.unparker())),
                ready: RefCell::default(),
                tasks: RefCell::default(),
                closing: Cell::new(false),
                batch,
                park: Box::new(park),
            }),
        }
    }

    /// 끝나지 않은 태스크의 수. `block_on`에 준 퓨처는 세지 않는다.
    pub fn tasks(&self) -> usize {
        self.core.tasks.borrow().len()
    }

    /// 퓨처가 끝날 때까지 태스크들과 함께 돌린다. 끝나지 않은 태스크는 실행기에 남아 다음 `block_on`에서 이어진다.
    ///
    /// # Panics
    ///
    /// 퓨처가 패닉하거나 실행기 안에서 다시 부르면 패닉한다.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let core = &self.core;
        let _entered = Entered::alone(core);
        // ANCHOR: block_on
        let main = Arc::new(Task::<()>::new(MAIN, Arc::clone(&core.mailbox)));
        let waker = Waker::from(Arc::clone(&main));
        let mut future = pin!(future);
        core.ready.borrow_mut().push_back(MAIN);
        loop {
            for _ in 0..core.batch {
                let next = core.ready.borrow_mut().pop_front();
                match next {
                    None => break,
                    Some(MAIN) => {
                        main.begin();
                        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
                        if let Poll::Ready(output) = polled {
                            return output;
                        }
                    }
                    Some(key) => core.run(key),
                }
            }
            core.turn();
        }
        // ANCHOR_END: block_on
    }
}

// ANCHOR: close
impl Drop for Executor {
    fn drop(&mut self) {
        let _entered = Entered::new(&self.core);
        self.core.closing.set(true);
        // 태스크의 Drop이 칸들을 쓸 수 있으므로, 통째로 꺼낸 다음 버린다.
        let tasks = self.core.tasks.take();
        drop(tasks);
        self.core.ready.take();
    }
}
// ANCHOR_END: close

/// 실행기를 만들어 퓨처가 끝날 때까지 돌리고 닫는다.
///
/// # Panics
///
/// [`Executor::block_on`]이 패닉하면 패닉한다.
pub fn block_on<F: Future>(future: F) -> F::Output {
    Executor::new(ThreadPark::new()).block_on(future)
}

// ANCHOR: yield_now
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
// ANCHOR_END: yield_now
