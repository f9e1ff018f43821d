//! 미니 런타임의 타이머를 hyper의 타이머로.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use ch04_10_mini_runtime::time::{now, sleep_until};
use ch04_10_mini_runtime::{JoinHandle, spawn};
use hyper::rt::Sleep;

// ANCHOR: timer
/// hyper에 건넬 타이머.
pub struct Timer;

impl hyper::rt::Timer for Timer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Alarm(spawn(sleep_until(deadline))))
    }

    fn now(&self) -> Instant {
        now()
    }
}
// ANCHOR_END: timer

// ANCHOR: alarm
/// 자는 것은 태스크가 하고, hyper는 그 핸들만 쥔다. 핸들은 `Send`이고 `Sync`이다.
struct Alarm(JoinHandle<()>);

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(cx).map(|_| ())
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.0.abort(); // 핸들을 버리기만 하면 태스크는 계속 잔다.
    }
}

impl Sleep for Alarm {}
// ANCHOR_END: alarm
