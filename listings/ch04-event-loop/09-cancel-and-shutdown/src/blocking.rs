//! 막는 일을 작업 스레드에서 돌린다.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot;
use ch04_08_sleep_timeout_interval::hold;

use crate::abort::{Handle, spawn};

// ANCHOR: spawn_blocking
/// 막는 일을 작업 스레드에 맡기고, 결과를 기다리는 태스크를 띄운다.
///
/// 핸들을 `abort`하면 결과를 포기할 뿐이다. 맡긴 일은 끝까지 돌고, 풀은 닫힐 때 그것을 기다린다.
///
/// # Panics
///
/// 시간이 있는 실행기 밖에서 부르면 패닉한다.
pub fn spawn_blocking<T: Send + 'static>(
    pool: &Pool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Handle<T> {
    let (done, answer) = oneshot::channel();
    pool.run(
        || catch_unwind(AssertUnwindSafe(work)),
        |result| _ = done.send(result), // 기다리던 쪽이 포기했으면 결과를 버린다.
    );
    let held = hold(); // 답이 올 때까지 가상 시간이 건너뛰지 않는다.
    spawn(async move {
        let _held = held;
        let result = answer.await.expect("일은 반드시 답한다");
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
// ANCHOR_END: spawn_blocking
