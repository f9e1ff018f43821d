// 불린 콜백만 셉니다. 하나라도 답하지 않고 버려지면 `done`이 영영 불리지 않고, 누가 답하지 않았는지도 알 수 없습니다.
// 잡는 테스트: a_dropped_callback_is_missing, a_panicking_work_is_missing

use std::sync::{Arc, Mutex};

/// 지점 하나의 답을 받는 콜백.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// 이름과 답의 짝. 답하지 않았으면 `None`이다.
pub type Answers<T> = Vec<(String, Option<T>)>;

struct State<T, D> {
    remaining: usize,
    answers: Answers<T>,
    done: Option<D>,
}

/// `names`마다 콜백을 하나씩 만든다.
pub fn gather<T, D>(names: &[&str], done: D) -> Vec<Callback<T>>
where
    T: Send + 'static,
    D: FnOnce(Answers<T>) + Send + 'static,
{
    if names.is_empty() {
        done(Vec::new());
        return Vec::new();
    }
    let state = Arc::new(Mutex::new(State {
        remaining: names.len(),
        answers: names
            .iter()
            .map(|name| ((*name).to_owned(), None))
            .collect(),
        done: Some(done),
    }));
    let callback = |at: usize| -> Callback<T> {
        let state = Arc::clone(&state);
        Box::new(move |value| {
            let mut locked = state.lock().unwrap();
            locked.answers[at].1 = Some(value);
            locked.remaining -= 1;
            if locked.remaining == 0 {
                let answers = std::mem::take(&mut locked.answers);
                let done = locked.done.take();
                drop(locked);
                if let Some(done) = done {
                    done(answers);
                }
            }
        })
    };
    (0..names.len()).map(callback).collect()
}
