//! 자리가 정해진 채널. 자리가 없으면 보내는 쪽이 기다린다.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex, lock, wake};

// ANCHOR: state
pub(crate) struct State<T> {
    queue: VecDeque<T>,
    capacity: usize,
    /// 자리를 기다리는 송신자들. 온 차례대로 선다.
    line: VecDeque<Waiting>,
    next_ticket: u64,
    senders: usize,
    closed: bool,
    receiver: Option<Waker>,
}

struct Waiting {
    ticket: u64,
    /// 차례가 왔다고 깨우면 비워진다.
    waker: Option<Waker>,
}
// ANCHOR_END: state

impl<T> State<T> {
    // ANCHOR: room
    /// 빈자리의 수. 줄의 앞에서 이만큼이 들어갈 차례이다.
    fn room(&self) -> usize {
        self.capacity - self.queue.len()
    }

    /// 들어갈 차례인지 보고, 차례이면 줄에서 뺀다. 번호표가 없으면 줄의 끝에 온 것으로 친다.
    fn try_enter(&mut self, ticket: Option<u64>) -> bool {
        let place = ticket.and_then(|ticket| self.place(ticket));
        if place.unwrap_or(self.line.len()) >= self.room() {
            return false;
        }
        place.and_then(|place| self.line.remove(place));
        true
    }

    /// 새로 차례가 온 송신자. 빈자리가 하나 늘거나, 차례가 온 송신자가 줄을 떠난 뒤에 부른다.
    fn next_in_turn(&mut self) -> Option<Waker> {
        let last = self.room().checked_sub(1)?;
        self.line.get_mut(last)?.waker.take()
    }
    // ANCHOR_END: room

    // ANCHOR: wait
    /// 줄을 선다. 이미 섰으면 `Waker`만 바꾸고 옛것을 돌려준다.
    fn wait(&mut self, ticket: &mut Option<u64>, waker: Waker) -> Option<Waker> {
        if let Some(place) = ticket.and_then(|ticket| self.place(ticket)) {
            return self.line[place].waker.replace(waker);
        }
        let (new, waker) = (self.next_ticket, Some(waker));
        self.next_ticket += 1;
        self.line.push_back(Waiting { ticket: new, waker });
        *ticket = Some(new);
        None
    }

    /// 번호표는 커지기만 하므로 줄은 늘 번호표의 차례이다.
    fn place(&self, ticket: u64) -> Option<usize> {
        let found = self.line.binary_search_by_key(&ticket, |one| one.ticket);
        found.ok()
    }
    // ANCHOR_END: wait

    /// 값을 넣고, 기다리던 받는 쪽을 돌려준다.
    fn push(&mut self, value: T) -> Option<Waker> {
        self.queue.push_back(value);
        self.receiver.take()
    }
}

/// 보내는 쪽. 복제해 여럿이 보낼 수 있다.
pub struct Sender<T>(pub(crate) Arc<Mutex<State<T>>>);

/// 받는 쪽. 하나뿐이다. 버리면 채널이 닫히고 큐에 남은 값도 버려진다.
pub struct Receiver<T>(Arc<Mutex<State<T>>>);

/// 받는 쪽이 없어 보내지 못한 값.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// 기다리지 않고는 보내지 못한 값.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// 빈자리가 없거나, 있어도 먼저 온 송신자의 것이다.
    Full(T),
    /// 받는 쪽이 없다.
    Closed(T),
}

// T가 Debug가 아니어도 unwrap할 수 있게, 값은 적지 않는다.
impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendError(..)")
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "Full(..)",
            TrySendError::Closed(_) => "Closed(..)",
        })
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("받는 쪽이 없습니다")
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TrySendError::Full(_) => "빈자리가 없습니다",
            TrySendError::Closed(_) => "받는 쪽이 없습니다",
        })
    }
}

impl<T> Error for SendError<T> {}

impl<T> Error for TrySendError<T> {}

/// 자리가 `capacity`개인 채널을 만든다.
///
/// # Panics
///
/// `capacity`가 0이면 패닉한다. 자리가 없으면 누구도 차례가 오지 않는다.
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "자리가 하나는 있어야 합니다");
    let state = State {
        queue: VecDeque::new(),
        capacity,
        line: VecDeque::new(),
        next_ticket: 0,
        senders: 1,
        closed: false,
        receiver: None,
    };
    let state = Arc::new(Mutex::new(state));
    (Sender(Arc::clone(&state)), Receiver(state))
}

impl<T> Sender<T> {
    // ANCHOR: send
    /// 자리가 날 때까지 기다려 보낸다. 폴링해야 줄을 선다.
    ///
    /// 끝나기 전에 버리면 값은 보내지지 않고, 줄에서 빠진다.
    pub fn send(&self, value: T) -> Send<'_, T> {
        Send {
            sender: self,
            value: Some(value),
            ticket: None,
        }
    }
    // ANCHOR_END: send

    // ANCHOR: try_send
    /// 기다리지 않고 보낸다. 줄을 선 송신자를 앞지르지 않는다.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        let mut state = lock(&self.0);
        if state.closed {
            return Err(TrySendError::Closed(value));
        }
        if !state.try_enter(None) {
            return Err(TrySendError::Full(value));
        }
        let receiver = state.push(value);
        drop(state);
        wake(receiver);
        Ok(())
    }
    // ANCHOR_END: try_send

    /// 큐에 든 값의 수. 답한 직후에 달라질 수 있다.
    pub fn queued(&self) -> usize {
        lock(&self.0).queue.len()
    }

    /// 줄을 선 송신자의 수. 답한 직후에 달라질 수 있다.
    pub fn waiting(&self) -> usize {
        lock(&self.0).line.len()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Sender<T> {
        lock(&self.0).senders += 1;
        Sender(Arc::clone(&self.0))
    }
}

// ANCHOR: drop_sender
impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = lock(&self.0);
        state.senders -= 1;
        let last = state.senders == 0;
        let receiver = if last { state.receiver.take() } else { None };
        drop(state);
        wake(receiver);
    }
}
// ANCHOR_END: drop_sender

// ANCHOR: send_future
/// 자리를 기다려 값을 보내는 퓨처.
#[must_use = "퓨처는 폴링해야 일한다"]
pub struct Send<'a, T> {
    pub(crate) sender: &'a Sender<T>,
    value: Option<T>,
    /// 줄을 섰으면 번호표.
    pub(crate) ticket: Option<u64>,
}

impl<T> Unpin for Send<'_, T> {}
// ANCHOR_END: send_future

impl<T> Future for Send<'_, T> {
    type Output = Result<(), SendError<T>>;

    // ANCHOR: poll_send
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = cx.waker().clone();
        let value = self.value.take().expect("끝난 Send를 다시 물었습니다");
        let mut state = lock(&self.sender.0);
        if state.closed {
            return Poll::Ready(Err(SendError(value)));
        }
        if state.try_enter(self.ticket) {
            let receiver = state.push(value);
            drop(state);
            self.ticket = None;
            wake(receiver);
            return Poll::Ready(Ok(()));
        }
        let mut ticket = self.ticket;
        let old = state.wait(&mut ticket, waker);
        drop(state);
        drop(old);
        (self.ticket, self.value) = (ticket, Some(value));
        Poll::Pending
    }
    // ANCHOR_END: poll_send
}

impl<T> Send<'_, T> {
    // ANCHOR: leave
    /// 줄에서 나가고, 그래서 차례가 온 다음 송신자를 돌려준다.
    pub(crate) fn leave(&mut self) -> Option<Waker> {
        let ticket = self.ticket.take()?;
        let mut state = lock(&self.sender.0);
        let place = state.place(ticket)?; // 닫히면서 줄이 없어졌을 수 있다.
        let left = state.line.remove(place);
        let next = state.next_in_turn();
        drop(state);
        drop(left);
        next
    }
    // ANCHOR_END: leave
}

// ANCHOR: drop_send
impl<T> Drop for Send<'_, T> {
    fn drop(&mut self) {
        wake(self.leave());
    }
}
// ANCHOR_END: drop_send

impl<T> Receiver<T> {
    /// 값을 기다린다. 송신자가 모두 없어지거나 채널이 닫혔고 큐도 비었으면 `None`이다.
    ///
    /// 끝나기 전에 버려도 값은 큐에 남는다.
    pub fn recv(&mut self) -> Recv<'_, T> {
        Recv(self)
    }

    // ANCHOR: poll_recv
    /// 값이 있으면 꺼내고, 빈자리를 기다리던 송신자를 깨운다.
    pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let waker = cx.waker().clone();
        let mut state = lock(&self.0);
        if let Some(value) = state.queue.pop_front() {
            let next = state.next_in_turn();
            drop(state);
            wake(next);
            return Poll::Ready(Some(value));
        }
        if state.closed || state.senders == 0 {
            return Poll::Ready(None);
        }
        let old = state.receiver.replace(waker);
        drop(state);
        drop(old);
        Poll::Pending
    }
    // ANCHOR_END: poll_recv

    // ANCHOR: close
    /// 더 받지 않는다. 기다리던 송신자는 값을 돌려받고, 이미 큐에 든 값은 계속 꺼낼 수 있다.
    pub fn close(&mut self) {
        let mut state = lock(&self.0);
        state.closed = true;
        let line = mem::take(&mut state.line);
        drop(state);
        line.into_iter().for_each(|one| wake(one.waker));
    }
    // ANCHOR_END: close
}

// ANCHOR: drop_receiver
impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.close();
        let mut state = lock(&self.0);
        let left = (mem::take(&mut state.queue), state.receiver.take());
        drop(state);
        drop(left); // 송신자가 남아 있어도 값은 지금 버린다.
    }
}
// ANCHOR_END: drop_receiver

/// 값을 기다리는 퓨처.
#[must_use = "퓨처는 폴링해야 일한다"]
pub struct Recv<'a, T>(&'a mut Receiver<T>);

impl<T> Future for Recv<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(cx)
    }
}
