//! 지연을 재는 박동과, 루프를 막는 보고서의 세 가지 꼴.

use std::ops::Range;
use std::time::Duration;

use ch02_01_completion_callback::Pool;

use crate::clock::{ms, spin};
use crate::event_loop::EventLoop;

#[derive(Clone, Copy)]
pub struct Beat {
    pub period: Duration,
    pub until: Duration,
    /// 앞의 예정과 지금 가운데 어느 쪽에서 다음을 셀지 고른다.
    pub from: From,
}

impl Beat {
    pub fn new(period: Duration, until: Duration) -> Beat {
        let from = |due, _now| due;
        Beat {
            period,
            until,
            from,
        }
    }

    // ANCHOR: beat
    /// `due`에 뛰어, 예정보다 얼마나 늦었는지 적고 다음 박동을 건다.
    pub fn start(self, on: &mut EventLoop, due: Duration) {
        on.at("박동", due, move |on| {
            let lag = on.now() - due;
            on.lag.record(lag);
            on.tell("박동", &format!("지연 {}ms", lag.as_millis()));
            let next = (self.from)(due, on.now()) + self.period;
            if next <= self.until {
                self.start(on, next);
            }
        });
    }
    // ANCHOR_END: beat
}

/// 앞의 예정과 지금을 받는다.
pub type From = fn(Duration, Duration) -> Duration;

// ANCHOR: blocking
pub const ROWS: Range<u64> = 1..41;
/// 한 줄을 더하는 데 걸리는 시간.
pub const ROW: Duration = ms(1);

fn add(on: &mut EventLoop, rows: Range<u64>) -> u64 {
    rows.inspect(|_| on.block(ROW)).sum()
}

pub fn blocking(on: &mut EventLoop) {
    on.tell("보고서", "시작");
    let total = add(on, ROWS);
    on.tell("보고서", &format!("합계 {total}"));
}
// ANCHOR_END: blocking

// ANCHOR: sliced
/// 한 번에 `slice`줄씩만 더하고, 남은 것은 큐의 뒤에 다시 세운다.
pub fn sliced(on: &mut EventLoop, slice: u64) {
    on.tell("보고서", "시작");
    step(on, ROWS, 0, slice);
}

fn step(on: &mut EventLoop, rows: Range<u64>, before: u64, slice: u64) {
    let end = rows.end.min(rows.start + slice);
    let total = before + add(on, rows.start..end);
    if end == rows.end {
        return on.tell("보고서", &format!("합계 {total}"));
    }
    on.post("보고서", move |on| step(on, end..rows.end, total, slice));
}
// ANCHOR_END: sliced

// ANCHOR: offloaded
pub fn offloaded(on: &mut EventLoop, pool: &Pool) {
    on.tell("보고서", "시작");
    let cost = ROW * 40;
    on.offload(
        pool,
        ("보고서", cost),
        || ROWS.sum::<u64>(),
        |on, total| {
            let total = total.expect("합은 패닉하지 않는다");
            on.tell("보고서", &format!("합계 {total}"));
        },
    );
}
// ANCHOR_END: offloaded

/// 진짜 시계로 잴 때 맡기는 일. 루프에서 더할 때와 같은 시간이 걸린다.
pub fn offloaded_for_real(on: &mut EventLoop, pool: &Pool) {
    let cost = ROW * 40;
    on.offload(pool, ("보고서", cost), move || spin(cost), |_, _| {});
}
