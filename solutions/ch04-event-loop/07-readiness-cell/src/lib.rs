//! 다른 스레드의 리액터와 나누어 쥐는 준비.

use std::io::{self, ErrorKind};
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// 소켓을 읽어 볼 때가 되었는지 적어 두는 곳.
pub struct Readiness(Mutex<State>);

struct State {
    ready: bool,
    closed: bool,
    /// 이벤트가 올 때마다 오른다. 읽기 전과 같으면 그 사이에 온 이벤트가 없다.
    events: u64,
    waiting: Option<Waker>,
}

impl Default for Readiness {
    fn default() -> Readiness {
        Readiness::new()
    }
}

impl Readiness {
    /// 준비된 것으로 시작한다.
    pub fn new() -> Readiness {
        Readiness(Mutex::new(State {
            ready: true,
            closed: false,
            events: 0,
            waiting: None,
        }))
    }

    /// 읽을 것이 왔다.
    pub fn set_ready(&self) {
        self.notice(false);
    }

    /// 상대가 끝냈거나 오류가 났다.
    pub fn set_closed(&self) {
        self.notice(true);
    }

    fn notice(&self, closed: bool) {
        let mut state = self.lock();
        state.ready = true;
        state.closed |= closed;
        state.events += 1;
        let waiting = state.waiting.take();
        drop(state);
        if let Some(waker) = waiting {
            waker.wake();
        }
    }

    /// 준비되었으면 읽어 보고, 아니면 기다린다.
    pub fn poll_read(
        &self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            let mut state = self.lock();
            if !state.ready {
                let waiting = &state.waiting;
                let same = waiting.as_ref().is_some_and(|w| w.will_wake(cx.waker()));
                let before = match same {
                    true => None,
                    false => state.waiting.replace(cx.waker().clone()),
                };
                drop(state);
                drop(before); // 남의 코드이므로 락을 푼 다음에 버린다.
                return Poll::Pending;
            }
            let seen = state.events;
            drop(state);
            match read(buf) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let mut state = self.lock();
                    if state.events == seen {
                        state.ready = false;
                        state.closed = false;
                    }
                }
                Ok(count) if 0 < count && count < buf.len() => {
                    let mut state = self.lock();
                    if state.events == seen {
                        state.ready = state.closed;
                    }
                    return Poll::Ready(Ok(count));
                }
                result => return Poll::Ready(result),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("락을 쥔 채 패닉하지 않는다")
    }
}
