// 세마포어를 빌린 채로 깨웁니다. 불리자마자 세마포어를 또 쓰는 Waker가 오면 RefCell이 패닉합니다.
// 잡는 테스트: wake_may_use_the_semaphore, wake_may_use_the_semaphore_during_a_poll

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// 세마포어가 닫혔다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

struct State {
    permits: usize,
    /// 기다리는 태스크들. 번호표의 차례대로 서고, 이미 깨웠으면 `Waker`가 없다.
    line: BTreeMap<u64, Option<Waker>>,
    tickets: u64,
    closed: bool,
}

impl State {
    /// 허가가 있으면 맨 앞에 선 태스크를 깨울 `Waker`. 이미 깨웠으면 없다.
    fn next_in_line(&mut self) -> Option<Waker> {
        let free = self.permits > 0;
        self.line.values_mut().next().filter(|_| free)?.take()
    }
}

fn wake(waker: Option<Waker>) {
    waker.into_iter().for_each(Waker::wake);
}

/// 스레드 하나에서 쓰는 세마포어. 복제하면 같은 것을 나누어 쥔다.
#[derive(Clone)]
pub struct Semaphore(Rc<RefCell<State>>);

impl Semaphore {
    /// 허가가 `permits`개인 세마포어를 만든다.
    pub fn new(permits: usize) -> Semaphore {
        Semaphore(Rc::new(RefCell::new(State {
            permits,
            line: BTreeMap::new(),
            tickets: 0,
            closed: false,
        })))
    }

    /// 허가 하나를 기다린다.
    pub fn acquire(&self) -> Acquire {
        Acquire {
            semaphore: self.clone(),
            ticket: None,
        }
    }

    /// 아직 아무도 가져가지 않은 허가의 수.
    pub fn available(&self) -> usize {
        self.0.borrow().permits
    }

    /// 더는 허가를 내주지 않는다.
    pub fn close(&self) {
        let mut state = self.0.borrow_mut();
        state.closed = true;
        let line = mem::take(&mut state.line);
        drop(state);
        line.into_values().for_each(wake);
    }
}

/// 허가를 기다리는 퓨처. 버리면 줄에서 빠진다.
#[must_use = "폴링해야 줄을 선다"]
pub struct Acquire {
    semaphore: Semaphore,
    /// 줄에 섰으면 그 번호표.
    ticket: Option<u64>,
}

impl Future for Acquire {
    type Output = Result<Permit, Closed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let semaphore = self.semaphore.clone();
        let mut state = semaphore.0.borrow_mut();
        if state.closed {
            self.ticket = None; // 줄은 닫을 때 비었다.
            return Poll::Ready(Err(Closed));
        }
        let front = state.line.keys().next().copied();
        if state.permits == 0 || front.is_some_and(|front| Some(front) != self.ticket) {
            let ticket = *self.ticket.get_or_insert_with(|| {
                state.tickets += 1;
                state.tickets
            });
            let before = state.line.insert(ticket, Some(cx.waker().clone()));
            drop(state);
            drop(before);
            return Poll::Pending;
        }
        state.permits -= 1;
        let left = self.ticket.take().and_then(|mine| state.line.remove(&mine));
        let next = state.next_in_line(); // 허가가 더 남았으면 뒤의 태스크도 얻는다.
        drop(state);
        drop(left);
        wake(next);
        Poll::Ready(Ok(Permit(semaphore)))
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let mut state = self.semaphore.0.borrow_mut();
        let left = state.line.remove(&ticket);
        let next = state.next_in_line();
        drop(state);
        drop(left);
        wake(next);
    }
}

/// 허가 하나. 버리면 돌아간다.
pub struct Permit(Semaphore);

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Permit")
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.0.0.borrow_mut();
        state.permits += 1;
        let next = state.next_in_line();
        wake(next);
    }
}
