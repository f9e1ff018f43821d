//! 계산을 다른 스레드에 맡기고 퓨처로 결과를 받는다.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_01_completion_callback::Pool;
use ch03_10_oneshot::oneshot::{self, Receiver};

// ANCHOR: offload
/// `work`를 풀에 맡기고 결과를 기다리는 퓨처를 돌려준다. 폴링하지 않아도 일은 시작된다.
///
/// `work`가 패닉하면 `Canceled`이다. 퓨처를 버려도 이미 맡긴 일은 끝까지 돈다.
pub fn offload<T>(pool: &Pool, work: impl FnOnce() -> T + Send + 'static) -> Receiver<T>
where
    T: Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let work = move || Ok::<T, Infallible>(work());
    pool.run(work, move |Ok(value)| {
        // 받을 쪽이 떠났으면 결과는 버려진다.
        let _ = sender.send(value);
    });
    receiver
}
// ANCHOR_END: offload

// ANCHOR: rayon
/// `work`를 rayon의 풀에 맡긴다. `work`의 패닉은 기다리는 쪽에서 이어진다.
pub fn on_rayon<T, W>(pool: &rayon::ThreadPool, work: W) -> impl Future<Output = T> + use<T, W>
where
    T: Send + 'static,
    W: FnOnce() -> T + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    pool.spawn(move || {
        // rayon은 잡지 않은 패닉을 만나면 프로세스를 끝낸다.
        let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
    });
    // 여기까지는 부르는 순간에 한다. 기다리는 일만 퓨처에 남는다.
    async {
        match receiver.await.expect("패닉해도 결과를 보낸다") {
            Ok(value) => value,
            Err(panic) => resume_unwind(panic),
        }
    }
}
// ANCHOR_END: rayon

// ANCHOR: stoppable
/// `work`는 틈틈이 인수를 불러, 결과를 기다리는 쪽이 떠났는지 묻는다.
pub fn stoppable<T, W>(pool: &Pool, work: W) -> Receiver<T>
where
    T: Send + 'static,
    W: FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let work = move || {
        let value = work(&|| sender.is_closed());
        Ok::<_, Infallible>(sender.send(value))
    };
    pool.run(work, |_sent| ());
    receiver
}
// ANCHOR_END: stoppable
