// 번호를 보지 않고 준비를 지웁니다. read를 부른 다음에 온 이벤트까지 지워서, 읽을 것이 있는데도 기다립니다.
// 잡는 테스트: an_event_during_a_blocked_read_is_kept, an_event_during_a_short_read_is_kept

use std::io::{self, ErrorKind};
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// 소켓을 읽어 볼 때가 되었는지 적어 두는 곳.
pub struct Readiness(Mutex<State>);

struct State {
    ready: bool,
    closed: bool,
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
            drop(state);
            match read(buf) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let mut state = self.lock();
                    state.ready = false;
                    state.closed = false;
                }
                Ok(count) if 0 < count && count < buf.len() => {
                    let mut state = self.lock();
                    state.ready = state.closed;
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
