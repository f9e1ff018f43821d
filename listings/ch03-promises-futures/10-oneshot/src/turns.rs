//! 태스크 여럿을 한 스레드에서 돌아가며 폴링한다. 잃어버린 깨움을 기다리지 않고 알아챈다.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// 돌아가며 폴링할 태스크.
pub type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// 끝나지 않은 태스크가 있는데 깨어 있는 태스크가 없다. 안에 든 것은 그 태스크들의 번호이다.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck(pub Vec<usize>);

struct Awake(AtomicBool);

impl Wake for Awake {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

// ANCHOR: run
/// 모두 끝날 때까지, 깨어 있는 태스크를 차례대로 폴링하며 돈다.
pub fn run<'a>(tasks: impl IntoIterator<Item = Task<'a>>) -> Result<(), Stuck> {
    let start = |task| (task, Arc::new(Awake(AtomicBool::new(true))));
    let mut tasks: Vec<_> = tasks.into_iter().map(start).enumerate().collect();
    while !tasks.is_empty() {
        let mut polled = false;
        tasks.retain_mut(|(_, (task, awake))| {
            if !awake.0.swap(false, Ordering::Relaxed) {
                return true;
            }
            polled = true;
            let waker = Waker::from(Arc::clone(awake));
            task.as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        });
        if !polled {
            return Err(Stuck(tasks.iter().map(|(id, _)| *id).collect()));
        }
    }
    Ok(())
}
// ANCHOR_END: run

// ANCHOR: yield_now
/// 다음 바퀴까지 다른 태스크에 양보한다.
pub async fn yield_now() {
    let mut yielded = false;
    std::future::poll_fn(|cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
// ANCHOR_END: yield_now
