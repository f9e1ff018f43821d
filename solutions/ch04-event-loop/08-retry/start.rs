//! 서버가 잠깐 바쁠 때 곧바로 다시 물으면 더 바빠집니다. 실패할 때마다 두 배씩 더 쉬었다가 다시 하는 `retry`를
//! 완성하세요. 10절의 런타임 위에서 돌고, 시간은 그 런타임의 시계로 잽니다.
//!
//! - `attempt`를 부르고 그 퓨처를 기다립니다. 성공하면 그 값을 돌려줍니다. `attempt`는 몇 번째 시도인지를 1부터
//!   받습니다.
//! - `is_retryable`이 거짓인 오류는 쉬지 않고 그대로 돌려줍니다.
//! - 시도는 첫 번째까지 세어 `policy.tries`번을 넘지 않습니다. 다 했으면 마지막 오류를 돌려줍니다. 마지막 시도
//!   뒤에는 쉬지 않습니다. `tries`는 적어도 1입니다.
//! - 첫 번째로 쉴 시간은 `policy.first`이고, 그다음부터는 두 배씩 늘되 `policy.cap`을 넘지 않습니다.
//! - 그렇게 정한 시간을 `jitter`에 건네면 실제로 쉴 시간이 나옵니다. 실패한 시도마다 많아야 한 번 부르고,
//!   횟수를 다 썼거나 다시 할 수 없는 오류이면 부르지 않습니다. 정말 쓸 때는 여럿이 한꺼번에 몰리지 않도록
//!   무작위로 흩는 함수를 넣고, 테스트에는 정해진 함수를 넣습니다.
//! - `retry`를 시작한 때부터 `policy.limit`까지만 다시 합니다. 쉬고 나면 그때를 넘을 것 같으면 쉬지 않고 곧바로
//!   마지막 오류를 돌려줍니다. 딱 그때에 깨는 것은 괜찮습니다. 이미 시작한 시도는 자르지 않습니다.
//! - `tries`는 `u32::MAX`, `limit`은 `Duration::MAX`일 수 있습니다. 넘쳐서 패닉하면 안 됩니다.

use std::time::Duration;

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
    let error = match attempt(1).await {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let _ = (is_retryable(&error), jitter(policy.first));
    todo!("더 할 수 있으면 쉬었다가 다시 하세요")
}
