//! 콜백 하나를 여럿으로 나눈다. 먼저 불린 하나만 뜻이 있다.

use std::sync::{Arc, Mutex};

/// 나눈 콜백 하나.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// `done`을 콜백 `count`개로 나눈다. 처음 불린 콜백만 `done`을 부른다.
pub fn first<T, D>(count: usize, done: D) -> Vec<Callback<T>>
where
    D: FnOnce(T) + Send + 'static,
{
    let slot = Arc::new(Mutex::new(Some(done)));
    let split = |_| -> Callback<T> {
        let slot = Arc::clone(&slot);
        Box::new(move |value| {
            // 락은 이 줄에서 풀린다. done이 다른 콜백을 불러도 막히지 않는다.
            let done = slot.lock().expect("락을 쥔 채 패닉하지 않는다").take();
            if let Some(done) = done {
                done(value);
            }
        })
    };
    (0..count).map(split).collect()
}
