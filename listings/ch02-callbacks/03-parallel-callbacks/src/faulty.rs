//! 일부러 틀리게 만든 것들. 저마다 이름에 적힌 곳에서 틀리고, 각 모듈의 테스트가 그것을 보인다.

use std::cell::RefCell;
use std::rc::Rc;

use crate::limited::{self, Step};
use crate::{Reply, Task, all};

struct Naive<D> {
    values: Vec<String>,
    remaining: usize,
    done: Option<D>,
}

// ANCHOR: stuck
/// 성공할 때만 센다. 하나라도 실패하면 `done`이 영영 불리지 않는다.
pub fn all_counting_successes<D>(tasks: Vec<Task>, done: D)
where
    D: FnOnce(Result<Vec<String>, String>) + 'static,
{
    let state = Rc::new(RefCell::new(Naive::new(tasks.len(), done)));
    for task in tasks {
        let state = Rc::clone(&state);
        task(Box::new(move |reply| match reply {
            Ok(value) => {
                let finished = state.borrow_mut().push(value);
                if let Some((done, values)) = finished {
                    done(Ok(values));
                }
            }
            Err(_) => { /* 로그만 남기고 지나간다. */ }
        }));
    }
}
// ANCHOR_END: stuck

// ANCHOR: push
impl<D> Naive<D> {
    /// 도착한 값을 담는다. 기다릴 것이 더 없으면 부를 콜백과 모은 값을 내준다.
    fn push(&mut self, value: String) -> Option<(D, Vec<String>)> {
        self.values.push(value);
        self.remaining -= 1;
        if self.remaining > 0 {
            return None;
        }
        Some((self.done.take()?, self.values.drain(..).collect()))
    }
    // ANCHOR_END: push

    fn new(remaining: usize, done: D) -> Naive<D> {
        Naive {
            values: Vec::new(),
            remaining,
            done: Some(done),
        }
    }
}

/// 실패는 알리지만 값을 도착한 차례대로 담고, 빈 목록에는 `done`을 부르지 않는다.
pub fn all_in_arrival_order<D>(tasks: Vec<Task>, done: D)
where
    D: FnOnce(Result<Vec<String>, String>) + 'static,
{
    let state = Rc::new(RefCell::new(Naive::new(tasks.len(), done)));
    for task in tasks {
        let state = Rc::clone(&state);
        // ANCHOR: arrival
        task(Box::new(move |reply| match reply {
            Ok(value) => {
                let finished = state.borrow_mut().push(value);
                if let Some((done, values)) = finished {
                    done(Ok(values));
                }
            }
            Err(error) => {
                let done = state.borrow_mut().done.take();
                if let Some(done) = done {
                    done(Err(error));
                }
            }
        }));
        // ANCHOR_END: arrival
    }
}

/// 상태를 빌린 채 `done`을 부른다. `done`이 다른 요청의 답을 부르면 패닉한다.
pub fn all_while_borrowed<D>(tasks: Vec<Task>, done: D)
where
    D: FnOnce(Result<Vec<String>, String>) + 'static,
{
    let state = Rc::new(RefCell::new(all::State::new(tasks.len(), done)));
    for (index, task) in tasks.into_iter().enumerate() {
        let state = Rc::clone(&state);
        // ANCHOR: borrowed
        task(Box::new(move |reply| {
            if let Some((done, outcome)) = state.borrow_mut().record(index, reply) {
                done(outcome);
            }
        }));
        // ANCHOR_END: borrowed
    }
}

// ANCHOR: repeated
/// 성공할 때마다 `done`을 부른다. 둘이 성공하면 두 번 불린다.
pub fn first_telling_every_success<D>(tasks: Vec<Task>, done: D)
where
    D: FnMut(Result<String, Vec<String>>) + 'static,
{
    let errors = Rc::new(RefCell::new(vec![None; tasks.len()]));
    let done = Rc::new(RefCell::new(done));
    for (index, task) in tasks.into_iter().enumerate() {
        let (errors, done) = (Rc::clone(&errors), Rc::clone(&done));
        task(Box::new(move |reply| match reply {
            Ok(value) => (done.borrow_mut())(Ok(value)),
            Err(error) => {
                errors.borrow_mut()[index] = Some(error);
                let every: Option<Vec<String>> = errors.borrow().iter().cloned().collect();
                if let Some(every) = every {
                    (done.borrow_mut())(Err(every));
                }
            }
        }));
    }
}
// ANCHOR_END: repeated

/// 성공할 때만 자리를 돌려준다. 실패한 만큼 자리가 줄고 `done`은 불리지 않는다.
///
/// # Panics
///
/// `limit`이 0이면 패닉한다.
pub fn limited_leaking_slots<D>(limit: usize, tasks: Vec<Task>, done: D)
where
    D: FnOnce(Vec<Reply>) + 'static,
{
    let state = limited::State::new(limit, tasks, done);
    advance_leaking(&Rc::new(RefCell::new(state)));
}

// ANCHOR: leaking
impl<D> limited::State<D> {
    fn settle_leaking(&mut self, index: usize, reply: Reply) {
        if reply.is_ok() {
            self.running -= 1;
        }
        self.replies[index] = Some(reply);
    }
}
// ANCHOR_END: leaking

fn advance_leaking<D>(state: &Rc<RefCell<limited::State<D>>>)
where
    D: FnOnce(Vec<Reply>) + 'static,
{
    loop {
        let step = state.borrow_mut().next();
        match step {
            Step::Start(index, task) => {
                let state = Rc::clone(state);
                task(Box::new(move |reply| {
                    state.borrow_mut().settle_leaking(index, reply);
                    advance_leaking(&state);
                }));
            }
            Step::Finish(done, replies) => return done(replies),
            Step::Wait => return,
        }
    }
}
