//! 막는 일을 작업 스레드에서 돌린다.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot;

use crate::runtime::{current, spawn};
use crate::task::JoinHandle;

/// 작업 스레드의 수. 처음 쓸 때 뜨고 런타임이 닫힐 때까지 남는다.
const THREADS: usize = 8;

/// 막는 일을 작업 스레드에서 돌린다. 스레드는 여덟이고, 모두 바쁘면 일이 줄을 선다.
///
/// 핸들을 `abort`하면 결과를 포기할 뿐이다. 맡긴 일은 끝까지 돌고, 런타임은 닫힐 때 그것을 기다린다.
///
/// # Panics
///
/// 미니 런타임 밖에서 부르면 패닉한다.
pub fn spawn_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let (done, answer) = oneshot::channel();
    let core = current();
    core.pool.get_or_init(|| Pool::new(THREADS)).run(
        || catch_unwind(AssertUnwindSafe(work)),
        // 기다리던 쪽이 포기했으면 결과를 버린다.
        |answer| _ = done.send(answer),
    );
    let busy = Rc::clone(&core.time.busy);
    spawn(async move {
        let _busy = busy; // 답이 올 때까지 가상 시간이 건너뛰지 않는다.
        match answer.await {
            Ok(Ok(value)) => value,
            Ok(Err(panic)) => resume_unwind(panic),
            // 일은 반드시 답한다. 답이 사라졌다면 런타임이 닫히는 중이다.
            Err(oneshot::Canceled) => pending().await,
        }
    })
}
