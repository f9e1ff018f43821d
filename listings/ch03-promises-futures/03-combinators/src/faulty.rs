//! 틀리기 쉬운 함수들. 어디가 틀렸는지는 `tests/faulty.rs`가 보인다.

use std::cell::{Cell, RefCell};
use std::mem::take;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise};

use crate::{AggregateError, all};

// ANCHOR: by-arrival
/// 값을 도착한 순서로 담는 `all`.
pub fn all_by_arrival<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<Vec<T>, E> {
    let (all, resolver) = Promise::pending(queue);
    let gathering = Rc::new(RefCell::new((Some(resolver), Vec::new())));
    let count = promises.len();
    for promise in promises {
        let gathering = Rc::clone(&gathering);
        promise.done(move |result| {
            let (resolver, values) = &mut *gathering.borrow_mut();
            let values = result.map(|value| {
                values.push(value);
                (values.len() == count).then(|| take(values))
            });
            if let Some(end) = values.transpose()
                && let Some(resolver) = resolver.take()
            {
                resolver.resolve(end);
            }
        });
    }
    all
}
// ANCHOR_END: by-arrival

// ANCHOR: counting-up
/// 콜백을 받아 두었다가 값이 오면 부르는 것.
pub type Source<T> = Box<dyn FnOnce(Box<dyn FnOnce(T)>)>;

/// 걸 때마다 하나 늘리고 값이 올 때마다 하나 줄여, 0이 되면 그때까지의 값을 모두라고 여긴다.
pub fn all_counting_up<T: 'static>(sources: Vec<Source<T>>, done: impl Fn(Vec<T>) + 'static) {
    let (count, values) = (Cell::new(0), RefCell::new(Vec::new()));
    let state = Rc::new((count, values, done));
    for listen in sources {
        state.0.set(state.0.get() + 1);
        let state = Rc::clone(&state);
        listen(Box::new(move |value| {
            let (count, values, done) = &*state;
            values.borrow_mut().push(value);
            count.set(count.get() - 1);
            if count.get() == 0 {
                done(values.take());
            }
        }));
    }
}
// ANCHOR_END: counting-up

// ANCHOR: flipped
/// 이행과 거부를 맞바꾸어 `all`로 만든 `any`. 결과는 옳다.
pub fn any_by_flipping<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<T, AggregateError<E>> {
    let flip = |promise: Promise<T, E>| promise.then_both(Err, Ok);
    let flipped: Vec<Promise<E, T>> = promises.into_iter().map(flip).collect();
    all(queue, flipped).then_both(|reasons| Err(AggregateError(reasons)), Ok)
}
// ANCHOR_END: flipped

// ANCHOR: last-reason
/// 까닭을 하나만 적어 두는 `any`. 모두 거부하면 마지막에 온 까닭만 남는다.
pub fn any_with_last_reason<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
) -> Promise<T, E> {
    let (any, resolver) = Promise::pending(queue);
    let (resolver, remaining) = (Cell::new(Some(resolver)), Cell::new(promises.len()));
    let state = Rc::new((resolver, remaining));
    for promise in promises {
        let state = Rc::clone(&state);
        promise.done(move |result| {
            let (resolver, remaining) = &*state;
            remaining.set(remaining.get() - 1);
            if (result.is_ok() || remaining.get() == 0)
                && let Some(resolver) = resolver.take()
            {
                resolver.resolve(result);
            }
        });
    }
    any
}
// ANCHOR_END: last-reason
