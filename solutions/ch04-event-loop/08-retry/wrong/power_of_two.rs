// 쉴 시간을 2의 거듭제곱으로 구합니다. 서른세 번째로 쉴 때 넘쳐서 패닉합니다.
// 잡는 테스트: nothing_overflows

use std::time::Duration;

use ch04_10_mini_runtime::time::{now, sleep};

/// 언제까지 어떻게 다시 할 것인가.
#[derive(Clone, Debug)]
pub struct Policy {
    /// 처음 쉬는 시간.
    pub first: Duration,
    /// 한 번에 쉬는 시간의 상한.
    pub cap: Duration,
    /// 첫 시도까지 센 시도의 수.
    pub tries: u32,
    /// 시작한 때부터 다시 하기를 그만둘 때까지의 시간.
    pub limit: Duration,
}

/// `attempt`가 성공할 때까지 `policy`대로 다시 한다.
///
/// # Errors
///
/// 다시 해도 소용없는 오류이거나 더 할 수 없으면 마지막 오류를 돌려준다.
pub async fn retry<T, E, F>(
    policy: &Policy,
    mut jitter: impl FnMut(Duration) -> Duration,
    is_retryable: impl Fn(&E) -> bool,
    mut attempt: impl FnMut(u32) -> F,
) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
{
    let start = now();
    let mut count = 1;
    loop {
        let error = match attempt(count).await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if count >= policy.tries || !is_retryable(&error) {
            return Err(error);
        }
        let backoff = policy.first * 2u32.pow(count - 1);
        let rest = jitter(backoff.min(policy.cap));
        // 기한을 더해서 구하면 `Duration::MAX`에서 패닉한다. 지난 시간과 견준다.
        if (now() - start).saturating_add(rest) > policy.limit {
            return Err(error);
        }
        sleep(rest).await;
        count += 1;
    }
}
