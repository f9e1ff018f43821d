//! 프로미스와 그것을 정하는 `Resolver`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::{IntoNext, Microtasks, Next};

// ANCHOR: state
type Reaction<T, E> = Box<dyn FnOnce(Result<T, E>)>;

enum State<T, E> {
    /// 대기. 결과가 정해지면 부를 것이 건 순서로 쌓인다.
    Pending(Vec<Reaction<T, E>>),
    /// 정해짐. `Ok`가 이행, `Err`가 거부이다.
    Settled(Result<T, E>),
}

/// 언젠가 한 번 정해질 결과. 복제해도 같은 결과를 가리킨다.
///
/// `Resolver`가 쓰이지 않고 버려지면 언제까지나 대기 상태이다.
#[must_use = "이어 받지 않은 프로미스는 오류도 함께 잃는다. `then`이나 `catch`로 잇거나 `done`으로 끝낸다"]
pub struct Promise<T, E> {
    state: Rc<RefCell<State<T, E>>>,
    queue: Microtasks,
}

/// 프로미스의 결과를 정할 권리. 쓰면 없어지므로 결과는 한 번만 정해진다.
pub struct Resolver<T, E> {
    promise: Promise<T, E>,
}
// ANCHOR_END: state

impl<T, E> Clone for Promise<T, E> {
    fn clone(&self) -> Self {
        let (state, queue) = (Rc::clone(&self.state), self.queue.clone());
        Promise { state, queue }
    }
}

impl<T: Clone + 'static, E: Clone + 'static> Promise<T, E> {
    // ANCHOR: pending
    /// 대기 상태의 프로미스와 그것을 정할 `Resolver`를 만든다.
    pub fn pending(queue: &Microtasks) -> (Promise<T, E>, Resolver<T, E>) {
        let promise = Promise {
            state: Rc::new(RefCell::new(State::Pending(Vec::new()))),
            queue: queue.clone(),
        };
        let resolver = Resolver {
            promise: promise.clone(),
        };
        (promise, resolver)
    }
    // ANCHOR_END: pending

    /// 이미 정해진 프로미스를 만든다. `Ok`면 이행, `Err`면 거부이다.
    pub fn settled(queue: &Microtasks, result: Result<T, E>) -> Promise<T, E> {
        let (promise, resolver) = Promise::pending(queue);
        resolver.resolve(result);
        promise
    }

    // ANCHOR: done
    /// 결과를 받을 콜백을 건다. 이미 정해졌어도 큐를 거쳐 나중에 부른다. 사슬의 끝에 쓴다.
    pub fn done(&self, reaction: impl FnOnce(Result<T, E>) + 'static) {
        let result = match &mut *self.state.borrow_mut() {
            State::Pending(reactions) => return reactions.push(Box::new(reaction)),
            State::Settled(result) => result.clone(),
        };
        // 지켜보는 쪽이 이 프로미스에 또 걸 수 있으므로 `state`를 돌려준 뒤에 알린다.
        if result.is_err() {
            self.queue.handled(self.state.clone());
        }
        self.queue.defer(move || reaction(result));
    }
    // ANCHOR_END: done

    // ANCHOR: chain
    /// 처리 함수의 결과로 정해질 새 프로미스를 만든다.
    fn chain<R: IntoNext>(
        &self,
        handler: impl FnOnce(Result<T, E>) -> R + 'static,
    ) -> Promise<R::Value, R::Error> {
        let (promise, resolver) = Promise::pending(&self.queue);
        self.done(move |result| resolver.resolve(handler(result)));
        promise
    }
    // ANCHOR_END: chain

    // ANCHOR: then
    /// 이행하면 `on_fulfilled`를 부른다. 거부하면 부르지 않고 그 까닭을 그대로 넘긴다.
    pub fn then<R>(&self, on_fulfilled: impl FnOnce(T) -> R + 'static) -> Promise<R::Value, E>
    where
        R: IntoNext<Error = E>,
    {
        self.chain(move |result| match result {
            Ok(value) => on_fulfilled(value).into_next(),
            Err(reason) => Next::Error(reason),
        })
    }

    /// 거부하면 `on_rejected`를 부른다. 이행하면 부르지 않고 그 값을 그대로 넘긴다.
    pub fn catch<R>(&self, on_rejected: impl FnOnce(E) -> R + 'static) -> Promise<T, R::Error>
    where
        R: IntoNext<Value = T>,
    {
        self.chain(move |result| match result {
            Ok(value) => Next::Value(value),
            Err(reason) => on_rejected(reason).into_next(),
        })
    }
    // ANCHOR_END: then

    /// 둘 가운데 하나를 부른다. JavaScript의 `then(f, g)`이다.
    ///
    /// `then(f).catch(g)`와 달리 `f`의 오류는 `g`로 가지 않는다.
    pub fn then_both<R: IntoNext>(
        &self,
        on_fulfilled: impl FnOnce(T) -> R + 'static,
        on_rejected: impl FnOnce(E) -> R + 'static,
    ) -> Promise<R::Value, R::Error> {
        self.chain(move |result| match result {
            Ok(value) => on_fulfilled(value),
            Err(reason) => on_rejected(reason),
        })
    }

    // ANCHOR: finally
    /// 어느 쪽이든 `cleanup`을 부르고 결과를 그대로 넘긴다. `cleanup`의 오류는 결과를 대신한다.
    pub fn finally<R>(&self, cleanup: impl FnOnce() -> R + 'static) -> Promise<T, E>
    where
        R: IntoNext<Error = E>,
    {
        let queue = self.queue.clone();
        self.chain(move |result| {
            let cleaned = match cleanup().into_next() {
                Next::Value(value) => Promise::settled(&queue, Ok(value)),
                Next::Error(reason) => return Next::Error(reason),
                Next::Promise(promise) => promise,
            };
            Next::Promise(cleaned.then(move |_| result))
        })
    }
    // ANCHOR_END: finally
}

// ANCHOR: resolve
impl<T: Clone + 'static, E: Clone + 'static> Resolver<T, E> {
    /// 결과를 정한다. 프로미스를 건네면 그 프로미스의 결과를 기다려 제 결과로 삼는다.
    ///
    /// # Panics
    ///
    /// 프로미스를 자기 자신으로 정하려 하면 패닉한다.
    pub fn resolve(self, next: impl IntoNext<Value = T, Error = E>) {
        match next.into_next() {
            Next::Value(value) => self.settle(Ok(value)),
            Next::Error(reason) => self.settle(Err(reason)),
            Next::Promise(source) => self.adopt(source),
        }
    }

    fn adopt(self, source: Promise<T, E>) {
        let itself = Rc::ptr_eq(&source.state, &self.promise.state);
        assert!(!itself, "프로미스를 자기 자신으로 정했다");
        let queue = self.promise.queue.clone();
        // 한 차례는 지금 세우고, 또 한 차례는 source가 정해졌을 때 `done`이 세운다.
        queue.defer(move || source.done(move |result| self.settle(result)));
    }
    // ANCHOR_END: resolve

    // ANCHOR: settle
    fn settle(self, result: Result<T, E>) {
        let Promise { state, queue } = &self.promise;
        let State::Pending(reactions) = state.replace(State::Settled(result.clone())) else {
            unreachable!("Resolver는 하나뿐이고 쓰면 없어진다");
        };
        if let Err(reason) = &result
            && reactions.is_empty()
        {
            queue.rejected(state.clone(), reason);
        }
        for reaction in reactions {
            let result = result.clone();
            queue.defer(move || reaction(result));
        }
    }
    // ANCHOR_END: settle
}
