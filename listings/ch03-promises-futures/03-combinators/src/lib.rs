//! 프로미스 여럿을 하나로 모으는 네 조합자. 결과도 콜백의 순서도 Node와 같다.
//!
//! 넷 다 진 쪽을 멈추지 않는다. 전체가 정해진 뒤에도 나머지 프로미스의 일은 끝까지 돈다.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::ControlFlow::{self, Break, Continue};
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

pub mod faulty;

// ANCHOR: gathering
/// 하나가 정해졌을 때 할 일. 칸에 담고 더 기다리거나, 전체의 결과를 여기서 정한다.
type Step<S, T, E> = ControlFlow<Result<T, E>, S>;

/// 모으는 중인 결과. 칸은 목록의 순서로 놓인다.
struct Gathering<S, T, E> {
    slots: Vec<Option<S>>,
    remaining: usize,
    full: fn(Vec<S>) -> Result<T, E>,
    resolver: Option<Resolver<T, E>>,
}
// ANCHOR_END: gathering

// ANCHOR: take
impl<S, T: Clone + 'static, E: Clone + 'static> Gathering<S, T, E> {
    /// `at`번째 프로미스의 몫을 한다.
    fn take(&mut self, at: usize, step: Step<S, T, E>) {
        match step {
            Break(result) => self.settle(result),
            Continue(slot) => {
                self.slots[at] = Some(slot);
                self.remaining -= 1;
                if self.remaining == 0 {
                    let slots = self.slots.drain(..).flatten().collect();
                    self.settle((self.full)(slots));
                }
            }
        }
    }

    /// 전체의 결과를 정한다. 처음 한 번만 듣고, 늦은 결과는 버린다.
    fn settle(&mut self, result: Result<T, E>) {
        if let Some(resolver) = self.resolver.take() {
            resolver.resolve(result);
        }
    }
}
// ANCHOR_END: take

// ANCHOR: gather
/// 프로미스마다 `step`을 물으며 모은다. 칸이 다 차면 `full`이 전체의 결과를 만든다.
fn gather<P: Clone + 'static, Q: Clone + 'static, S: 'static, T, E>(
    queue: &Microtasks,
    promises: Vec<Promise<P, Q>>,
    step: fn(Result<P, Q>) -> Step<S, T, E>,
    full: fn(Vec<S>) -> Result<T, E>,
) -> Promise<T, E>
where
    T: Clone + 'static,
    E: Clone + 'static,
{
    if promises.is_empty() {
        return Promise::settled(queue, full(Vec::new()));
    }
    // ANCHOR_END: gather
    // ANCHOR: each
    let (all, resolver) = Promise::pending(queue);
    let gathering = Rc::new(RefCell::new(Gathering {
        slots: promises.iter().map(|_| None).collect(),
        remaining: promises.len(),
        full,
        resolver: Some(resolver),
    }));
    for (at, promise) in promises.iter().enumerate() {
        let gathering = Rc::clone(&gathering);
        promise.done(move |result| gathering.borrow_mut().take(at, step(result)));
    }
    all
}
// ANCHOR_END: each

// ANCHOR: all
/// 모두 이행하면 그 값들로 이행한다. 하나라도 거부하면 그 까닭으로 거부한다.
///
/// 값은 정해진 순서가 아니라 `promises`의 순서로 놓인다. 빈 목록은 곧바로 이행한다.
pub fn all<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<Vec<T>, E> {
    let step = |result| match result {
        Ok(value) => Continue(value),
        Err(reason) => Break(Err(reason)),
    };
    gather(queue, promises, step, Ok)
}
// ANCHOR_END: all

// ANCHOR: all-settled
/// 모두 정해질 때까지 기다려 그 결과들로 이행한다. 거부하는 일이 없다.
pub fn all_settled<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<Vec<Result<T, E>>, std::convert::Infallible> {
    gather(queue, promises, Continue, Ok)
}
// ANCHOR_END: all-settled

// ANCHOR: any
/// 하나라도 이행하면 그 값으로 이행한다. 모두 거부하면 까닭을 모두 담아 거부한다.
///
/// 빈 목록은 이행할 것이 없으므로 곧바로 거부한다.
pub fn any<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<T, AggregateError<E>> {
    let step = |result| match result {
        Ok(value) => Break(Ok(value)),
        Err(reason) => Continue(reason),
    };
    gather(queue, promises, step, |reasons| {
        Err(AggregateError(reasons))
    })
}

/// 모두 거부한 까닭. 목록의 순서로 놓인다.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateError<E>(pub Vec<E>);
// ANCHOR_END: any

impl<E: fmt::Debug> std::error::Error for AggregateError<E> {}

impl<E> fmt::Display for AggregateError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}개가 모두 거부했다", self.0.len())
    }
}

// ANCHOR: race
/// 가장 먼저 정해진 것의 결과로 정해진다. 이행이든 거부든 가리지 않는다.
///
/// 빈 목록에는 먼저 정해질 것이 없으므로 언제까지나 대기 상태이다.
pub fn race<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<T, E> {
    let (first, resolver) = Promise::pending(queue);
    let resolver = Rc::new(Cell::new(Some(resolver)));
    for promise in promises {
        let resolver = Rc::clone(&resolver);
        promise.done(move |result| {
            if let Some(resolver) = resolver.take() {
                resolver.resolve(result);
            }
        });
    }
    first
}
// ANCHOR_END: race
