// 되감는 중에 부른 `done`의 패닉을 붙잡지 않습니다. 일이 패닉해서 버려진 콜백이 마지막이면, 두 번째 패닉이 `drop`에서 새어 나가 프로세스가 중단됩니다.
// 잡는 테스트: a_panic_in_done_while_unwinding_is_contained

use std::mem;
use std::sync::{Arc, Mutex};

/// 지점 하나의 답을 받는 콜백.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// 이름과 답의 짝. 답하지 않았으면 `None`이다.
pub type Answers<T> = Vec<(String, Option<T>)>;

/// 콜백들이 나누어 쥐는 것. 마지막 콜백이 사라지면 버려지면서 `done`을 부른다.
struct Gathering<T, D: FnOnce(Answers<T>)>(Mutex<State<T, D>>);

struct State<T, D> {
    answers: Answers<T>,
    done: Option<D>,
}

impl<T, D: FnOnce(Answers<T>)> Drop for Gathering<T, D> {
    fn drop(&mut self) {
        // 나누어 쥔 콜백이 더는 없으므로 락 없이 꺼낸다.
        let state = self.0.get_mut().expect("락을 쥔 채 패닉하지 않는다");
        let answers = mem::take(&mut state.answers);
        if let Some(done) = state.done.take() {
            done(answers);
        }
    }
}

/// `names`마다 콜백을 하나씩 만든다. 모두 불리거나 버려지면 모은 답으로 `done`을 부른다.
pub fn gather<T, D>(names: &[&str], done: D) -> Vec<Callback<T>>
where
    T: Send + 'static,
    D: FnOnce(Answers<T>) + Send + 'static,
{
    let answers = names.iter().map(|name| ((*name).to_owned(), None));
    let gathering = Arc::new(Gathering(Mutex::new(State {
        answers: answers.collect(),
        done: Some(done),
    })));
    let callback = |at: usize| -> Callback<T> {
        let gathering = Arc::clone(&gathering);
        Box::new(move |value| {
            let mut state = gathering.0.lock().expect("락을 쥔 채 패닉하지 않는다");
            state.answers[at].1 = Some(value);
        })
    };
    (0..names.len()).map(callback).collect()
}
