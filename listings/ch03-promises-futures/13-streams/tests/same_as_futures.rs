//! 같은 일을 `futures`의 조합자와 우리 조합자에 넣고, 나온 것과 나온 시각을 견준다.

use std::time::Duration;

use ch03_13_streams::{Stream, StreamOps, Ticker, iter};
use futures::StreamExt;
use proptest::collection::vec;
use proptest::prelude::{any, proptest};
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

/// 모두 받으면서 나온 시각과 물을 때마다의 `size_hint`를 적는다.
async fn record<S: Stream>(stream: S) -> Vec<(u128, S::Item, (usize, Option<usize>))> {
    let start = Instant::now();
    let mut stream = Box::pin(stream);
    let mut seen = Vec::new();
    while let Some(value) = StreamOps::next(&mut stream).await {
        seen.push((start.elapsed().as_millis(), value, stream.size_hint()));
    }
    seen
}

fn virtual_time<T>(future: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(future)
}

/// 일마다 걸리는 시간. 둘이 같은 때에 끝나지 않게, 차례마다 다른 자리의 비트를 더한다.
fn jobs(times: &[u8]) -> impl Stream<Item = impl Future<Output = usize>> {
    let times: Vec<u8> = times.to_vec();
    StreamOps::map(iter(0..times.len()), move |turn| {
        let took = (u64::from(times[turn]) << 10) + (1 << turn);
        async move {
            sleep(Duration::from_millis(took)).await;
            turn
        }
    })
}

proptest! {
    // ANCHOR: same
    #[test]
    fn both_buffers_are_the_same_as_in_futures(
        times in vec(any::<u8>(), 0..10),
        limit in 1_usize..6,
    ) {
        virtual_time(async {
            let ours = StreamOps::buffer_unordered(jobs(&times), limit);
            let theirs = StreamExt::buffer_unordered(jobs(&times), limit);
            assert_eq!(record(ours).await, record(theirs).await);

            let ours = StreamOps::buffered(jobs(&times), limit);
            let theirs = StreamExt::buffered(jobs(&times), limit);
            assert_eq!(record(ours).await, record(theirs).await);
        });
    }
    // ANCHOR_END: same

    #[test]
    fn small_adapters_are_the_same_as_in_futures(values in vec(any::<u8>(), 0..20)) {
        virtual_time(async {
            let ours = StreamOps::map(iter(values.clone()), u32::from);
            let theirs = StreamExt::map(futures::stream::iter(values.clone()), u32::from);
            assert_eq!(record(ours).await, record(theirs).await);

            let ours = StreamOps::filter(iter(values.clone()), |value| value % 3 == 0);
            let theirs = StreamExt::filter(futures::stream::iter(values.clone()), |value| {
                futures::future::ready(value % 3 == 0)
            });
            assert_eq!(record(ours).await, record(theirs).await);

            let wait = async |value: u8| sleep(Duration::from_millis(value.into())).await;
            let ours = StreamOps::then(iter(values.clone()), wait);
            let theirs = StreamExt::then(futures::stream::iter(values.clone()), wait);
            assert_eq!(record(ours).await, record(theirs).await);
        });
    }
}

// ANCHOR: mixed
#[tokio::test(start_paused = true)]
async fn library_combinators_work_on_our_streams() {
    let start = Instant::now();
    let ticks = Ticker::new(Duration::from_millis(10)).take(3);
    let labelled: Vec<_> = ticks.zip(iter(["가", "나", "다"])).collect().await;
    let seen: Vec<_> = labelled
        .into_iter()
        .map(|(at, label)| ((at - start).as_millis(), label))
        .collect();
    assert_eq!(seen, [(10, "가"), (20, "나"), (30, "다")]);
}
// ANCHOR_END: mixed
