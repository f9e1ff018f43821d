//! 스레드를 재우며 퓨처를 끝까지 돌리는 `block_on`과 손으로 만든 `Waker`.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

pub mod answer;
pub mod faulty;
pub mod park;
pub mod raw;
mod sync;

pub use park::{LockedBell, Park, Parker};

// ANCHOR: run
/// `future`를 끝까지 폴링한다. `Pending`이면 `parker`로 잔다. `waker`는 그 `parker`를 깨워야 한다.
pub fn run<F: Future>(future: F, parker: &impl Park, waker: &Waker) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        parker.wait();
    }
}
// ANCHOR_END: run

// ANCHOR: alarm
struct Alarm<P>(P);

impl<P: Park> Wake for Alarm<P> {
    fn wake(self: Arc<Self>) {
        self.0.wake();
    }

    // 적지 않으면 Arc를 복제해 wake를 부른다.
    fn wake_by_ref(self: &Arc<Self>) {
        self.0.wake();
    }
}
// ANCHOR_END: alarm

// ANCHOR: block_on
/// 이 스레드에서 `future`를 끝까지 돌리고 결과를 돌려준다.
///
/// 끝날 때까지 스레드를 막는다. `future`가 패닉하면 그 패닉이 그대로 나온다.
pub fn block_on<F: Future>(future: F) -> F::Output {
    block_on_with::<Parker, F>(future)
}

/// `block_on`과 같고, 재우는 방법을 고른다.
pub fn block_on_with<P: Park, F: Future>(future: F) -> F::Output {
    let alarm = Arc::new(Alarm(P::new()));
    let waker = Waker::from(Arc::clone(&alarm));
    run(future, &alarm.0, &waker)
}
// ANCHOR_END: block_on
