// 답이 와도 타이머를 지우지 않습니다. 답은 맞게 전해지지만, 요청마다 타이머가 하나씩 제한 시간 동안 남아 `done`이 있던 빈자리까지 붙잡고 있습니다.
// 잡는 테스트: an_answer_removes_the_timer, an_answer_at_once_leaves_no_timer

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
    timers.after(limit, Box::new(expire));
    work(Box::new(move |value| {
        let done = slot.lock().unwrap().take();
        if let Some(done) = done {
            done(Ok(value));
        }
    }));
}
