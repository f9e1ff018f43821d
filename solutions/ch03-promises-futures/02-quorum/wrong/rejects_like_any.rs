// `any`처럼 모두 거부해야 거부합니다. 하나라도 이행했으면 `n`개가 될 수 없어도 대기에 머물고, 큐가 비어도 정할 사람이 없습니다.
// 잡는 테스트: rejects_as_soon_as_it_is_out_of_reach, more_than_there_are_is_rejected_at_once, reasons_stand_in_the_order_of_rejection

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

struct Votes<T, E> {
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
    if n == 0 {
        resolver.resolve(Ok(Vec::new()));
        promises.iter().for_each(|promise| promise.done(drop));
        return whole;
    }
    let total = promises.len();
    let votes = Rc::new(RefCell::new(Votes {
        values: Vec::new(),
        reasons: Vec::new(),
        resolver: Some(resolver),
    }));
    for promise in promises {
        let votes = Rc::clone(&votes);
        promise.done(move |result| {
            let mut votes = votes.borrow_mut();
            match result {
                Ok(value) => votes.values.push(value),
                Err(reason) => votes.reasons.push(reason),
            }
            let result = if votes.values.len() >= n {
                Ok(std::mem::take(&mut votes.values))
            } else if votes.reasons.len() == total {
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
