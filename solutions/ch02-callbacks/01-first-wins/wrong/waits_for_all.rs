// 모두 불리기를 기다렸다가 첫 값을 건넵니다. 한 서버가 답하지 않으면 먼저 온 답이 있어도 `done`이 불리지 않습니다.
// 잡는 테스트: basic_the_first_value_arrives

use std::sync::{Arc, Mutex};

/// 나눈 콜백 하나.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

struct State<T, D> {
    remaining: usize,
    first: Option<T>,
    done: Option<D>,
}

/// `done`을 콜백 `count`개로 나눈다. 처음 불린 콜백만 `done`을 부른다.
pub fn first<T, D>(count: usize, done: D) -> Vec<Callback<T>>
where
    T: Send + 'static,
    D: FnOnce(T) + Send + 'static,
{
    let state = Arc::new(Mutex::new(State {
        remaining: count,
        first: None,
        done: Some(done),
    }));
    let split = |_| -> Callback<T> {
        let state = Arc::clone(&state);
        Box::new(move |value| {
            let mut locked = state.lock().unwrap();
            locked.first.get_or_insert(value);
            locked.remaining -= 1;
            if locked.remaining > 0 {
                return;
            }
            let (first, done) = (locked.first.take(), locked.done.take());
            drop(locked);
            if let (Some(first), Some(done)) = (first, done) {
                done(first);
            }
        })
    };
    (0..count).map(split).collect()
}
