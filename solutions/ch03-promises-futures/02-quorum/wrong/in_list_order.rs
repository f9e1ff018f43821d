// `all`처럼 목록의 칸에 담습니다. 가장 먼저 답한 서버가 누구인지 물을 수 없습니다.
// 잡는 테스트: values_stand_in_the_order_of_fulfilment, reasons_stand_in_the_order_of_rejection, rejects_as_soon_as_it_is_out_of_reach

use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

struct Votes<T, E> {
    remaining: usize,
    values: Vec<Option<T>>,
    reasons: Vec<Option<E>>,
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
        remaining: promises.len(),
        values: promises.iter().map(|_| None).collect(),
        reasons: promises.iter().map(|_| None).collect(),
        resolver: Some(resolver),
    }));
    for (at, promise) in promises.iter().enumerate() {
        let votes = Rc::clone(&votes);
        promise.done(move |result| {
            let mut votes = votes.borrow_mut();
            if votes.resolver.is_none() {
                return;
            }
            votes.remaining -= 1;
            match result {
                Ok(value) => votes.values[at] = Some(value),
                Err(reason) => votes.reasons[at] = Some(reason),
            }
            let won = votes.values.iter().flatten().count();
            let result = if won >= n {
                Ok(votes.values.drain(..).flatten().collect())
            } else if won + votes.remaining < n {
                Err(votes.reasons.drain(..).flatten().collect())
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
