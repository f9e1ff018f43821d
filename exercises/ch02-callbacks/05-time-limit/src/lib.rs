//! 콜백 API는 답이 영영 오지 않을 수 있습니다. 정한 시간 안에 답이 없으면 포기하는 `with_limit`을
//! 완성하세요. 진짜 시간을 기다리지는 않습니다. 시계는 테스트가 건네줍니다.
//!
//! - 시간 안에 답이 오면 `Ok(답)`으로, 시간이 다 되면 `Err(TimedOut)`으로 `done`을 한 번 부릅니다.
//! - 시간이 다 된 뒤에 늦게 온 답은 조용히 버립니다.
//! - 답이 왔으면 걸어 둔 타이머를 지웁니다. 쓸모없는 타이머를 남기지 않습니다.
//! - `work`는 그 자리에서 답할 수도 있고, 다른 스레드에서 답할 수도 있습니다.

use std::sync::Arc;
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
    let _ = (timers, work, done);
    todo!("{limit:?}까지만 기다리세요")
}
