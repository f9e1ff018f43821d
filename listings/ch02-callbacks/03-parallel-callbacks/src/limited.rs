//! 한꺼번에 몇 개까지만.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::{Reply, Task};

// ANCHOR: state
pub(crate) struct State<D> {
    limit: usize,
    pub running: usize,
    queue: VecDeque<(usize, Task)>,
    pub replies: Vec<Option<Reply>>,
    done: Option<D>,
}

/// 지금 할 일 하나.
pub(crate) enum Step<D> {
    Start(usize, Task),
    Finish(D, Vec<Reply>),
    Wait,
}

impl<D> State<D> {
    pub fn settle(&mut self, index: usize, reply: Reply) {
        self.replies[index] = Some(reply);
        self.running -= 1;
    }
    // ANCHOR_END: state

    // ANCHOR: next
    pub fn next(&mut self) -> Step<D> {
        if self.running < self.limit
            && let Some((index, task)) = self.queue.pop_front()
        {
            self.running += 1;
            return Step::Start(index, task);
        }
        if self.running > 0 {
            return Step::Wait;
        }
        let Some(done) = self.done.take() else {
            return Step::Wait;
        };
        Step::Finish(done, self.replies.drain(..).flatten().collect())
    }
    // ANCHOR_END: next

    pub fn new(limit: usize, tasks: Vec<Task>, done: D) -> State<D> {
        assert!(limit > 0, "하나도 못 보내면 끝나지 않습니다");
        State {
            limit,
            running: 0,
            replies: vec![None; tasks.len()],
            queue: tasks.into_iter().enumerate().collect(),
            done: Some(done),
        }
    }
}

/// `tasks`를 `limit`개까지만 한꺼번에 보내고, 답을 요청한 차례대로 `done`에 건넨다.
///
/// 실패해도 멈추지 않고 그 자리에 오류를 담는다.
/// 보내자마자 답하는 요청이 이어지면 재귀가 그만큼 깊어진다.
///
/// # Panics
///
/// `limit`이 0이면 패닉한다.
pub fn limited<D>(limit: usize, tasks: Vec<Task>, done: D)
where
    D: FnOnce(Vec<Reply>) + 'static,
{
    advance(&Rc::new(RefCell::new(State::new(limit, tasks, done))));
}

// ANCHOR: advance
fn advance<D>(state: &Rc<RefCell<State<D>>>)
where
    D: FnOnce(Vec<Reply>) + 'static,
{
    loop {
        let step = state.borrow_mut().next();
        match step {
            Step::Start(index, task) => {
                let state = Rc::clone(state);
                task(Box::new(move |reply| {
                    state.borrow_mut().settle(index, reply);
                    advance(&state);
                }));
            }
            Step::Finish(done, replies) => return done(replies),
            Step::Wait => return,
        }
    }
}
// ANCHOR_END: advance

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::orders::{Done, NAMES, replies, run, try_limited};
    use crate::{Server, faulty};

    type Limited = fn(usize, Vec<Task>, Done<Vec<Reply>>);

    #[test]
    fn the_peak_never_passes_the_limit() {
        for (limit, peak) in [(1, 1), (2, 2), (3, 3), (5, 5), (9, 5)] {
            let right = format!("맞음 3840, 틀림 0, 안 불림 0, 두 번 이상 0, 동시 최대 {peak}");
            assert_eq!(try_limited(limit, limited).to_string(), right);
        }
    }

    #[test]
    fn a_leaked_slot_is_never_done() {
        let counted = "맞음 120, 틀림 0, 안 불림 3720, 두 번 이상 0, 동시 최대 2";
        let tally = try_limited(2, faulty::limited_leaking_slots);
        assert_eq!(tally.to_string(), counted);
    }

    // ANCHOR: narrower
    /// 첫 요청만 실패할 때, 답이 하나 올 때마다 서버가 쥔 요청을 센다.
    fn waiting_after_each_reply(limited: Limited) -> Vec<usize> {
        let server = Rc::new(Server::default());
        let tasks = NAMES.map(|name| server.request(name)).into();
        limited(2, tasks, Box::new(|_| ()));
        let after = |name| {
            let first = name == NAMES[0];
            server.reply(name, if first { Err("503") } else { Ok("그림") });
            server.waiting().len()
        };
        NAMES.map(after).into()
    }

    #[test]
    fn one_leaked_slot_only_narrows_the_way() {
        assert_eq!(waiting_after_each_reply(limited), [2, 2, 2, 1, 0]);
        let leaking = waiting_after_each_reply(faulty::limited_leaking_slots);
        assert_eq!(leaking, [1, 1, 1, 1, 0]);
    }
    // ANCHOR_END: narrower

    #[test]
    fn an_empty_list_is_done_at_once() {
        let told = run(&[], 0, |tasks, done| limited(2, tasks, done)).0;
        assert_eq!(told, [Vec::new()]);
    }

    #[test]
    fn replies_that_come_while_sending_nest_as_deep_as_the_list() {
        let (depth, deepest) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let tasks = NAMES.map(|name| -> Task {
            let (depth, deepest) = (Rc::clone(&depth), Rc::clone(&deepest));
            Box::new(move |callback| {
                depth.set(depth.get() + 1);
                deepest.set(deepest.get().max(depth.get()));
                callback(Ok(name.to_owned()));
                depth.set(depth.get() - 1);
            })
        });
        let told = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&told);
        limited(2, tasks.into(), move |replies| {
            log.borrow_mut().push(replies)
        });
        assert_eq!(told.take(), [replies(&[0, 1, 2, 3, 4], 0)]);
        assert_eq!(deepest.get(), NAMES.len());
    }

    #[test]
    #[should_panic(expected = "끝나지 않습니다")]
    fn a_limit_of_zero_is_refused() {
        limited(0, Vec::new(), |_| ());
    }
}
