//! 시간을 기다리는 퓨처. 1밀리초 틱의 타이밍 휠에 `Waker`를 걸어 둔다.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};
use std::{fmt, mem};

use ch04_02_timers::{Clock, Key, Timers, Wheel};

use crate::runtime::current;
use crate::select::{Either, select};

const TICK: Duration = Duration::from_millis(1);
const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// 런타임의 타이머들.
pub(crate) struct Time {
    clock: Clock,
    pub(crate) timers: RefCell<Wheel<Waker>>,
    /// 가상 시간이면 지금.
    stopped_at: Cell<Option<Instant>>,
    /// 다른 스레드에 맡긴 일마다 하나씩 나누어 쥔다.
    pub(crate) busy: Rc<()>,
}

impl Time {
    /// `stopped`이면 시간이 저절로 흐르지 않는다.
    pub(crate) fn new(stopped: bool) -> Time {
        let start = Instant::now();
        Time {
            clock: Clock::new(start, TICK),
            timers: RefCell::default(),
            stopped_at: Cell::new(stopped.then_some(start)),
            busy: Rc::default(),
        }
    }

    fn now(&self) -> Instant {
        self.stopped_at.get().unwrap_or_else(Instant::now)
    }

    // ANCHOR: wait
    /// 가장 이른 기한까지 남은 시간. 타이머가 없으면 `None`이다.
    pub(crate) fn next_wait(&self) -> Option<Duration> {
        let next = self.timers.borrow().next_deadline()?;
        Some(self.clock.wait(next, self.now()))
    }

    /// 시간이 멈추어 있고 맡긴 일도 없는가. 그렇다면 기다려서 올 것은 기한뿐이다.
    pub(crate) fn can_skip(&self) -> bool {
        self.stopped_at.get().is_some() && Rc::strong_count(&self.busy) == 1
    }

    /// 멈춘 시간을 이만큼 보낸다.
    pub(crate) fn skip(&self, wait: Duration) {
        self.stopped_at.update(|now| now.map(|now| now + wait));
    }
    // ANCHOR_END: wait

    /// 기한이 된 것을 모두 깨운다.
    pub(crate) fn fire(&self) {
        if self.timers.borrow().is_empty() {
            return;
        }
        let now = self.clock.now(self.now());
        // 깨우는 사이에 누가 타이머를 쓸 수 있으므로 하나씩 꺼낸다.
        let pop = || self.timers.borrow_mut().pop(now);
        std::iter::from_fn(pop).for_each(Waker::wake);
    }
}

/// 런타임의 시계로 지금. 가상 시간이면 멈추어 있는 그 시각이다.
///
/// # Panics
///
/// 미니 런타임 밖에서 부르면 패닉한다. 이 모듈의 다른 함수도 같다.
pub fn now() -> Instant {
    current().time.now()
}

/// `duration`이 지나면 끝나는 퓨처. 1밀리초보다 잘게 재지 않으며, 일찍 끝나지 않는다. 100년보다 길면 100년으로 친다.
pub fn sleep(duration: Duration) -> Sleep {
    sleep_until(now() + duration.min(CENTURY))
}

/// 이 시각이 되면 끝나는 퓨처. 이미 지났으면 바로 끝난다.
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep { time: Rc::clone(&current().time), deadline, key: None }
}

/// 시간을 기다리는 퓨처. 버리면 타이머를 거둔다.
#[must_use = "폴링해야 기다린다"]
pub struct Sleep {
    time: Rc<Time>,
    deadline: Instant,
    key: Option<Key>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let (time, deadline) = (Rc::clone(&self.time), self.deadline);
        let Some(key) = self.key else {
            if deadline <= time.now() {
                return Poll::Ready(());
            }
            let (tick, waker) = (time.clock.deadline(deadline), cx.waker().clone());
            self.key = Some(time.timers.borrow_mut().insert(tick, waker));
            return Poll::Pending;
        };
        let waker = cx.waker().clone();
        let mut timers = time.timers.borrow_mut();
        let before = timers.get_mut(key).map(|slot| mem::replace(slot, waker));
        drop(timers); // 앞서 맡은 `Waker`는 빌린 것을 놓은 다음에 버린다.
        match before {
            None => Poll::Ready(()), // 휠이 꺼내 깨웠다.
            Some(_) => Poll::Pending,
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let waker = self.time.timers.borrow_mut().cancel(key);
            drop(waker); // 빌린 것을 놓은 다음에 버린다.
        }
    }
}

/// 시간 안에 끝나지 않았다.
#[derive(Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("시간 안에 끝나지 않았습니다")
    }
}

impl std::error::Error for Elapsed {}

/// 퓨처를 `limit`까지만 기다리고, 늦으면 [`Elapsed`]를 돌려준다. 기다리던 퓨처는 이 퓨처와 함께 버려진다.
///
/// 끝난 것과 시간이 다 된 것이 같은 때이면 끝난 쪽을 돌려준다.
pub fn timeout<F: Future>(limit: Duration, future: F) -> impl Future<Output = InTime<F::Output>> {
    let raced = select(future, sleep(limit)); // 시간은 만든 때부터 센다.
    async { if let Either::Left(output) = raced.await { Ok(output) } else { Err(Elapsed) } }
}

/// 시간 안에 얻은 것, 또는 [`Elapsed`].
pub type InTime<T> = Result<T, Elapsed>;

/// 때를 놓친 틱을 어떻게 할 것인가.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// 밀린 만큼 잇달아 내보낸다.
    Burst,
    /// 밀린 것을 버리고 처음의 박자로 돌아간다.
    Skip,
    /// 늦은 그때부터 다시 센다.
    Delay,
}

/// 첫 틱은 바로, 그다음은 `period`마다 온다. 놓친 틱은 [`Missed::Burst`]로 한다.
///
/// # Panics
///
/// `period`가 0이면 패닉한다.
pub fn interval(period: Duration) -> Interval {
    assert!(!period.is_zero(), "되풀이하는 간격은 0보다 길어야 합니다");
    let period = period.min(CENTURY);
    Interval { sleep: sleep(Duration::ZERO), period, missed: Missed::Burst }
}

/// 되풀이해서 오는 틱.
pub struct Interval {
    sleep: Sleep,
    period: Duration,
    /// 놓친 틱을 다루는 법.
    pub missed: Missed,
}

impl Interval {
    /// 다음 틱을 기다려, 그 틱이 왔어야 할 시각을 돌려준다. 도중에 버려도 틱은 사라지지 않는다.
    pub async fn tick(&mut self) -> Instant {
        (&mut self.sleep).await;
        let (due, now) = (self.sleep.deadline, self.sleep.time.now());
        let next = match self.missed {
            _ if now < due + self.period => due + self.period,
            Missed::Skip => {
                let late = (now - due).as_nanos() % self.period.as_nanos();
                now - Duration::from_nanos(late as u64) + self.period
            }
            Missed::Delay => now + self.period,
            Missed::Burst => due + self.period,
        };
        self.sleep = sleep_until(next);
        due
    }
}
