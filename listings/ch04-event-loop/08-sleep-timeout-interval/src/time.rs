//! 시계와 타이머들. 실행기의 스레드에 하나씩 있다.

use std::cell::{Cell, RefCell};
use std::iter;
use std::rc::Rc;
use std::task::Waker;
use std::time::{Duration, Instant};

use ch04_02_timers::{Clock, Timers, Wheel};

// ANCHOR: time
const TICK: Duration = Duration::from_millis(1);

/// 한 실행기의 시계와, 기한에 깨울 `Waker`들.
pub struct Time {
    pub(crate) clock: Clock,
    pub(crate) timers: RefCell<Wheel<Waker>>,
    /// 가상 시간이면 지금.
    stopped_at: Cell<Option<Instant>>,
    /// [`hold`]마다 하나씩 나누어 쥔다.
    held: Rc<()>,
}
// ANCHOR_END: time

impl Time {
    fn with(stopped: bool) -> Time {
        let start = Instant::now();
        Time {
            clock: Clock::new(start, TICK),
            timers: RefCell::default(),
            stopped_at: Cell::new(stopped.then_some(start)),
            held: Rc::default(),
        }
    }

    /// 진짜 시계로 잰다.
    pub fn real() -> Time {
        Time::with(false)
    }

    /// 저절로 흐르지 않는 시계로 잰다.
    pub fn stopped() -> Time {
        Time::with(true)
    }

    pub(crate) fn now(&self) -> Instant {
        self.stopped_at.get().unwrap_or_else(Instant::now)
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped_at.get().is_some()
    }

    // ANCHOR: next_wait
    /// 가장 이른 기한까지 남은 시간. 실제보다 이를 수 있고, 타이머가 없으면 `None`이다.
    pub(crate) fn next_wait(&self) -> Option<Duration> {
        let next = self.timers.borrow().next_deadline()?;
        Some(self.clock.wait(next, self.now()))
    }

    /// 기한이 된 타이머를 모두 깨운다.
    pub(crate) fn fire(&self) {
        if self.timers.borrow().is_empty() {
            return;
        }
        let now = self.clock.now(self.now());
        // 깨우는 것은 남의 코드이므로, 하나를 꺼내 빌린 것을 놓은 다음에 깨운다.
        let pop = || self.timers.borrow_mut().pop(now);
        iter::from_fn(pop).for_each(Waker::wake);
    }
    // ANCHOR_END: next_wait

    // ANCHOR: skip
    /// 시간이 멈추어 있고 쥔 사람도 없는가. 그렇다면 기다려서 올 것은 기한뿐이다.
    pub(crate) fn can_skip(&self) -> bool {
        self.is_stopped() && Rc::strong_count(&self.held) == 1
    }

    /// 멈춘 시간을 이만큼 보낸다.
    pub(crate) fn skip(&self, wait: Duration) {
        self.stopped_at.update(|now| now.map(|now| now + wait));
    }
    // ANCHOR_END: skip
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Time>>> = const { RefCell::new(None) };
}

/// 들어가기 전의 시간. 버려질 때 되돌려 놓는다.
pub(crate) struct Entered(Option<Rc<Time>>);

impl Entered {
    pub(crate) fn new(time: &Rc<Time>) -> Entered {
        Entered(CURRENT.replace(Some(Rc::clone(time))))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// 이 스레드에서 도는 시간.
pub(crate) fn current() -> Rc<Time> {
    let current = CURRENT.with_borrow(|current| current.clone());
    current.expect("시간이 있는 block_on 안에서만 부를 수 있습니다")
}

/// 실행기의 시계로 지금. 가상 시간이면 멈추어 있는 그 시각이다.
///
/// # Panics
///
/// 시간이 있는 `block_on` 밖에서 부르면 패닉한다. 이 크레이트의 다른 함수도 같다.
pub fn now() -> Instant {
    current().now()
}

/// 아직 울리지도 취소하지도 않은 타이머의 수.
pub fn timers() -> usize {
    current().timers.borrow().len()
}

// ANCHOR: advance
/// 가상 시간을 보낸다. 그만큼 스레드를 막은 셈이다.
///
/// # Panics
///
/// 시간이 멈추어 있지 않으면 패닉한다.
pub fn advance(duration: Duration) {
    let time = current();
    assert!(time.is_stopped(), "진짜 시간은 보낼 수 없습니다");
    time.skip(duration);
}
// ANCHOR_END: advance

// ANCHOR: hold
/// 쥐고 있는 동안 가상 시간이 저절로 건너뛰지 않는다.
#[must_use = "버리면 바로 놓는다"]
pub struct Hold(#[expect(dead_code, reason = "수를 세려고 쥔다")] Rc<()>);

/// 실행기 밖에서 올 소식이 있음을 알린다. 소식을 받은 다음에 놓는다.
pub fn hold() -> Hold {
    Hold(Rc::clone(&current().held))
}
// ANCHOR_END: hold
