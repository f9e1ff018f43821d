// 답을 미리 알면 콜백을 걸지 않고 돌아갑니다. 결과는 맞지만, 건네받은 프로미스의 거부를 아무도 듣지 않아 놓친 거부가 됩니다.
// 잡는 테스트: every_promise_is_heard

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
    if n == 0 {
        resolver.resolve(Ok(Vec::new()));
        return whole;
    }
    if n > promises.len() {
        resolver.resolve(Err(Vec::new()));
        return whole;
    }
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
