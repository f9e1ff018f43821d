//! 시간이 다 되어 버리기.

use std::cell::RefCell;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

use crate::story::paused;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

// ANCHOR: save
/// 줄마다 저장한다. 한 줄에 4밀리초가 걸린다.
async fn row_by_row(saved: &RefCell<Vec<u32>>) {
    for row in 1..=4 {
        sleep(ms(4)).await;
        saved.borrow_mut().push(row);
    }
}

/// 모아 두었다가 한 번에 저장한다.
async fn all_at_once(saved: &RefCell<Vec<u32>>) {
    let mut rows = Vec::new();
    for row in 1..=4 {
        sleep(ms(4)).await;
        rows.push(row);
    }
    *saved.borrow_mut() = rows;
}
// ANCHOR_END: save

// ANCHOR: in_time
/// `limit` 안에 끝났는지와, 한참 뒤에 저장되어 있는 줄.
async fn save_in(limit: Duration, save: impl AsyncFn(&RefCell<Vec<u32>>)) -> (bool, Vec<u32>) {
    let start = Instant::now();
    let saved = RefCell::default();
    let result = timeout(limit, save(&saved)).await;
    println!("[Rust] {:?}: {result:?}", start.elapsed());
    sleep(ms(100)).await;
    println!("[Rust] {:?}: {:?}", start.elapsed(), saved.borrow());
    (result.is_ok(), saved.into_inner())
}
// ANCHOR_END: in_time

pub fn partial_work() {
    println!("== 타임아웃 ==");
    paused().block_on(save_in(ms(10), row_by_row));
    println!("== 한 번에 저장 ==");
    paused().block_on(save_in(ms(10), all_at_once));
}

// ANCHOR: busy
/// 합을 구한다. `polite`면 걸음마다 양보한다.
async fn sum(steps: u64, polite: bool) -> u64 {
    let mut sum = 0;
    for step in 1..=steps {
        sum += step;
        if polite {
            yield_now().await;
        }
    }
    sum
}

async fn already_late(polite: bool) -> Option<u64> {
    timeout(Duration::ZERO, sum(1_000, polite)).await.ok()
}
// ANCHOR_END: busy

pub fn never_yields() {
    println!("== 양보하지 않는 퓨처 ==");
    for polite in [false, true] {
        let result = paused().block_on(already_late(polite));
        println!("[Rust] 양보 {polite}: {result:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_leaves_what_was_done_so_far() {
        let rows = paused().block_on(save_in(ms(10), row_by_row));
        assert_eq!(rows, (false, vec![1, 2]));
    }

    #[test]
    fn saving_at_once_leaves_all_or_nothing() {
        for limit in 1..20 {
            let (in_time, rows) = paused().block_on(save_in(ms(limit), all_at_once));
            let expected = if in_time { vec![1, 2, 3, 4] } else { vec![] };
            assert_eq!(rows, expected, "{limit}밀리초");
            assert_eq!(in_time, limit >= 16, "{limit}밀리초");
        }
    }

    #[test]
    fn only_a_future_that_yields_can_be_timed_out() {
        assert_eq!(paused().block_on(already_late(false)), Some(500_500));
        assert_eq!(paused().block_on(already_late(true)), None);
    }
}
