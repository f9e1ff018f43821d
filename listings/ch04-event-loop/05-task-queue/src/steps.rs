//! 실행기로 가는 두 걸음. 모두에게 돌아가며 묻는 것과, 깨운 것에게만 묻는 것.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::Ordering::AcqRel;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};

use crate::sync::AtomicBool;

/// 끝까지 돌릴 일.
pub type Job<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

// ANCHOR: round_robin
/// 모두 끝날 때까지 돌아가며 묻는다. 깨움은 듣지 않는다.
pub fn round_robin(jobs: Vec<Job<'_>>) {
    let mut line = VecDeque::from(jobs);
    while let Some(mut job) = line.pop_front() {
        let mut cx = Context::from_waker(Waker::noop());
        if job.as_mut().poll(&mut cx).is_pending() {
            line.push_back(job);
        }
    }
}
// ANCHOR_END: round_robin

type Line = Arc<Mutex<VecDeque<usize>>>;

// ANCHOR: ticket
/// 태스크의 번호표. 퓨처는 없고, 깨우면 제 번호를 줄에 세운다.
struct Ticket<M> {
    number: usize,
    mark: M,
    line: Line,
}

impl<M: Mark> Wake for Ticket<M> {
    fn wake(self: Arc<Self>) {
        if self.mark.on_wake() {
            let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
            line.push_back(self.number);
        }
    }
}
// ANCHOR_END: ticket

// ANCHOR: mark
/// 줄에 서 있다는 표시를 언제 남기고 지우는가.
pub trait Mark: Default + Send + Sync + 'static {
    /// 깨웠다. 참이면 줄에 세운다.
    fn on_wake(&self) -> bool;
    /// 이제 폴링한다.
    fn before_poll(&self) {}
    /// 폴링했다.
    fn after_poll(&self) {}
}

/// 폴링하기 전에 지우는 표시.
#[derive(Default)]
pub struct ClearsFirst(AtomicBool);

impl Mark for ClearsFirst {
    fn on_wake(&self) -> bool {
        !self.0.swap(true, AcqRel)
    }

    fn before_poll(&self) {
        self.0.swap(false, AcqRel);
    }
}
// ANCHOR_END: mark

// ANCHOR: woken
/// 줄에 선 것에게만 묻는다. 줄이 비었을 때 끝나지 않고 남은 번호들을 돌려준다.
pub fn only_woken<M: Mark>(jobs: Vec<Job<'_>>) -> Vec<usize> {
    let line = Line::default();
    let mut jobs: Vec<_> = jobs.into_iter().map(Some).collect();
    let tickets: Vec<_> = (0..jobs.len()).map(|n| ticket::<M>(n, &line)).collect();
    while let Some(number) = next(&line) {
        let Some(job) = &mut jobs[number] else {
            continue; // 줄에 선 뒤에 끝났다.
        };
        let ticket = &tickets[number];
        let waker = Waker::from(Arc::clone(ticket));
        ticket.mark.before_poll();
        let polled = job.as_mut().poll(&mut Context::from_waker(&waker));
        ticket.mark.after_poll();
        if polled.is_ready() {
            jobs[number] = None;
        }
    }
    (0..jobs.len()).filter(|&n| jobs[n].is_some()).collect()
}
// ANCHOR_END: woken

fn next(line: &Line) -> Option<usize> {
    line.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front()
}

/// 줄에 선 채로 시작하는 번호표.
fn ticket<M: Mark>(number: usize, line: &Line) -> Arc<Ticket<M>> {
    let ticket = Arc::new(Ticket {
        number,
        mark: M::default(),
        line: Arc::clone(line),
    });
    Arc::clone(&ticket).wake();
    ticket
}
