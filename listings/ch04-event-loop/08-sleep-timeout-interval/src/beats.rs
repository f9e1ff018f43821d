//! 되풀이의 이야기.

use std::iter;
use std::time::{Duration, Instant};

use ch04_08_sleep_timeout_interval::{Missed, advance, block_on_virtual, interval, now, sleep};

use crate::ms;

/// 되풀이하는 간격.
const PERIOD: Duration = ms(10);

fn line(start: Instant, beats: &[Instant]) -> String {
    let beats = beats
        .iter()
        .map(|beat| (*beat - start).as_millis().to_string());
    beats.collect::<Vec<_>>().join(" ")
}

// ANCHOR: drift
/// 3밀리초 걸리는 일을 하고 10밀리초를 잔다.
pub fn by_sleep() -> String {
    block_on_virtual(async {
        let (start, mut beats) = (now(), Vec::new());
        for _ in 0..5 {
            beats.push(now());
            sleep(ms(3)).await;
            sleep(PERIOD).await;
        }
        line(start, &beats)
    })
}
// ANCHOR_END: drift

// ANCHOR: kept
/// 10밀리초마다 오는 틱에 같은 일을 한다.
pub fn by_interval() -> String {
    block_on_virtual(async {
        let (start, mut beats) = (now(), Vec::new());
        let mut ticks = interval(PERIOD);
        for _ in 0..5 {
            ticks.tick().await;
            beats.push(now());
            sleep(ms(3)).await;
        }
        line(start, &beats)
    })
}
// ANCHOR_END: kept

// ANCHOR: missed
/// 둘째 틱에 25밀리초를 막는다. 틱이 왔어야 할 때와 온 때를 적는다.
pub fn missed(missed: Missed) -> (String, String) {
    block_on_virtual(async {
        let (start, mut due, mut came) = (now(), Vec::new(), Vec::new());
        let mut ticks = interval(PERIOD);
        ticks.missed = missed;
        for block in [0, 25].into_iter().chain(iter::repeat_n(0, 4)) {
            due.push(ticks.tick().await);
            came.push(now());
            advance(ms(block));
        }
        (line(start, &due), line(start, &came))
    })
}
// ANCHOR_END: missed
