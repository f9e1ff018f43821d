//! 퓨처가 폴링되고 깨워지는 것을 적는다.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// 일어난 차례대로 적은 줄들.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// 한 줄을 적는다.
    pub fn note(&self, line: impl Into<String>) {
        self.0.lock().expect("적다가 패닉하지 않는다").push(line.into());
    }

    /// 지금까지 적은 줄의 수.
    pub fn len(&self) -> usize {
        self.0.lock().expect("적다가 패닉하지 않는다").len()
    }

    /// 적은 것을 모두 가져간다.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("적다가 패닉하지 않는다"))
    }
}

/// 폴링과 깨움을 적는 퓨처.
pub struct Traced<F> {
    /// 누구의 퓨처인가.
    pub name: &'static str,
    /// 무엇을 기다리는가.
    pub what: &'static str,
    /// 적을 곳.
    pub log: Log,
    /// 안의 퓨처.
    pub future: Pin<Box<F>>,
}

// ANCHOR: traced
impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let (name, log) = (self.name, self.log.clone());
        let inner = cx.waker().clone();
        let waker = Waker::from(Arc::new(Noted { name, log, inner }));
        let polled = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        let result = if polled.is_ready() { "Ready" } else { "Pending" };
        self.log.note(format!("{name}: {}를 폴링함, {result}", self.what));
        polled
    }
}
// ANCHOR_END: traced

// ANCHOR: noted
/// 부르면 적고, 받은 `Waker`를 부른다.
struct Noted {
    name: &'static str,
    log: Log,
    inner: Waker,
}

impl Wake for Noted {
    fn wake(self: Arc<Self>) {
        self.log.note(format!("리액터: 준비 이벤트를 받고 {}를 깨움", self.name));
        self.inner.wake_by_ref();
    }
}
// ANCHOR_END: noted
