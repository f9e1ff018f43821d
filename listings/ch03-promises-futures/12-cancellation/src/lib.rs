//! 퓨처를 버릴 수 있는 자리마다 버려 보며 무엇이 남는지 본다.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub mod bank;
pub mod cleanup;
pub mod faulty;
pub mod orders;

/// 이만큼 물어도 끝나지 않으면 물어도 나아가지 않는 퓨처로 본다.
const LIMIT: usize = 1_000;

// ANCHOR: poll_times
/// `future`를 많아야 `polls`번 폴링하고 버린다. 그 안에 끝났으면 결과를, 아니면 `None`을 돌려준다.
pub fn poll_times<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return Some(output);
        }
    }
    None
}
// ANCHOR_END: poll_times

// ANCHOR: for_each
/// `run`을 0번, 1번, 2번, … 폴링하고 버리기를 끝까지 가는 퓨처가 나올 때까지 되풀이한다.
///
/// 버릴 때마다 폴링한 횟수와 결과(취소했으면 `None`)와 남은 상태로 `check`를 부른다.
/// 끝까지 가는 데 든 폴링의 수를 돌려준다. 깨우는 이가 없어도 물으면 나아가는 퓨처여야 한다.
///
/// # Panics
///
/// 천 번을 물어도 끝나지 않으면 패닉한다.
pub fn for_each_cancellation<S, T>(
    setup: impl Fn() -> S,
    run: impl AsyncFn(&mut S) -> T,
    mut check: impl FnMut(usize, Option<T>, S),
) -> usize {
    for polls in 0..LIMIT {
        let mut state = setup();
        let output = poll_times(run(&mut state), polls);
        let finished = output.is_some();
        check(polls, output, state);
        if finished {
            return polls;
        }
    }
    panic!("{LIMIT}번 물어도 끝나지 않는 퓨처입니다")
}
// ANCHOR_END: for_each

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::task::yield_now;

    use super::*;

    #[test]
    fn every_pause_is_cancelled_once() {
        let mut seen = Vec::new();
        let polls = for_each_cancellation(
            || 0,
            async |steps| {
                for _ in 0..3 {
                    *steps += 1;
                    yield_now().await;
                }
                "끝"
            },
            |polls, output, steps| seen.push((polls, output, steps)),
        );
        assert_eq!(polls, 4);
        let cancelled = (0..4).map(|n| (n, None, n));
        let all: Vec<_> = cancelled.chain([(4, Some("끝"), 3)]).collect();
        assert_eq!(seen, all);
    }

    #[test]
    #[should_panic(expected = "물어도 끝나지 않는")]
    fn a_future_that_never_moves_is_reported() {
        for_each_cancellation(|| (), async |()| pending::<()>().await, |_, _, ()| {});
    }
}
