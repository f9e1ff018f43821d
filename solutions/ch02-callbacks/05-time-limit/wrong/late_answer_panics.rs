// 답은 반드시 시간 안에 온다고 믿고 `done`을 꺼냅니다. 시간이 다 된 뒤에 늦은 답이 오면, 답한 쪽의 스레드가 패닉합니다.
// 잡는 테스트: a_late_answer_is_dropped

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

/// `work`를 시작하고 `limit`까지만 답을 기다린다.
pub fn with_limit<T, W, D>(timers: &Arc<dyn Timers>, limit: Duration, work: W, done: D)
where
    T: 'static,
    W: FnOnce(Reply<T>),
    D: FnOnce(Result<T, TimedOut>) + Send + 'static,
{
    let slot = Arc::new(Mutex::new(Some(done)));
    let late = Arc::clone(&slot);
    let expire = move || {
        let done = late.lock().unwrap().take();
        if let Some(done) = done {
            done(Err(TimedOut));
        }
    };
    let timer = timers.after(limit, Box::new(expire));
    let timers = Arc::clone(timers);
    work(Box::new(move |value| {
        let done = slot.lock().unwrap().take();
        timers.cancel(timer);
        done.expect("아직 부르지 않았다")(Ok(value));
    }));
}
