//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::future::poll_fn;
use std::panic::catch_unwind;
use std::pin::Pin;
use std::time::Duration;

use ex03_10_chunks_timeout::chunks_timeout;
use futures::stream::{self, Stream, StreamExt};
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep_until, timeout};

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// `values`의 시각마다 값을 내고 `end`에 끝난다. 끝난 다음에 물으면 패닉한다.
fn source(values: &[(u64, u32)], end: u64) -> impl Stream<Item = u32> {
    let start = Instant::now();
    let events = values.iter().map(|(at, value)| (*at, Some(*value)));
    let events: Vec<_> = events.chain([(end, None)]).collect();
    stream::unfold(events.into_iter(), move |mut events| async move {
        let (at, value) = events.next()?;
        sleep_until(start + ms(at)).await;
        value.map(|value| (value, events))
    })
}

/// 가상 시간으로 돌린다. 시간이 멈추어 있다가, 모두가 기다릴 때에만 다음 타이머로 건너뛴다.
fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("런타임을 만든다");
    let hour = Duration::from_secs(3600);
    let limited = runtime.block_on(async { timeout(hour, future).await });
    limited.expect(
        "한 시간이 지나도 끝나지 않습니다. 깨울 사람이 없는 Pending을 돌려주지 않았는지 보세요",
    )
}

/// 묶음과, 그것이 나온 시각. 시각의 단위는 밀리초이다.
type Seen = Vec<(u128, Vec<u32>)>;

/// 끝날 때까지 나온 묶음들.
fn chunks(values: &[(u64, u32)], end: u64, n: usize, d: u64) -> Seen {
    run(async {
        let start = Instant::now();
        let mut chunks = Box::pin(chunks_timeout(source(values, end), n, ms(d)));
        let mut seen = Vec::new();
        while let Some(chunk) = chunks.next().await {
            seen.push((start.elapsed().as_millis(), chunk));
            assert!(
                seen.len() <= 20,
                "값은 몇 개뿐인데 묶음이 끝없이 나옵니다: {seen:?}"
            );
        }
        seen
    })
}

/// n개가 모이면 곧바로 나온다
#[test]
fn basic_full_chunks_come_at_once() {
    assert_eq!(
        chunks(&[(1, 10), (2, 11), (3, 12), (4, 13)], 5, 2, 20),
        [(2, vec![10, 11]), (4, vec![12, 13])],
        "둘씩 묶으므로 둘째와 넷째 값이 온 때에 나와야 합니다"
    );
}

/// 시간이 다 되면 모은 만큼 나온다
#[test]
fn what_there_is_comes_when_time_is_up() {
    assert_eq!(
        chunks(&[(10, 1), (15, 2), (100, 3)], 200, 10, 20),
        [(30, vec![1, 2]), (120, vec![3])],
        "첫 값이 10ms와 100ms에 왔으니 20ms 뒤인 30ms와 120ms에 나와야 합니다"
    );
}

/// 시간은 묶음의 첫 값부터 잰다
#[test]
fn the_time_counts_from_the_first_value() {
    let values: Vec<(u64, u32)> = (1..=6).map(|turn| (8 * u64::from(turn), turn)).collect();
    assert_eq!(
        chunks(&values, 100, 100, 20),
        [(28, vec![1, 2, 3]), (52, vec![4, 5, 6])],
        "값이 8ms마다 오고 첫 값이 8ms에 왔으니 첫 묶음은 28ms에, 둘째 묶음은 첫 값인 32ms부터 재어 52ms에 나와야 합니다"
    );
}

/// 가득 찬 묶음의 시간은 다음 묶음에 쓰지 않는다
#[test]
fn a_full_chunk_takes_its_timer_along() {
    assert_eq!(
        chunks(&[(4, 0), (5, 1), (20, 2)], 200, 2, 20),
        [(5, vec![0, 1]), (40, vec![2])],
        "첫 묶음은 가득 차서 5ms에 나왔고, 다음 묶음은 첫 값인 20ms부터 재어 40ms에 나와야 합니다"
    );
}

/// 시간이 다 된 때에 와 있는 값도 담는다
#[test]
fn a_value_that_is_there_comes_along() {
    assert_eq!(
        chunks(&[(10, 1), (30, 2)], 200, 10, 20),
        [(30, vec![1, 2])],
        "30ms에 시간이 다 되었고 그때 둘째 값도 와 있으니 함께 나와야 합니다"
    );
}

/// 조용한 원천에서는 빈 묶음이 나오지 않는다
#[test]
fn a_silent_source_gives_no_chunk() {
    assert_eq!(
        chunks(&[(500, 1)], 1000, 10, 20),
        [(520, vec![1])],
        "모은 값이 없는 동안에는 시간을 재지 않고, 빈 묶음을 내놓지 않아야 합니다"
    );
    assert_eq!(
        chunks(&[], 1000, 10, 20),
        [],
        "값이 하나도 없으면 묶음도 없어야 합니다"
    );
}

/// 원천이 끝나면 모으던 것이 곧바로 나온다
#[test]
fn the_end_hands_out_the_rest() {
    assert_eq!(
        chunks(&[(1, 10), (2, 11), (3, 12)], 7, 2, 20),
        [(2, vec![10, 11]), (7, vec![12])],
        "원천이 7ms에 끝났으니 더 기다리지 않고 모으던 값을 내놓아야 합니다"
    );
}

/// 끝난 원천에는 다시 묻지 않는다
#[test]
fn the_source_is_not_asked_after_its_end() {
    run(async {
        let mut chunks = Box::pin(chunks_timeout(source(&[(1, 10)], 2), 5, ms(20)));
        assert_eq!(
            chunks.next().await,
            Some(vec![10]),
            "원천이 끝났으니 모으던 값을 내놓아야 합니다"
        );
        for _ in 0..3 {
            assert_eq!(
                chunks.next().await,
                None,
                "원천이 이미 끝났다고 했으니 다시 묻지 말고 None을 주어야 합니다"
            );
        }
    });
}

/// 값이 늘 와 있어도 n개를 넘기지 않는다
#[test]
fn a_chunk_never_holds_more_than_n() {
    run(async {
        let mut chunks = Box::pin(chunks_timeout(stream::iter(0..), 3, ms(20)));
        for first in [0, 3, 6] {
            assert_eq!(
                chunks.next().await,
                Some(vec![first, first + 1, first + 2]),
                "끝없이 와 있는 값도 셋씩 끊어 내놓아야 합니다"
            );
        }
    });
}

/// 기다리다 그만두어도 모으던 것을 잃지 않는다
#[test]
fn giving_up_the_wait_loses_nothing() {
    run(async {
        let start = Instant::now();
        let values = [(1, 10), (2, 11), (3, 12)];
        let mut chunks = Box::pin(chunks_timeout(source(&values, 100), 9, ms(20)));
        let early = timeout(ms(2), chunks.next()).await;
        assert!(
            early.is_err(),
            "2ms에는 아직 내놓을 때가 아니니 기다리고 있어야 합니다"
        );
        assert_eq!(
            chunks.next().await,
            Some(vec![10, 11, 12]),
            "버린 것은 next가 돌려준 퓨처뿐이므로 모으던 값은 스트림에 남아 있어야 합니다"
        );
        assert_eq!(
            start.elapsed(),
            ms(21),
            "시간도 첫 값이 온 1ms부터 이어서 재어야 합니다"
        );
    });
}

/// 0개씩 묶으라고 하면 그 자리에서 패닉한다
#[test]
fn zero_panics_at_once() {
    let result = catch_unwind(|| drop(chunks_timeout(stream::iter([1]), 0, ms(20))));
    assert!(
        result.is_err(),
        "0개씩 묶을 수는 없으니 chunks_timeout을 부른 자리에서 패닉해야 합니다"
    );
}

/// 원천을 묻기 전에는 아무것도 시작하지 않는다
#[test]
fn the_first_poll_starts_it() {
    let chunks = chunks_timeout(stream::iter([1, 2, 3]), 2, ms(20));
    let first = run(async {
        let mut chunks = Box::pin(chunks);
        poll_fn(|cx| Pin::new(&mut chunks).poll_next(cx)).await
    });
    assert_eq!(
        first,
        Some(vec![1, 2]),
        "런타임 밖에서 만들어 두었다가 런타임 안에서 폴링해도 돌아야 합니다"
    );
}
