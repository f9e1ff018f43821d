//! 진짜 시계로 재는 지연과 비용.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ch02_01_completion_callback::Pool;

use crate::clock::{Clock, ms};
use crate::event_loop::EventLoop;
use crate::histogram::Histogram;
use crate::work::{Beat, ROW, blocking, offloaded_for_real, sliced};

type Report = Rc<dyn Fn(&mut EventLoop)>;

/// 다른 프로그램의 방해를 덜려고 여러 번 재어 가장 나은 것을 쓴다.
const ROUNDS: usize = 5;

pub fn measure() {
    let pool = Rc::new(Pool::new(1));
    let reports: [(&str, Option<Report>); 5] = [
        ("idle", None),
        ("blocking", Some(Rc::new(blocking))),
        ("sliced-8", Some(Rc::new(|on| sliced(on, 8)))),
        ("sliced-1", Some(Rc::new(|on| sliced(on, 1)))),
        (
            "offloaded",
            Some(Rc::new(move |on| offloaded_for_real(on, &pool))),
        ),
    ];
    for (name, report) in reports {
        println!("{name}: {}", best(|| real_day(report.clone())));
    }
    println!("pool-dropped: {}", best(|| real_day(Some(with_own_pool()))));
    let yields = (0..ROUNDS).map(|_| yield_cost()).min();
    println!("yield: {:?}", yields.expect("한 번은 잰다"));
    let mut trips: Vec<_> = (0..ROUNDS).map(|_| offload_cost()).collect();
    trips.sort();
    println!("offload: {:?}부터 {:?}까지", trips[0], trips[ROUNDS - 1]);
}

fn best(round: impl Fn() -> Histogram) -> Histogram {
    let rounds = (0..ROUNDS).map(|_| round());
    let best = rounds.min_by_key(|lag| (lag.percentile(99), lag.max()));
    best.expect("한 번은 잰다")
}

/// 풀의 주인이 보고서뿐이라, 마지막 보고서의 처리 함수가 풀을 버린다.
fn with_own_pool() -> Report {
    let pool = Pool::new(1);
    Rc::new(move |on| offloaded_for_real(on, &pool))
}

// ANCHOR: real_day
/// 1밀리초마다 박동이 뛰는 3초 동안 보고서를 0.2초에 하나씩 만든다.
fn real_day(report: Option<Report>) -> Histogram {
    let mut on = EventLoop::new(Clock::Real(Instant::now()));
    let (period, until) = (ms(1), ms(3000));
    Beat::new(period, until).start(&mut on, period);
    if let Some(report) = report {
        for start in (100..3000).step_by(200) {
            let report = Rc::clone(&report);
            on.at("알람", ms(start), |on| {
                on.post("보고서", move |on| report(on))
            });
        }
    }
    on.run();
    on.lag
}
// ANCHOR_END: real_day

const TURNS: u32 = 1_000_000;

/// 아무것도 하지 않고 다시 서는 데 걸리는 시간.
fn yield_cost() -> Duration {
    fn again(on: &mut EventLoop, left: u32) {
        if left > 0 {
            on.post("양보", move |on| again(on, left - 1));
        }
    }
    let mut on = EventLoop::new(Clock::Real(Instant::now()));
    again(&mut on, TURNS);
    on.run();
    on.now() / TURNS
}

const TRIPS: u32 = 20_000;

/// 빈 일을 맡기고 결과를 받기까지 걸리는 시간.
fn offload_cost() -> Duration {
    fn again(on: &mut EventLoop, pool: Arc<Pool>, left: u32) {
        let shared = Arc::clone(&pool);
        on.offload(
            &pool,
            ("빈 일", ROW),
            || (),
            move |on, _| {
                if left > 1 {
                    again(on, shared, left - 1);
                }
            },
        );
    }
    let mut on = EventLoop::new(Clock::Real(Instant::now()));
    again(&mut on, Arc::new(Pool::new(1)), TRIPS);
    on.run();
    on.now() / TRIPS
}
