//! 쪽의 표가 말하는 라이브러리의 동작. 시간에 기대지 않고, 답이 오는 차례를 oneshot으로 정한다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::channel::oneshot;
use futures::executor::block_on;
use futures::future::{BoxFuture, join_all, ready, select_ok, try_join_all};
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

type Reply = Result<u32, &'static str>;

/// 버려지면 표시를 남긴다.
struct Flag(Arc<AtomicBool>);

impl Drop for Flag {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// 끝나지 않는 퓨처. 버려지면 표시가 선다.
async fn never(flag: Flag) -> Reply {
    std::future::pending::<()>().await;
    drop(flag);
    Ok(0)
}

fn flag() -> (Flag, Arc<AtomicBool>) {
    let seen = Arc::new(AtomicBool::new(false));
    (Flag(Arc::clone(&seen)), seen)
}

#[test]
fn try_join_all_drops_the_rest_at_the_first_error() {
    let (flag, dropped) = flag();
    let tasks: Vec<BoxFuture<'_, Reply>> = vec![Box::pin(never(flag)), Box::pin(ready(Err("503")))];
    assert_eq!(block_on(try_join_all(tasks)), Err("503"));
    assert!(dropped.load(Ordering::SeqCst));
}

#[test]
fn join_all_waits_for_all_and_keeps_errors_in_their_places() {
    let (late, reply) = oneshot::channel();
    let tasks: Vec<BoxFuture<'_, Reply>> = vec![
        Box::pin(async { reply.await.expect("보낸다") }),
        Box::pin(async {
            late.send(Ok(1)).expect("기다린다");
            Err("503")
        }),
    ];
    assert_eq!(block_on(join_all(tasks)), [Ok(1), Err("503")]);
}

#[test]
fn select_ok_keeps_the_last_error_only_and_panics_on_an_empty_list() {
    let first = select_ok([ready(Err::<u32, _>("503")), ready(Ok(2)), ready(Ok(3))]);
    assert_eq!(block_on(first).map(|(value, _)| value), Ok(2));
    let failed = block_on(select_ok([ready::<Reply>(Err("503")), ready(Err("504"))]));
    assert_eq!(failed.map(|(value, _)| value), Err("504"));
    let empty: Vec<futures::future::Ready<Reply>> = Vec::new();
    assert!(catch_unwind(AssertUnwindSafe(|| block_on(select_ok(empty)))).is_err());
}

/// 0번은 1번이 끝나야 끝난다. `arrange`가 만든 스트림이 내보낸 차례를 돌려준다.
fn zero_after_one<S: Stream<Item = u32>>(
    arrange: impl FnOnce(Vec<BoxFuture<'static, u32>>) -> S,
) -> Vec<u32> {
    let (done, one_is_done) = oneshot::channel::<()>();
    let tasks: Vec<BoxFuture<'static, u32>> = vec![
        Box::pin(async {
            one_is_done.await.expect("1번이 알린다");
            0
        }),
        Box::pin(async {
            done.send(()).expect("0번이 기다린다");
            1
        }),
    ];
    block_on(arrange(tasks).collect())
}

#[test]
fn buffer_unordered_yields_as_they_end_and_buffered_as_asked() {
    let ended = zero_after_one(|tasks| stream::iter(tasks).buffer_unordered(2));
    assert_eq!(ended, [1, 0]);
    let asked = zero_after_one(|tasks| stream::iter(tasks).buffered(2));
    assert_eq!(asked, [0, 1]);
}

#[tokio::test]
async fn join_set_aborts_its_tasks_when_dropped() {
    let (flag, dropped) = flag();
    let mut tasks = JoinSet::new();
    tasks.spawn(never(flag));
    drop(tasks);
    // 중단된 태스크는 실행기가 다음에 돌 때 버려진다.
    while !dropped.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_semaphore_takes_its_place_back_from_errors_and_panics() {
    let places = Arc::new(Semaphore::new(1));
    let mut tasks = JoinSet::new();
    for panics in [false, true] {
        let places = Arc::clone(&places);
        tasks.spawn(async move {
            let _place = places.acquire().await.expect("닫지 않았다");
            assert!(!panics, "일부러 낸 패닉");
            Err::<u32, _>("503")
        });
    }
    while tasks.join_next().await.is_some() {}
    assert_eq!(places.available_permits(), 1);
}
