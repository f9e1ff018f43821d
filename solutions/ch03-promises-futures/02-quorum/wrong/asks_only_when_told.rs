// 콜백이 불릴 때에만 셉니다. `n`이 0이거나 목록이 비어 있으면 셀 때가 오지 않아, 기다릴 것이 없는데도 영영 대기합니다.
// 잡는 테스트: zero_is_fulfilled_at_once, more_than_there_are_is_rejected_at_once

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

struct Votes<T, E> {
    remaining: usize,
    values: Vec<T>,
    reasons: Vec<E>,
    resolver: Option<Resolver<Vec<T>, Vec<E>>>,
}

/// `n`개가 이행하면 그 값들로 이행한다.
pub fn quorum<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
    n: usize,
) -> Promise<Vec<T>, Vec<E>> {
    let (whole, resolver) = Promise::pending(queue);
    let votes = Rc::new(RefCell::new(Votes {
        remaining: promises.len(),
        values: Vec::new(),
        reasons: Vec::new(),
        resolver: Some(resolver),
    }));
    for promise in promises {
        let votes = Rc::clone(&votes);
        promise.done(move |result| {
            let mut votes = votes.borrow_mut();
            votes.remaining -= 1;
            match result {
                Ok(value) => votes.values.push(value),
                Err(reason) => votes.reasons.push(reason),
            }
            let result = if votes.values.len() >= n {
                Ok(std::mem::take(&mut votes.values))
            } else if votes.values.len() + votes.remaining < n {
                Err(std::mem::take(&mut votes.reasons))
            } else {
                return;
            };
            if let Some(resolver) = votes.resolver.take() {
                resolver.resolve(result);
            }
        });
    }
    whole
}
