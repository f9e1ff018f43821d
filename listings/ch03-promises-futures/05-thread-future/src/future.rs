//! 기한을 두고 결과를 받는 퓨처.

use std::any::Any;
use std::fmt::{self, Debug, Display, Formatter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::Result as ThreadResult;
use std::time::Instant;

use crate::slot::Slot;
use crate::{Clock, SystemClock, sync};

// ANCHOR: future
/// 다른 스레드가 내고 있는 결과. 결과는 한 번만 받을 수 있다.
///
/// 버리면 결과를 포기한다. 스레드는 멈추지 않고, 끝난 뒤에 결과를 스스로 버린다.
#[must_use = "받지 않은 퓨처는 패닉도 함께 잃는다. `wait`나 `get`으로 받는다"]
pub struct ThreadFuture<T> {
    slot: Arc<Slot<T>>,
}
// ANCHOR_END: future

// ANCHOR: spawn
/// 새 스레드에서 `work`를 시작하고 곧바로 돌아온다.
///
/// # Panics
///
/// 운영체제가 스레드를 더 내주지 않으면 패닉한다.
pub fn spawn<T, W>(work: W) -> ThreadFuture<T>
where
    W: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let slot = Arc::new(Slot::new());
    let future = ThreadFuture {
        slot: Arc::clone(&slot),
    };
    // 패닉도 결과이다. 잡지 않으면 기다리는 쪽이 영영 깨어나지 못한다.
    sync::spawn(move || slot.fill(catch_unwind(AssertUnwindSafe(work))));
    future
}
// ANCHOR_END: spawn

// ANCHOR: error
/// 결과를 받지 못한 까닭.
pub enum GetError<T> {
    /// 기한까지 오지 않았다. 퓨처를 돌려주므로 다시 물을 수 있다.
    Timeout(ThreadFuture<T>),
    /// 작업이 패닉했다. 담긴 것은 패닉한 값이다.
    Panicked(Box<dyn Any + Send>),
}
// ANCHOR_END: error

impl<T> ThreadFuture<T> {
    // ANCHOR: get
    /// 결과를 받는다. 없으면 `deadline`까지 이 스레드를 막고 기다린다.
    ///
    /// # Errors
    ///
    /// 기한까지 오지 않으면 [`GetError::Timeout`], 작업이 패닉했으면 [`GetError::Panicked`]이다.
    pub fn get(self, deadline: Instant) -> Result<T, GetError<T>> {
        self.get_with(deadline, &SystemClock)
    }

    /// `get`과 같고, 시계를 고른다.
    ///
    /// # Errors
    ///
    /// `get`과 같다.
    pub fn get_with(self, deadline: Instant, clock: &impl Clock) -> Result<T, GetError<T>> {
        match self.slot.take_by(deadline, clock) {
            Some(result) => result.map_err(GetError::Panicked),
            None => Err(GetError::Timeout(self)),
        }
    }
    // ANCHOR_END: get

    /// 기한 없이 기다린다.
    ///
    /// # Errors
    ///
    /// 작업이 패닉했으면 패닉한 값을 돌려준다.
    pub fn wait(self) -> ThreadResult<T> {
        self.slot.take()
    }

    #[cfg(not(feature = "loom"))]
    pub(crate) fn slot(&self) -> &Slot<T> {
        &self.slot
    }

    #[cfg(not(feature = "loom"))]
    pub(crate) fn on(slot: Arc<Slot<T>>) -> ThreadFuture<T> {
        ThreadFuture { slot }
    }
}

// ANCHOR: message
/// 패닉한 값에서 메시지를 꺼낸다. `panic!`이 만든 값은 `&str`이거나 `String`이다.
pub fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match payload.downcast_ref::<String>() {
        Some(message) => message,
        None => payload
            .downcast_ref()
            .copied()
            .unwrap_or("문자열이 아닌 값"),
    }
}
// ANCHOR_END: message

impl<T> Display for GetError<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            GetError::Timeout(_) => f.write_str("기한까지 답이 없다"),
            GetError::Panicked(payload) => {
                write!(f, "작업이 패닉했다, {}", panic_message(&**payload))
            }
        }
    }
}

impl<T> Debug for GetError<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "GetError({self})")
    }
}

impl<T> std::error::Error for GetError<T> {}

#[cfg(all(test, not(feature = "loom")))]
mod tests {
    use std::sync::mpsc::{self, Receiver, RecvError, Sender};
    use std::time::Duration;

    use super::*;

    /// 결과를 낼 때까지 문 앞에서 기다리는 작업.
    fn gated<T: Send + 'static>(value: T) -> (ThreadFuture<T>, Sender<()>) {
        let (open, gate) = mpsc::channel::<()>();
        let future = spawn(move || {
            gate.recv().expect("문을 연다");
            value
        });
        (future, open)
    }

    fn past() -> Instant {
        Instant::now()
    }

    #[test]
    fn a_timed_out_future_can_be_asked_again() {
        let (future, open) = gated(7);
        let Err(GetError::Timeout(future)) = future.get(past()) else {
            panic!("문이 닫혀 있다");
        };
        open.send(()).expect("작업이 산다");
        assert_eq!(future.wait().ok(), Some(7));
    }

    #[test]
    fn a_result_that_is_there_beats_a_passed_deadline() {
        let deadline = past();
        let slot = Arc::new(Slot::new());
        slot.fill(Ok(7));
        assert_eq!(ThreadFuture::on(slot).get(deadline).ok(), Some(7));
    }

    #[test]
    fn a_panic_reaches_the_waiter_with_its_message() {
        fn message(work: fn()) -> String {
            let far = Instant::now() + Duration::from_secs(10);
            match spawn(work).get(far) {
                Err(GetError::Panicked(payload)) => panic_message(&*payload).to_owned(),
                other => panic!("패닉이 오지 않았다: {other:?}"),
            }
        }
        assert_eq!(message(|| panic!("재고가 없다")), "재고가 없다");
        assert_eq!(message(|| panic!("재고가 {}개다", 0)), "재고가 0개다");
        assert_eq!(message(|| std::panic::panic_any(7)), "문자열이 아닌 값");
    }

    // ANCHOR: leak
    /// 결과의 일부. 남아 있는지를 채널이 끊겼는지로 안다.
    fn alive() -> (Sender<()>, Receiver<()>) {
        mpsc::channel()
    }

    #[test]
    fn a_result_given_up_before_the_end_is_dropped() {
        let (part, dropped) = alive();
        let (future, open) = gated(part);
        let slot = Arc::downgrade(&future.slot);
        drop(future.get(past())); // 돌려받은 퓨처를 버린다.
        assert_eq!(slot.strong_count(), 1, "작업 스레드만 쥐고 있다");
        open.send(()).expect("작업이 산다");
        assert_eq!(dropped.recv(), Err(RecvError), "결과가 버려졌다");
        assert_eq!(slot.strong_count(), 0);
    }

    #[test]
    fn a_result_given_up_after_the_end_is_dropped() {
        let (part, dropped) = alive();
        let slot = Arc::new(Slot::new());
        slot.fill(Ok(part));
        drop(ThreadFuture::on(slot));
        assert_eq!(dropped.recv(), Err(RecvError));
    }
    // ANCHOR_END: leak
}
