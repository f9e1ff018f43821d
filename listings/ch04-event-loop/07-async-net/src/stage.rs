//! 손님이 움직이는 때를 정하는 무대. 실행기에 할 일이 없을 때마다 손님이 한 가지씩 한다.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use ch04_05_task_queue::Park;
use ch04_06_reactor::{Reactor, ReactorPark, block_on_with};

/// 손님이 하는 일 한 가지. 소켓에 이벤트를 일으킨다.
type Act = Box<dyn FnOnce() -> io::Result<()>>;

/// 손님이 할 일을 다 한 뒤에 이벤트를 더 기다려 보는 시간. 올 것이라면 이보다 먼저 온다.
const PATIENCE: Duration = Duration::from_millis(200);

thread_local! {
    static ACTS: RefCell<VecDeque<Act>> = const { RefCell::new(VecDeque::new()) };
    static IN_TURN: Cell<bool> = const { Cell::new(false) };
}

/// 실행기에 할 일이 없을 때 할 일을 줄 세운다.
pub fn when_idle(act: impl FnOnce() -> io::Result<()> + 'static) {
    ACTS.with_borrow_mut(|acts| acts.push_back(Box::new(act)));
}

/// 지금 리액터가 이벤트를 받아 깨우는 중인가.
pub fn in_turn() -> bool {
    IN_TURN.get()
}

/// 할 일이 없을 때마다 손님을 움직이는 `Park`.
struct Stage {
    park: ReactorPark,
    reactor: Rc<Reactor>,
    curtain: Rc<Curtain>,
}

/// 할 일이 남지 않았는데 main이 끝나지 않으면 내린다.
#[derive(Default)]
struct Curtain {
    down: Cell<bool>,
    main: Cell<Option<Waker>>,
}

impl Park for Stage {
    fn park(&self, timeout: Option<Duration>) {
        if self.turn(Some(Duration::ZERO)) || timeout.is_some() {
            return; // 이미 와 있는 이벤트부터 본다.
        }
        let act = ACTS.with_borrow_mut(VecDeque::pop_front);
        if let Some(act) = act {
            act().expect("손님의 소켓에는 문제가 없다");
            self.turn(None);
        } else if !self.turn(Some(PATIENCE)) {
            self.curtain.down.set(true); // 깨워 줄 것이 아무것도 없다.
            let main = self.curtain.main.take();
            main.expect("main을 한 번은 폴링했다").wake();
        }
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.park.unparker()
    }
}

impl Stage {
    // ANCHOR: turn
    fn turn(&self, timeout: Option<Duration>) -> bool {
        IN_TURN.set(true);
        let events = self.reactor.turn(timeout);
        IN_TURN.set(false);
        events.expect("운영체제가 소켓을 기다려 준다") > 0
    }
    // ANCHOR_END: turn
}

/// `main`을 돌린다. 손님이 할 일을 다 했는데도 끝나지 않으면 `None`을 돌려준다.
pub fn play<F: Future>(main: F) -> io::Result<Option<F::Output>> {
    let curtain = Rc::new(Curtain::default());
    let on_stage = Rc::clone(&curtain);
    let stage = |park| Stage {
        park,
        reactor: Reactor::current(),
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
