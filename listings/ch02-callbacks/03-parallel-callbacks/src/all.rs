//! 모두 기다리기.

use std::cell::RefCell;
use std::rc::Rc;

use crate::{Reply, Task};

// ANCHOR: state
/// 콜백들이 함께 보는 상태. `D`는 모두 끝나면 부를 콜백이다.
pub(crate) struct State<D> {
    values: Vec<Option<String>>,
    remaining: usize,
    done: Option<D>,
}

impl<D> State<D> {
    /// 답 하나를 적는다. 이 답으로 전체가 끝났으면 부를 콜백과 건넬 결과를 내준다.
    pub fn record(&mut self, index: usize, reply: Reply) -> Option<Finished<D>> {
        let outcome = match reply {
            Err(error) => Err(error),
            Ok(value) => {
                self.values[index] = Some(value);
                self.remaining -= 1;
                if self.remaining > 0 {
                    return None;
                }
                Ok(self.values.drain(..).flatten().collect())
            }
        };
        Some((self.done.take()?, outcome))
    }
    // ANCHOR_END: state

    pub fn new(count: usize, done: D) -> State<D> {
        State {
            values: vec![None; count],
            remaining: count,
            done: Some(done),
        }
    }
}

/// 부를 콜백과 그 콜백에 건넬 결과.
pub(crate) type Finished<D> = (D, Result<Vec<String>, String>);

// ANCHOR: all
/// `tasks`를 모두 보내고, 모두 성공하면 값을 요청한 차례대로 `done`에 건넨다.
///
/// 하나라도 실패하면 첫 오류를 곧바로 건넨다. 나머지는 취소하지 않고 답을 버린다.
/// `done`은 한 번만 불린다. 목록이 비었으면 이 함수가 돌아오기 전에 불린다.
pub fn all<D>(tasks: Vec<Task>, done: D)
where
    D: FnOnce(Result<Vec<String>, String>) + 'static,
{
    if tasks.is_empty() {
        return done(Ok(Vec::new()));
    }
    let state = Rc::new(RefCell::new(State::new(tasks.len(), done)));
    for (index, task) in tasks.into_iter().enumerate() {
        let state = Rc::clone(&state);
        task(Box::new(move |reply| {
            let finished = state.borrow_mut().record(index, reply);
            if let Some((done, outcome)) = finished {
                done(outcome);
            }
        }));
    }
}
// ANCHOR_END: all

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::{Done, NAMES, run, try_all};
    use crate::{Server, faulty};

    #[test]
    fn all_is_right_in_every_order() {
        let right = "맞음 384, 틀림 0, 안 불림 0, 두 번 이상 0, 동시 최대 4";
        assert_eq!(try_all(all).to_string(), right);
    }

    #[test]
    fn counting_successes_never_ends_after_a_failure() {
        let counted = "맞음 1, 틀림 23, 안 불림 360, 두 번 이상 0, 동시 최대 4";
        assert_eq!(try_all(faulty::all_counting_successes).to_string(), counted);
    }

    #[test]
    fn pushing_loses_the_request_order() {
        let counted = "맞음 361, 틀림 23, 안 불림 0, 두 번 이상 0, 동시 최대 4";
        assert_eq!(try_all(faulty::all_in_arrival_order).to_string(), counted);
    }

    #[test]
    fn an_empty_list_is_done_at_once() {
        assert_eq!(run(&[], 0, all).0, [Ok(Vec::new())]);
    }

    #[test]
    fn without_the_check_an_empty_list_is_never_done() {
        assert_eq!(run(&[], 0, faulty::all_in_arrival_order).0, []);
    }

    #[test]
    fn replies_that_come_while_sending_are_counted_too() {
        let told = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&told);
        let tasks = ["가", "나"].map(|name| -> Task { Box::new(|call| call(Ok(name.into()))) });
        all(tasks.into(), move |outcome| log.borrow_mut().push(outcome));
        assert_eq!(told.take(), [Ok(vec!["가".to_owned(), "나".to_owned()])]);
    }

    type Outcome = Result<Vec<String>, String>;

    // ANCHOR: reentry
    /// 첫 오류를 들으면 나머지를 취소한다. 취소된 요청의 콜백도 그 자리에서 불린다.
    fn cancel_the_rest_on_error(wait: impl Fn(Vec<Task>, Done<Outcome>)) {
        let server = Rc::new(Server::default());
        let tasks = NAMES.map(|name| server.request(name)).into();
        let on_server = Rc::clone(&server);
        let cancel_rest = move |outcome| {
            assert_eq!(outcome, Err("503".to_owned()));
            for name in on_server.waiting() {
                on_server.reply(name, Err("취소"));
            }
        };
        wait(tasks, Box::new(cancel_rest));
        server.reply(NAMES[1], Err("503"));
        assert!(server.waiting().is_empty());
    }
    // ANCHOR_END: reentry

    // ANCHOR: reentry-tests
    #[test]
    fn done_may_answer_the_other_requests() {
        cancel_the_rest_on_error(all);
    }

    #[test]
    fn every_order_does_not_find_a_borrow_held_too_long() {
        let right = try_all(all).to_string();
        assert_eq!(try_all(faulty::all_while_borrowed).to_string(), right);
    }

    #[test]
    #[should_panic(expected = "already borrowed")]
    fn done_called_while_borrowed_panics_on_reentry() {
        cancel_the_rest_on_error(faulty::all_while_borrowed);
    }
    // ANCHOR_END: reentry-tests
}
