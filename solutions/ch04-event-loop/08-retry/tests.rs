//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch04_10_mini_runtime::Runtime;
use ch04_10_mini_runtime::time::{now, sleep_until, timeout};
use ex04_08_retry::{Policy, retry};

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// 10ms에서 시작해 40ms까지 쉬고, 다섯 번까지 하는 정책.
const POLICY: Policy = Policy {
    first: ms(10),
    cap: ms(40),
    tries: 5,
    limit: ms(10_000),
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    /// 몇 번째 시도에서 바빴는지.
    Busy(u32),
    Forbidden,
}

/// 결과와, 시도를 시작한 시각들과, 돌아온 시각. 단위는 밀리초이다.
type Seen = (Result<u32, Failure>, Vec<u128>, u128);

/// 시도마다 `takes`만큼 걸리는 서버에 가상 시간으로 다시 한다.
fn play(
    policy: &Policy,
    takes: Duration,
    jitter: impl FnMut(Duration) -> Duration,
    answer: impl Fn(u32) -> Result<u32, Failure>,
) -> Seen {
    let runtime = Runtime::with_virtual_time().expect("런타임을 만든다");
    let tried = Rc::new(RefCell::new(Vec::new()));
    runtime.block_on(async {
        let start = now();
        let attempt = |count| {
            tried.borrow_mut().push((now() - start).as_millis());
            assert!(tried.borrow().len() <= 200, "끝없이 다시 하고 있습니다");
            let answer = answer(count);
            async move {
                sleep_until(now() + takes).await;
                answer
            }
        };
        let is_retryable = |error: &Failure| matches!(error, Failure::Busy(_));
        let retried = retry(policy, jitter, is_retryable, attempt);
        let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
        let result = timeout(century, retried).await;
        let result = result.expect("백 년이 지나도 끝나지 않습니다");
        let tried = tried.borrow().clone();
        (result, tried, (now() - start).as_millis())
    })
}

fn busy(count: u32) -> Result<u32, Failure> {
    Err(Failure::Busy(count))
}

/// 성공할 때까지 다시 한다
#[test]
fn basic_it_tries_until_success() {
    let third = |count| if count == 3 { Ok(count) } else { busy(count) };
    let (result, tried, _) = play(&POLICY, ms(0), |rest| rest, third);
    assert_eq!(result, Ok(3), "세 번째 시도가 성공합니다");
    assert_eq!(
        tried,
        [0, 10, 30],
        "10ms를 쉬고, 두 배인 20ms를 쉬고 다시 해야 합니다"
    );
}

/// 처음에 성공하면 쉬지 않는다
#[test]
fn a_first_success_does_not_rest() {
    let seen = play(&POLICY, ms(3), |rest| rest, Ok);
    assert_eq!(
        seen,
        (Ok(1), vec![0], 3),
        "한 번에 성공했으니 시도에 걸린 3ms만 지나야 합니다"
    );
}

/// 쉬는 시간은 상한까지만 늘어난다
#[test]
fn the_rest_is_capped() {
    let (_, tried, _) = play(&POLICY, ms(0), |rest| rest, busy);
    assert_eq!(
        tried,
        [0, 10, 30, 70, 110],
        "10, 20, 40ms로 늘고 그다음에도 상한인 40ms를 쉬어야 합니다"
    );
    let small = Policy {
        cap: ms(7),
        tries: 3,
        ..POLICY
    };
    let (_, tried, _) = play(&small, ms(0), |rest| rest, busy);
    assert_eq!(
        tried,
        [0, 7, 14],
        "처음 쉬는 시간도 상한을 넘지 않아야 합니다"
    );
}

/// 다 했으면 마지막 오류가 쉬지 않고 온다
#[test]
fn the_last_error_comes_without_a_rest() {
    let (result, tried, end) = play(&POLICY, ms(1), |rest| rest, busy);
    assert_eq!(
        result,
        Err(Failure::Busy(5)),
        "마지막 시도의 오류여야 합니다"
    );
    assert_eq!(
        tried.last(),
        Some(&114),
        "첫 시도까지 세어 다섯 번째가 마지막입니다"
    );
    assert_eq!(
        end, 115,
        "마지막 시도 뒤에는 다시 할 것이 없으니 쉬지 않아야 합니다"
    );
}

/// 한 번만 하는 정책은 쉬지 않는다
#[test]
fn one_try_is_one_try() {
    let once = Policy { tries: 1, ..POLICY };
    assert_eq!(
        play(&once, ms(0), |rest| rest, busy),
        (Err(Failure::Busy(1)), vec![0], 0),
        "다시 하지 않는 정책입니다"
    );
}

/// 다시 해도 소용없는 오류는 바로 돌아온다
#[test]
fn a_hopeless_error_comes_back_at_once() {
    let second = |count| match count {
        1 => busy(1),
        _ => Err(Failure::Forbidden),
    };
    assert_eq!(
        play(&POLICY, ms(0), |rest| rest, second),
        (Err(Failure::Forbidden), vec![0, 10], 10),
        "바쁜 것은 다시 하고, 금지된 것은 다시 하지 않아야 합니다"
    );
}

/// 흩는 함수가 실제로 쉴 시간을 정한다
#[test]
fn jitter_sets_the_rest() {
    let mut asked = Vec::new();
    let halve = |rest: Duration| {
        asked.push(rest.as_millis());
        rest / 2
    };
    let (_, tried, _) = play(&POLICY, ms(0), halve, busy);
    assert_eq!(
        tried,
        [0, 5, 15, 35, 55],
        "jitter가 돌려준 절반만 쉬어야 합니다"
    );
    assert_eq!(
        asked,
        [10, 20, 40, 40],
        "jitter에는 상한까지 적용한 시간을 건네고, 흩은 것을 다시 두 배로 하지 않아야 합니다. 마지막 시도 뒤에는 부르지 않습니다"
    );
}

/// 쉬고 나면 늦을 것 같으면 쉬지 않는다
#[test]
fn the_limit_ends_it_before_the_rest() {
    let hurried = Policy {
        limit: ms(69),
        ..POLICY
    };
    assert_eq!(
        play(&hurried, ms(0), |rest| rest, busy),
        (Err(Failure::Busy(3)), vec![0, 10, 30], 30),
        "30ms에 40ms를 더 쉬면 69ms를 넘으므로 바로 그만두어야 합니다"
    );
}

/// 딱 그때에 깨는 것은 괜찮다
#[test]
fn waking_just_at_the_limit_is_in_time() {
    let just = Policy {
        limit: ms(70),
        ..POLICY
    };
    let (_, tried, end) = play(&just, ms(0), |rest| rest, busy);
    assert_eq!(
        (tried, end),
        (vec![0, 10, 30, 70], 70),
        "70ms에 깨어 한 번 더 하고, 더는 쉬지 않아야 합니다"
    );
}

/// 시도에 걸린 시간도 센다
#[test]
fn attempts_take_time_too() {
    let hurried = Policy {
        limit: ms(100),
        ..POLICY
    };
    assert_eq!(
        play(&hurried, ms(45), |rest| rest, busy),
        (Err(Failure::Busy(2)), vec![0, 55], 100),
        "두 번째 시도가 끝나면 이미 100ms입니다. 쉰 시간만 더하면 안 됩니다"
    );
}

/// 시작한 시도는 자르지 않는다
#[test]
fn a_started_attempt_is_not_cut() {
    let hurried = Policy {
        limit: ms(30),
        ..POLICY
    };
    let second = |count| if count == 2 { Ok(count) } else { busy(count) };
    assert_eq!(
        play(&hurried, ms(15), |rest| rest, second),
        (Ok(2), vec![0, 25], 40),
        "25ms에 시작한 시도는 30ms를 넘겨서 성공해도 됩니다"
    );
}

/// 아무리 여러 번 해도 넘치지 않는다
#[test]
fn nothing_overflows() {
    let patient = Policy {
        tries: u32::MAX,
        limit: Duration::MAX,
        ..POLICY
    };
    let late = |count| if count == 100 { Ok(count) } else { busy(count) };
    let (result, tried, _) = play(&patient, ms(0), |rest| rest, late);
    assert_eq!(result, Ok(100), "백 번째에 성공합니다");
    assert_eq!(
        tried.last(),
        Some(&(10 + 20 + 97 * 40)),
        "두 배씩 늘다가 상한에 닿은 뒤로는 늘 40ms를 쉬어야 합니다"
    );
}
