//! 타이머를 가상 시간 위에서 모형과 견준다. 실제 시간은 흐르지 않는다.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch04_10_mini_runtime::time::{Missed, interval, now, sleep, sleep_until, timeout};
use ch04_10_mini_runtime::{Runtime, spawn, yield_now};
use proptest::prelude::*;

fn on_virtual_time<F: Future>(future: F) -> F::Output {
    Runtime::with_virtual_time().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// 잠든 태스크는 기한의 차례대로, 기한이 같으면 잠든 차례대로 깨고, 꼭 제 기한에 깬다. 취소된 것은 깨지 않는다.
    #[test]
    fn sleeps_end_in_order_and_on_time(
        plan in prop::collection::vec((0..100_000_u64, prop::option::of(0..100_000_u64)), 1..60),
    ) {
        let log = Rc::new(RefCell::new(Vec::new()));
        on_virtual_time(async {
            let start = now();
            let mut tasks = Vec::new();
            for (n, &(ms, cancel)) in plan.iter().enumerate() {
                let log = Rc::clone(&log);
                let task = spawn(async move {
                    sleep_until(start + Duration::from_millis(ms)).await;
                    log.borrow_mut().push((now() - start, n));
                });
                tasks.push((task, cancel));
            }
            yield_now().await;
            // 취소하는 쪽도 같은 시계로, 적힌 때의 1밀리초 앞까지 기다린다.
            let mut cancels: Vec<_> = tasks.iter().enumerate()
                .filter_map(|(n, (_, cancel))| cancel.map(|ms| (ms, n))).collect();
            cancels.sort();
            for (ms, n) in cancels {
                if ms > 0 {
                    sleep_until(start + Duration::from_millis(ms - 1)).await;
                }
                tasks[n].0.abort();
            }
            for (task, _) in tasks {
                _ = task.await;
            }
        });
        let mut want: Vec<_> = plan.iter().enumerate()
            .filter(|(_, (ms, cancel))| cancel.is_none_or(|cancel| cancel.saturating_sub(1) >= *ms))
            .map(|(n, (ms, _))| (*ms, n)).collect();
        want.sort();
        let got: Vec<_> = log.borrow().iter().map(|(at, n)| (at.as_millis() as u64, *n)).collect();
        // 같은 밀리초에 기한과 취소가 겹치면 어느 쪽이 먼저인지는 정하지 않았다.
        let tie = |n: usize| plan[n].1.is_some_and(|cancel| cancel.saturating_sub(1) == plan[n].0);
        let clear = |list: Vec<(u64, usize)>| -> Vec<_> {
            list.into_iter().filter(|(_, n)| !tie(*n)).collect()
        };
        prop_assert_eq!(clear(got), clear(want));
    }

    /// 놓친 틱을 정한 대로 다룬다.
    #[test]
    fn intervals_follow_their_rule(
        period in 1..50_u64,
        works in prop::collection::vec(0..200_u64, 1..20),
        missed in prop::sample::select(vec![Missed::Burst, Missed::Skip, Missed::Delay]),
    ) {
        let got = on_virtual_time(async {
            let mut beat = interval(Duration::from_millis(period));
            beat.missed = missed;
            let mut start = None;
            let mut got = Vec::new();
            for work in &works {
                let due = beat.tick().await;
                let start = *start.get_or_insert(due);
                got.push(((due - start).as_millis() as u64, (now() - start).as_millis() as u64));
                sleep(Duration::from_millis(*work)).await;
            }
            got
        });
        let (mut due, mut clock) = (0, 0);
        for (work, got) in works.iter().zip(got) {
            clock = u64::max(clock, due);
            prop_assert_eq!(got, (due, clock));
            due = match missed {
                _ if clock < due + period => due + period,
                Missed::Burst => due + period,
                Missed::Skip => clock - (clock - due) % period + period,
                Missed::Delay => clock + period,
            };
            clock += work;
        }
    }

    /// `timeout`은 둘 가운데 이른 쪽이고, 같으면 끝난 쪽이다.
    #[test]
    fn timeout_takes_the_earlier(work in 0..5000_u64, limit in 0..5000_u64) {
        let (result, passed) = on_virtual_time(async {
            let start = now();
            let work = sleep(Duration::from_millis(work));
            let result = timeout(Duration::from_millis(limit), work).await;
            (result.is_ok(), (now() - start).as_millis() as u64)
        });
        prop_assert_eq!((result, passed), (work <= limit, work.min(limit)));
    }
}
