//! 같은 런타임의 태스크끼리 쓰는 채널. 자리가 없으면 보내는 쪽이 줄을 선다.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

struct State<T> {
    queue: VecDeque<T>,
    capacity: usize,
    /// 자리를 기다리는 쪽들. 번호표의 차례대로 서고, 이미 깨웠으면 `Waker`가 없다.
    line: BTreeMap<u64, Option<Waker>>,
    tickets: u64,
    receiver: Option<Waker>,
    senders: usize,
    closed: bool,
}

impl<T> State<T> {
    fn next_ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    /// 자리가 났거나 받는 쪽이 사라졌으면, 맨 앞에 선 쪽을 깨울 `Waker`.
    fn next_in_line(&mut self) -> Option<Waker> {
        let open = self.closed || self.queue.len() < self.capacity;
        self.line.values_mut().next().filter(|_| open)?.take()
    }
}

/// 보내는 쪽. 모두 버리면 채널이 끝난다.
pub struct Sender<T>(Rc<RefCell<State<T>>>);

/// 받는 쪽. 버리면 남은 값도 버려지고, 보내기는 실패한다.
pub struct Receiver<T>(Rc<RefCell<State<T>>>);

/// 받는 쪽이 사라져 보내지 못한 값.
#[derive(Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// 값을 `capacity`개까지 담아 두는 채널을 만든다.
///
/// # Panics
///
/// `capacity`가 0이면 패닉한다.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "채널에는 자리가 하나는 있어야 합니다");
    let state = Rc::new(RefCell::new(State {
        queue: VecDeque::new(),
        capacity,
        line: BTreeMap::new(),
        tickets: 0,
        receiver: None,
        senders: 1,
        closed: false,
    }));
    (Sender(Rc::clone(&state)), Receiver(state))
}

fn wake(waker: Option<Waker>) {
    waker.into_iter().for_each(Waker::wake);
}

/// 보내는 동안 쥐는 번호표. 버리면 줄에서 빠진다.
struct Turn<'a, T> {
    state: &'a RefCell<State<T>>,
    ticket: u64,
}

impl<T> Turn<'_, T> {
    /// 앞에 선 쪽이 없고 자리가 있으면, 또는 받는 쪽이 사라졌으면 끝난다.
    fn poll(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.borrow_mut();
        let first = state.line.keys().next().is_none_or(|front| *front >= self.ticket);
        if state.closed || first && state.queue.len() < state.capacity {
            return Poll::Ready(());
        }
        let before = state.line.insert(self.ticket, Some(cx.waker().clone()));
        drop(state);
        drop(before);
        Poll::Pending
    }
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        let mut state = self.state.borrow_mut();
        let left = state.line.remove(&self.ticket);
        let next = state.next_in_line();
        drop(state);
        drop(left);
        wake(next);
    }
}

impl<T> Sender<T> {
    /// 값을 보낸다. 자리가 없으면 줄을 서고, 자리는 줄을 선 차례대로 난다.
    ///
    /// 기다리는 도중에 버리면 값은 보내지지 않고 함께 버려진다.
    ///
    /// # Errors
    ///
    /// 받는 쪽이 사라졌으면 값을 되돌려준다.
    pub async fn send(&self, value: T) -> Result<(), SendError<T>> {
        let turn = Turn { state: &self.0, ticket: self.0.borrow_mut().next_ticket() };
        poll_fn(|cx| turn.poll(cx)).await;
        let mut state = self.0.borrow_mut();
        if state.closed {
            return Err(SendError(value));
        }
        state.queue.push_back(value);
        let receiver = state.receiver.take();
        drop(state);
        wake(receiver);
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        self.0.borrow_mut().senders += 1;
        Sender(Rc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.senders -= 1;
        let last = state.senders == 0;
        let receiver = state.receiver.take_if(|_| last);
        drop(state);
        wake(receiver);
    }
}

impl<T> Receiver<T> {
    /// 다음 값을 기다린다. 보내는 쪽이 모두 사라지고 남은 값도 없으면 `None`이다.
    ///
    /// 도중에 버려도 값을 잃지 않는다.
    pub async fn recv(&mut self) -> Option<T> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = self.0.borrow_mut();
        let value = state.queue.pop_front();
        if value.is_some() || state.senders == 0 {
            let next = state.next_in_line();
            drop(state);
            wake(next);
            return Poll::Ready(value);
        }
        let before = state.receiver.replace(cx.waker().clone());
        drop(state);
        drop(before);
        Poll::Pending
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut state = self.0.borrow_mut();
        state.closed = true;
        let left = mem::take(&mut state.queue);
        let next = state.next_in_line();
        drop(state);
        drop(left);
        wake(next); // 줄에서 빠지는 쪽이 그다음을 깨운다.
    }
}
