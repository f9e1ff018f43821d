// 가드가 답한 콜백까지 답하지 않은 것으로 또 셉니다. 콜백을 부르는 것도 결국 버리는 것이라, 부른 다음에 돌아가는 `drop`이 한 번 더 줄입니다.
// 잡는 테스트: basic_all_answers_come

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

struct Ticket<T, D: FnOnce(Answers<T>)> {
    at: usize,
    state: Arc<Mutex<State<T, D>>>,
}

impl<T, D: FnOnce(Answers<T>)> Ticket<T, D> {
    fn settle(&self, answer: Option<T>) {
        let mut locked = self.state.lock().unwrap();
        if answer.is_some() {
            locked.answers[self.at].1 = answer;
        }
        locked.remaining = locked.remaining.saturating_sub(1);
        if locked.remaining > 0 {
            return;
        }
        let answers = std::mem::take(&mut locked.answers);
        let done = locked.done.take();
        drop(locked);
        if let Some(done) = done {
            done(answers);
        }
    }
}

impl<T, D: FnOnce(Answers<T>)> Drop for Ticket<T, D> {
    fn drop(&mut self) {
        self.settle(None);
    }
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
        let ticket = Ticket {
            at,
            state: Arc::clone(&state),
        };
        Box::new(move |value| ticket.settle(Some(value)))
    };
    (0..names.len()).map(callback).collect()
}
