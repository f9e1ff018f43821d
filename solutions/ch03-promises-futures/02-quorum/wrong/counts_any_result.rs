// 정해진 것이면 거부도 한 표로 칩니다. 서버 셋이 오류로 답해도 저장되었다고 합니다.
// 잡는 테스트: a_rejection_is_not_a_vote, rejects_as_soon_as_it_is_out_of_reach

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

struct Votes<T, E> {
    settled: usize,
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
    if n > promises.len() {
        resolver.resolve(Err(Vec::new()));
        promises.iter().for_each(|promise| promise.done(drop));
        return whole;
    }
    let votes = Rc::new(RefCell::new(Votes {
        settled: 0,
        values: Vec::new(),
        reasons: Vec::new(),
        resolver: Some(resolver),
    }));
    for promise in promises {
        let votes = Rc::clone(&votes);
        promise.done(move |result| {
            let mut votes = votes.borrow_mut();
            votes.settled += 1;
            match result {
                Ok(value) => votes.values.push(value),
                Err(reason) => votes.reasons.push(reason),
            }
            if votes.settled < n {
                return;
            }
            let values = std::mem::take(&mut votes.values);
            let reasons = std::mem::take(&mut votes.reasons);
            if let Some(resolver) = votes.resolver.take() {
                resolver.resolve(match values.is_empty() {
                    false => Ok(values),
                    true => Err(reasons),
                });
            }
        });
    }
    whole
}
