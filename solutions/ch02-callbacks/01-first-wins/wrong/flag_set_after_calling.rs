// 불렸다는 깃발을 `done`이 끝난 뒤에야 세웁니다. 그사이에 불린 콜백은 아직 아무도 이기지 않은 줄 알고, 이미 꺼내 간 `done`을 또 꺼내려다 패닉합니다.
// 잡는 테스트: done_may_call_another, a_panic_in_done_does_not_spread

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// 나눈 콜백 하나.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// `done`을 콜백 `count`개로 나눈다. 처음 불린 콜백만 `done`을 부른다.
pub fn first<T, D>(count: usize, done: D) -> Vec<Callback<T>>
where
    D: FnOnce(T) + Send + 'static,
{
    let called = Arc::new(AtomicBool::new(false));
    let slot = Arc::new(Mutex::new(Some(done)));
    let split = |_| -> Callback<T> {
        let (called, slot) = (Arc::clone(&called), Arc::clone(&slot));
        Box::new(move |value| {
            if called.load(Ordering::Acquire) {
                return;
            }
            let done = slot.lock().unwrap().take();
            done.expect("아직 불리지 않았다")(value);
            called.store(true, Ordering::Release);
        })
    };
    (0..count).map(split).collect()
}
