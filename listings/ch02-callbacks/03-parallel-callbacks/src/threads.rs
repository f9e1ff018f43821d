//! 스레드 풀 위의 `all`. 세는 법은 그대로이고 그릇만 바뀐다.

use std::sync::{Arc, Mutex};

use ch02_01_completion_callback::Pool;

use crate::Reply;
use crate::all::State;

/// 작업 스레드가 맡을 일 하나.
pub type Work = Box<dyn FnOnce() -> Reply + Send>;

// ANCHOR: all
/// `works`를 모두 맡기고, 모두 성공하면 값을 맡긴 차례대로 `done`에 건넨다.
///
/// 하나라도 실패하면 첫 오류를 곧바로 건넨다. `done`은 그 답을 적은 작업 스레드가 부른다.
/// 패닉한 일은 답하지 않으므로, 다른 일이 실패하지 않는 한 `done`은 불리지 않는다.
pub fn all<D>(pool: &Pool, works: Vec<Work>, done: D)
where
    D: FnOnce(Result<Vec<String>, String>) + Send + 'static,
{
    if works.is_empty() {
        return done(Ok(Vec::new()));
    }
    let state = Arc::new(Mutex::new(State::new(works.len(), done)));
    for (index, work) in works.into_iter().enumerate() {
        let state = Arc::clone(&state);
        pool.run(work, move |reply| settle(&state, index, reply));
    }
}
// ANCHOR_END: all

// ANCHOR: settle
fn settle<D>(state: &Mutex<State<D>>, index: usize, reply: Reply)
where
    D: FnOnce(Result<Vec<String>, String>),
{
    let finished = state
        .lock()
        .expect("락을 쥔 채 패닉하지 않는다")
        .record(index, reply);
    if let Some((done, outcome)) = finished {
        done(outcome);
    }
}
// ANCHOR_END: settle

#[cfg(test)]
mod tests {
    use std::sync::{Weak, mpsc};

    use super::*;

    /// 뒤의 일부터 끝나게 이어 둔 일 `count`개. 작업 스레드도 그만큼 있어야 한다.
    fn backwards(count: usize) -> Vec<Work> {
        let mut wait_for: Option<mpsc::Receiver<()>> = None;
        let mut works: Vec<Work> = Vec::new();
        for number in (0..count).rev() {
            let (tell, told) = mpsc::channel();
            let later = wait_for.replace(told);
            works.push(Box::new(move || {
                if let Some(later) = later {
                    later.recv().expect("뒤의 일이 알려 준다");
                }
                let _ = tell.send(());
                Ok(number.to_string())
            }));
        }
        works.reverse();
        works
    }

    fn outcomes(workers: usize, works: Vec<Work>) -> Vec<Result<Vec<String>, String>> {
        let (done, told) = mpsc::channel();
        let pool = Pool::new(workers);
        let tell = move |outcome| done.send(outcome).expect("받는 쪽이 있다");
        all(&pool, works, tell);
        drop(pool);
        told.iter().collect()
    }

    #[test]
    fn done_runs_once_with_values_in_request_order() {
        let values = ["0", "1", "2", "3"].map(str::to_owned).to_vec();
        assert_eq!(outcomes(4, backwards(4)), [Ok(values)]);
    }

    #[test]
    fn only_one_error_is_told() {
        let works = (0..100).map(|number| -> Work { Box::new(move || Err(number.to_string())) });
        assert_eq!(outcomes(4, works.collect()).len(), 1);
    }

    #[test]
    fn an_empty_list_is_done_at_once() {
        assert_eq!(outcomes(1, Vec::new()), [Ok(Vec::new())]);
    }

    // ANCHOR: panic
    #[test]
    fn a_panicking_work_leaves_all_unfinished() {
        let works: Vec<Work> = vec![
            Box::new(|| Ok("첫째".to_owned())),
            Box::new(|| panic!("둘째는 답하지 못한다")),
        ];
        assert_eq!(outcomes(1, works), []);
    }
    // ANCHOR_END: panic

    // ANCHOR: locked
    fn settle_while_locked(state: &Mutex<State<Done>>, index: usize, reply: Reply) {
        if let Some((done, outcome)) = state.lock().unwrap().record(index, reply) {
            done(outcome);
        }
    }
    // ANCHOR_END: locked

    type Done = Box<dyn FnOnce(Result<Vec<String>, String>) + Send>;

    /// `done`이 불리는 동안 다른 작업 스레드가 상태의 락을 얻을 수 있는가.
    fn lock_is_free_in_done(settle: fn(&Mutex<State<Done>>, usize, Reply)) -> bool {
        let (tell, told) = mpsc::channel();
        let state = Arc::new_cyclic(|state: &Weak<Mutex<State<Done>>>| {
            let state = Weak::clone(state);
            let done = move |_| {
                let state = state.upgrade().expect("아직 살아 있다");
                tell.send(state.try_lock().is_ok()).expect("받는 쪽이 있다");
            };
            Mutex::new(State::new(1, Box::new(done) as Done))
        });
        settle(&state, 0, Ok("값".to_owned()));
        told.recv().expect("done이 불렸다")
    }

    #[test]
    fn the_lock_is_free_in_done_only_if_given_back_before() {
        assert!(lock_is_free_in_done(settle));
        assert!(!lock_is_free_in_done(settle_while_locked));
    }
}
