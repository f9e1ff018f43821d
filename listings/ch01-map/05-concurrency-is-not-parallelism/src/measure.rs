//! 손 둘이 코어 하나를 나눠 쓸 때와 코어 둘을 쓸 때, 혼자 하는 몫이 있을 때를 잰다.

use std::hint::black_box;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crate::steps::{ALONE, PIECES, work};

const ROUNDS: usize = 20;

type Form = fn() -> Duration;

/// 모두 재어 찍는다. 한 번의 실행에서 번갈아 재고, 저마다 가장 짧은 값을 견준다.
pub fn run() -> io::Result<()> {
    let cores = thread::available_parallelism()?.get();
    println!("코어 {cores}개, {ROUNDS}번 가운데 가장 짧은 값");
    let forms: [(&str, Form); 5] = [
        ("손 하나", || time(1, 0)),
        ("손 둘, 코어 하나", || on_one_core(|| time(2, 0))),
        ("손 둘", || time(2, 0)),
        ("손 둘, 25조각은 혼자", || time(2, ALONE)),
        ("손 둘, 모두 혼자", || time(2, PIECES)),
    ];
    let mut best = [Duration::MAX; 5];
    for _ in 0..ROUNDS {
        for (best, (_, form)) in best.iter_mut().zip(forms) {
            *best = (*best).min(form());
        }
    }
    for (time, (name, _)) in best.iter().zip(forms) {
        let ratio = best[0].as_secs_f64() / time.as_secs_f64();
        println!("{name}: {time:.1?}, {ratio:.2}배");
    }
    Ok(())
}

fn time(hands: usize, alone: usize) -> Duration {
    let start = Instant::now();
    work(hands, alone, |_| crunch());
    start.elapsed()
}

/// 조각 하나. 1밀리초쯤 계산한다.
fn crunch() {
    let mut mixed = 1_u64;
    for round in 0..1_000_000 {
        mixed = black_box(
            mixed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(round),
        );
    }
}

// ANCHOR: one_core
/// 새 스레드를 코어 하나에 묶고 그 위에서 `job`을 한다. `job`이 띄우는 스레드도 함께 묶인다.
#[cfg(target_os = "linux")]
pub fn on_one_core<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let pinned = move || {
        let allowed = sched_getaffinity(None).expect("쓸 수 있는 코어를 안다");
        let first = (0..CpuSet::MAX_CPU).find(|&core| allowed.is_set(core));
        let mut one = CpuSet::new();
        one.set(first.expect("코어가 하나는 있다"));
        sched_setaffinity(None, &one).expect("쓸 수 있는 코어이다");
        job()
    };
    thread::scope(|scope| scope.spawn(pinned).join().expect("패닉하지 않는다"))
}
// ANCHOR_END: one_core

/// 코어를 고를 수 없는 운영체제에서는 그냥 한다.
#[cfg(not(target_os = "linux"))]
pub fn on_one_core<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    job()
}
