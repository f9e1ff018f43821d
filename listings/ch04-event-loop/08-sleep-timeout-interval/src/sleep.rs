//! 기한을 기다리는 퓨처.

use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use ch04_02_timers::{Key, Timers};

use crate::time::{self, Time};

/// 이보다 먼 기한은 여기까지로 친다. `Instant`에 더해도 넘치지 않는다.
pub(crate) const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

// ANCHOR: sleep
/// `duration`이 지나면 끝나는 퓨처. 부른 때부터 센다.
///
/// 1밀리초보다 잘게 재지 않으며, 일찍 끝나지 않는다. 100년보다 길면 100년으로 친다.
pub fn sleep(duration: Duration) -> Sleep {
    sleep_until(time::now() + duration.min(CENTURY))
}

/// 이 시각이 되면 끝나는 퓨처. 이미 지났으면 바로 끝난다.
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep {
        time: time::current(),
        deadline,
        key: None,
    }
}

/// 시간을 기다리는 퓨처. 버리면 타이머를 거둔다.
#[must_use = "폴링해야 기다린다"]
pub struct Sleep {
    pub(crate) time: Rc<Time>,
    pub(crate) deadline: Instant,
    key: Option<Key>,
}
// ANCHOR_END: sleep

// ANCHOR: poll
impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(key) = self.key else {
            return self.start(cx);
        };
        let mut timers = self.time.timers.borrow_mut();
        match timers.get_mut(key) {
            None => Poll::Ready(()), // 휠이 꺼내 깨웠다.
            Some(kept) if kept.will_wake(cx.waker()) => Poll::Pending,
            Some(kept) => {
                let old = mem::replace(kept, cx.waker().clone());
                drop(timers);
                drop(old); // 남의 `Drop`이므로 빌린 것을 놓은 다음에 버린다.
                Poll::Pending
            }
        }
    }
}
// ANCHOR_END: poll

// ANCHOR: start
impl Sleep {
    /// 처음 폴링했다. 기한이 남았으면 타이머를 건다.
    fn start(&mut self, cx: &Context<'_>) -> Poll<()> {
        if self.deadline <= self.time.now() {
            return Poll::Ready(());
        }
        let (tick, waker) = (self.time.clock.deadline(self.deadline), cx.waker().clone());
        self.key = Some(self.time.timers.borrow_mut().insert(tick, waker));
        Poll::Pending
    }
}
// ANCHOR_END: start

// ANCHOR: drop
impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            let waker = self.time.timers.borrow_mut().cancel(key);
            drop(waker);
        }
    }
}
// ANCHOR_END: drop
