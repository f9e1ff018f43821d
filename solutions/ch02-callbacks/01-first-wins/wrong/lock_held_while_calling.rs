// `if let`의 조건에서 얻은 락 가드가 본문이 끝날 때까지 살아서, 락을 쥔 채 `done`을 부릅니다. `done`이 다른 콜백을 부르면 제가 쥔 락을 영원히 기다립니다.
// 잡는 테스트: done_may_call_another (멈춤), a_panic_in_done_does_not_spread

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
            if let Some(done) = slot.lock().unwrap().take() {
                done(value);
            }
        })
    };
    (0..count).map(split).collect()
}
