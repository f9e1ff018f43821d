//! 다음 기한까지만 자는 법.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use ch04_05_task_queue::{Executor, Park, ThreadPark};
use ch04_06_reactor::ReactorPark;

use crate::time::{Entered, Time};

// ANCHOR: timed
/// 다른 `Park`를 감싸, 다음 기한까지만 재우고 기한이 된 것을 깨운다.
pub struct Timed<P> {
    park: P,
    time: Rc<Time>,
}

impl<P: Park> Park for Timed<P> {
    fn park(&self, timeout: Option<Duration>) {
        match self.time.next_wait() {
            Some(wait) if timeout.is_none() && self.time.can_skip() => self.time.skip(wait),
            Some(wait) if !self.time.is_stopped() => {
                self.park
                    .park(Some(timeout.map_or(wait, |timeout| timeout.min(wait))));
            }
            _ => self.park.park(timeout), // 기한이 없거나, 가상 시간인데 돌 태스크나 쥔 사람이 있다.
        }
        self.time.fire();
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        self.park.unparker()
    }
}
// ANCHOR_END: timed

impl<P> Timed<P> {
    /// `park`에 타이머를 더한다.
    ///
    /// 멈춘 시간은 `park`에 올 소식을 기다리지 않고 건너뛴다. 소식을 기다려야 하면 [`hold`](crate::hold)를 쥔다.
    pub fn new(park: P, time: &Rc<Time>) -> Timed<P> {
        Timed {
            park,
            time: Rc::clone(time),
        }
    }
}

// ANCHOR: block_on
/// 소켓과 시간을 기다릴 줄 아는 실행기로 퓨처를 끝까지 돌린다.
///
/// # Errors
///
/// 운영체제가 epoll이나 kqueue를 내주지 않으면 그 오류를 돌려준다.
pub fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let time = Rc::new(Time::real());
    let _entered = Entered::new(&time);
    let wrap = |park: ReactorPark| Timed::new(park, &time);
    ch04_06_reactor::block_on_with(wrap, future)
}

/// 소켓 없이, 멈춘 시간에서 퓨처를 끝까지 돌린다. 모두가 기다리면 다음 기한으로 건너뛴다.
pub fn block_on_virtual<F: Future>(future: F) -> F::Output {
    let wrap = |time: &Rc<Time>| Timed::new(ThreadPark::new(), time);
    block_on_with(Time::stopped(), wrap, future)
}
// ANCHOR_END: block_on

/// 시계와 자는 법을 골라 퓨처를 끝까지 돌린다.
pub fn block_on_with<P: Park + 'static, F: Future>(
    time: Time,
    wrap: impl FnOnce(&Rc<Time>) -> P,
    future: F,
) -> F::Output {
    let time = Rc::new(time);
    let _entered = Entered::new(&time); // 실행기가 닫히며 버리는 것도 시간을 쓸 수 있다.
    Executor::new(wrap(&time)).block_on(future)
}
