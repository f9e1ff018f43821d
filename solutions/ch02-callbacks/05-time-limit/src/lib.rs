//! 콜백 API에 시간 제한을 건다.

use std::sync::{Arc, Mutex};
use std::time::Duration;

/// 타이머의 번호.
pub type TimerId = u64;

/// 나중에 부를 것을 맡는 시계.
pub trait Timers: Send + Sync {
    /// `delay`가 지나면 `callback`을 한 번 부른다. 그 자리에서 부르지는 않는다.
    fn after(&self, delay: Duration, callback: Box<dyn FnOnce() + Send>) -> TimerId;

    /// 걸어 둔 것을 지운다. 이미 불렸거나 지워졌으면 아무 일도 없다.
    fn cancel(&self, id: TimerId);
}

/// 시간 안에 답이 오지 않았다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedOut;

/// 일의 답을 받는 콜백.
pub type Reply<T> = Box<dyn FnOnce(T) + Send>;

/// `work`를 시작하고 `limit`까지만 답을 기다린다. `done`은 한 번만 불린다.
pub fn with_limit<T, W, D>(timers: &Arc<dyn Timers>, limit: Duration, work: W, done: D)
where
    T: 'static,
    W: FnOnce(Reply<T>),
    D: FnOnce(Result<T, TimedOut>) + Send + 'static,
{
    let slot = Arc::new(Mutex::new(Some(done)));
    let late = Arc::clone(&slot);
    let expire = move || {
        if let Some(done) = take(&late) {
            done(Err(TimedOut));
        }
    };
    // 일보다 먼저 건다. 일이 그 자리에서 답해도 지울 번호를 안다.
    let timer = timers.after(limit, Box::new(expire));
    let timers = Arc::clone(timers);
    let reply = move |value| {
        if let Some(done) = take(&slot) {
            timers.cancel(timer);
            done(Ok(value));
        }
    };
    work(Box::new(reply));
}

/// 부를 권리를 꺼낸다. 락은 꺼내는 동안만 쥔다.
fn take<D>(slot: &Mutex<Option<D>>) -> Option<D> {
    slot.lock().expect("락을 쥔 채 패닉하지 않는다").take()
}
