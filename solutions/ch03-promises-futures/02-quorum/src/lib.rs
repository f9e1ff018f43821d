//! 프로미스 여럿 가운데 정한 수만큼 이행하기를 기다린다.

use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver};

/// 지금까지의 표.
struct Votes<T, E> {
    needed: usize,
    /// 아직 정해지지 않은 프로미스의 수.
    remaining: usize,
    values: Vec<T>,
    reasons: Vec<E>,
    resolver: Option<Resolver<Vec<T>, Vec<E>>>,
}

impl<T: Clone + 'static, E: Clone + 'static> Votes<T, E> {
    fn count(&mut self, result: Result<T, E>) {
        self.remaining -= 1;
        match result {
            Ok(value) => self.values.push(value),
            Err(reason) => self.reasons.push(reason),
        }
        self.settle_if_known();
    }

    /// 더 기다려도 달라지지 않으면 전체의 결과를 정한다.
    fn settle_if_known(&mut self) {
        let enough = self.values.len() >= self.needed;
        let hopeless = self.values.len() + self.remaining < self.needed;
        if !enough && !hopeless {
            return;
        }
        if let Some(resolver) = self.resolver.take() {
            resolver.resolve(match enough {
                true => Ok(take(&mut self.values)),
                false => Err(take(&mut self.reasons)),
            });
        }
    }
}

/// `n`개가 이행하면 그 값들로 이행한다. `n`개가 될 수 없으면 그때까지의 까닭들로 거부한다.
pub fn quorum<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promises: Vec<Promise<T, E>>,
    n: usize,
) -> Promise<Vec<T>, Vec<E>> {
    let (whole, resolver) = Promise::pending(queue);
    let votes = Rc::new(RefCell::new(Votes {
        needed: n,
        remaining: promises.len(),
        values: Vec::new(),
        reasons: Vec::new(),
        resolver: Some(resolver),
    }));
    // 기다리기도 전에 알 수 있는 결과는 여기서 정한다.
    votes.borrow_mut().settle_if_known();
    for promise in promises {
        let votes = Rc::clone(&votes);
        promise.done(move |result| votes.borrow_mut().count(result));
    }
    whole
}
