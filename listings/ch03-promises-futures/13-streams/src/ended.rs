//! 끝난 스트림에 또 묻기.

use std::panic;

use ch03_13_streams::faulty::Unfused;
use ch03_13_streams::{BufferUnordered, Stream, StreamOps};
use futures::stream::unfold;
use tokio::time::sleep;

use crate::clock::{ms, virtual_time};

// ANCHOR: jobs
/// 일 둘을 내놓고 끝나는 스트림. 끝난 뒤에 또 물으면 `unfold`가 패닉한다.
fn two_jobs() -> impl Stream<Item = impl Future<Output = u64>> {
    unfold(1, async |turn| (turn <= 2).then_some((job(turn), turn + 1)))
}

async fn job(turn: u64) -> u64 {
    sleep(ms(turn * 10)).await;
    turn
}
// ANCHOR_END: jobs

pub fn tell() {
    println!("== 끝난 뒤에 또 묻기 ==");
    // 여기서 나는 패닉은 일부러 낸 것이라 표준 오류에 적지 않는다.
    panic::set_hook(Box::new(|_| {}));
    let unfused = panic::catch_unwind(|| run(Unfused::new(two_jobs(), 3)));
    let _ = panic::take_hook();
    let message = unfused.expect_err("끝난 스트림에 또 묻는다");
    let message = message.downcast_ref::<&str>().expect("글로 패닉한다");
    println!("[Rust] Unfused: {message}");
    let fused = run(BufferUnordered::new(two_jobs(), 3));
    println!("[Rust] BufferUnordered: {fused:?}");
}

fn run(results: impl Stream<Item = u64>) -> Vec<u64> {
    virtual_time(results.to_vec())
}

#[cfg(test)]
mod tests {
    use std::iter::from_fn;

    use ch03_13_streams::iter;

    use super::*;

    // ANCHOR: tests
    #[test]
    #[should_panic(expected = "Unfold must not be polled after it returned")]
    fn an_ended_stream_is_asked_again() {
        run(Unfused::new(two_jobs(), 3));
    }

    /// 둘을 주고 `None`을 한 번 준 뒤, 또 둘을 주는 반복자.
    fn comes_back() -> impl Iterator<Item = u64> + Unpin {
        let mut turn = 0;
        from_fn(move || {
            turn += 1;
            (turn % 3 != 0 && turn < 6).then_some(turn)
        })
    }

    #[test]
    fn an_ended_stream_may_even_come_back() {
        let jobs = || iter(comes_back()).map(job);
        assert_eq!(run(Unfused::new(jobs(), 3)), [1, 2, 4, 5]);
        assert_eq!(run(BufferUnordered::new(jobs(), 3)), [1, 2]);
    }
    // ANCHOR_END: tests
}
