//! 종료를 알리고, 남은 일이 다 끝났는지 세는 것.

use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch04_08_sleep_timeout_interval::timeout;

use crate::sync::{Mutex, lock};

// ANCHOR: state
/// 종료의 단계. 앞으로만 간다.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// 일을 받는다.
    Open,
    /// 새 일은 받지 않고, 받은 일을 마저 한다.
    Draining,
    /// 하던 일도 그만둔다.
    Forced,
}

/// 종료를 알리고 기다리는 것. 복제해서 나누어 쥐고, 어느 스레드에서나 쓴다.
#[derive(Clone)]
pub struct Shutdown(Arc<Mutex<State>>);

struct State {
    phase: Phase,
    /// 하고 있는 일의 수.
    guards: usize,
    /// 그만두라고 했을 때 있던 가드와 그 뒤에 늘어난 가드의 수.
    cut: usize,
    waiting: BTreeMap<u64, Waker>,
    tickets: u64,
}
// ANCHOR_END: state

impl State {
    fn is_drained(&self) -> bool {
        self.phase >= Phase::Draining && self.guards == 0
    }
}

impl Default for Shutdown {
    fn default() -> Shutdown {
        Shutdown::new()
    }
}

impl Shutdown {
    /// 아직 아무도 종료를 알리지 않았다.
    pub fn new() -> Shutdown {
        Shutdown(Arc::new(Mutex::new(State {
            phase: Phase::Open,
            guards: 0,
            cut: 0,
            waiting: BTreeMap::new(),
            tickets: 0,
        })))
    }

    // ANCHOR: request
    /// 새 일을 받지 말라고 알린다. 여러 번 불러도 한 번 부른 것과 같다.
    pub fn request(&self) {
        self.advance(Phase::Draining);
    }

    /// 하던 일도 그만두라고 알린다.
    pub fn force(&self) {
        self.advance(Phase::Forced);
    }

    fn advance(&self, to: Phase) {
        let mut state = lock(&self.0);
        if state.phase >= to {
            return;
        }
        state.phase = to;
        if to == Phase::Forced {
            state.cut = state.guards;
        }
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        waiting.into_values().for_each(Waker::wake);
    }
    // ANCHOR_END: request

    // ANCHOR: enter
    /// 일 하나를 시작한다고 센다. 종료를 이미 알렸으면 `None`이다.
    ///
    /// 단계를 보는 일과 세는 일을 한 락 안에서 한다.
    pub fn enter(&self) -> Option<Guard> {
        let mut state = lock(&self.0);
        if state.phase > Phase::Open {
            return None;
        }
        state.guards += 1;
        drop(state);
        Some(Guard(self.clone()))
    }
    // ANCHOR_END: enter

    // ANCHOR: count
    /// 받는지 묻지 않고 센다. 그만두라고 한 뒤라면 버려질 일로도 센다.
    pub(crate) fn count(&self) -> Guard {
        let mut state = lock(&self.0);
        state.guards += 1;
        if state.phase == Phase::Forced {
            state.cut += 1;
        }
        drop(state);
        Guard(self.clone())
    }
    // ANCHOR_END: count

    /// 지금의 단계. 답한 직후에 달라질 수 있다.
    pub fn phase(&self) -> Phase {
        lock(&self.0).phase
    }

    /// 하고 있는 일의 수. 답한 직후에 달라질 수 있다.
    pub fn guards(&self) -> usize {
        lock(&self.0).guards
    }

    /// 단계가 바뀌기를 기다리며 맡겨 둔 `Waker`의 수.
    pub fn waiting(&self) -> usize {
        lock(&self.0).waiting.len()
    }

    // ANCHOR: waits
    /// 종료를 알릴 때까지 기다린다.
    pub fn requested(&self) -> Wait {
        self.wait(|state| state.phase >= Phase::Draining)
    }

    /// 하던 일도 그만두라고 할 때까지 기다린다.
    pub fn forced(&self) -> Wait {
        self.wait(|state| state.phase >= Phase::Forced)
    }

    /// 종료를 알렸고 하던 일도 모두 끝날 때까지 기다린다.
    pub fn drained(&self) -> Wait {
        self.wait(State::is_drained)
    }
    // ANCHOR_END: waits

    fn wait(&self, until: fn(&State) -> bool) -> Wait {
        let shutdown = self.clone();
        Wait {
            shutdown,
            until,
            ticket: None,
        }
    }
}

// ANCHOR: guard
/// 하고 있는 일 하나. 버리면 끝난 것으로 친다.
#[must_use = "버리면 일이 끝난 것으로 친다"]
pub struct Guard(Shutdown);

impl Clone for Guard {
    /// 하던 일에서 갈라져 나온 일을 센다. 종료를 알린 뒤에도 된다.
    fn clone(&self) -> Guard {
        self.0.count()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut state = lock(&self.0.0);
        state.guards -= 1;
        if !state.is_drained() {
            return;
        }
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        waiting.into_values().for_each(Waker::wake);
    }
}
// ANCHOR_END: guard

// ANCHOR: wait
/// 종료의 단계를 기다리는 퓨처. 버리면 맡긴 `Waker`를 거둔다.
#[must_use = "폴링해야 기다린다"]
pub struct Wait {
    shutdown: Shutdown,
    until: fn(&State) -> bool,
    ticket: Option<u64>,
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let this = &mut *self;
        let mut state = lock(&this.shutdown.0);
        if (this.until)(&state) {
            return Poll::Ready(());
        }
        state.tickets += 1;
        let ticket = *this.ticket.get_or_insert(state.tickets);
        let before = state.waiting.insert(ticket, waker);
        drop(state);
        drop(before);
        Poll::Pending
    }
}
// ANCHOR_END: wait

// ANCHOR: wait_drop
impl Drop for Wait {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let waker = lock(&self.shutdown.0).waiting.remove(&ticket);
            drop(waker);
        }
    }
}
// ANCHOR_END: wait_drop

// ANCHOR: close
/// 어떻게 끝났는가.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// 받은 일을 모두 마쳤다.
    Drained,
    /// 그만두라고 했을 때 가드가 이만큼 남아 있었다. 그 뒤에 갈라져 나온 것도 센다.
    Forced(usize),
}

/// 종료를 알리고 `patience`까지 기다린 다음, 남은 일을 그만두게 하고 뒷정리를 기다린다.
///
/// 그만두라고 한 뒤에는 기한이 없다. 말을 듣지 않는 일이 가드를 쥐고 있으면 그 일이 끝나야 끝난다.
pub async fn close(shutdown: &Shutdown, patience: Duration) -> Closed {
    shutdown.request();
    if timeout(patience, shutdown.drained()).await.is_err() {
        shutdown.force();
        shutdown.drained().await;
    }
    // 기한 전에 누가 그만두라고 했을 수도 있다.
    match lock(&shutdown.0).cut {
        0 => Closed::Drained,
        cut => Closed::Forced(cut),
    }
}
// ANCHOR_END: close
