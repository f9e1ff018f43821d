// 모두 정해질 때까지 기다렸다가 셉니다. 결과는 맞지만, 대답하지 않는 서버가 하나만 있어도 저장은 영영 끝나지 않습니다.
// 잡는 테스트: fulfils_with_the_last_needed_value, rejects_as_soon_as_it_is_out_of_reach, reasons_stand_in_the_order_of_rejection, values_stand_in_the_order_of_fulfilment

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
            if votes.remaining > 0 {
                return;
            }
            let mut values = std::mem::take(&mut votes.values);
            let result = match values.len() >= n {
                true => {
                    values.truncate(n);
                    Ok(values)
                }
                false => Err(std::mem::take(&mut votes.reasons)),
            };
            if let Some(resolver) = votes.resolver.take() {
                resolver.resolve(result);
            }
        });
    }
    whole
}
