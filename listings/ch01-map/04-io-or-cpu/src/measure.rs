//! 세 곳에서 걸린 시간을 하나씩 할 때와 견준다. 한 번의 실행에서 번갈아 잰다.

use std::hint::black_box;
use std::io;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPool;
use rustix::time::{ClockId, clock_gettime};

use crate::kitchen::{Kitchen, ask, ask_later};
use crate::places::{on_rayon, on_tasks, on_threads, rayon_pool};
use crate::primes::{count_primes, piece};

const ROUNDS: usize = 15;
// ANCHOR: sizes
const REQUESTS: usize = 64;
/// 주방이 답하기까지 걸리는 시간.
const DELAY: Duration = Duration::from_millis(10);
/// 계산할 조각의 수와 폭.
const BIG: (usize, u32) = (64, 20_000);
const SMALL: (usize, u32) = (4_000, 50);
// ANCHOR_END: sizes

const NAMES: [&str; 4] = ["하나씩", "스레드", "태스크", "rayon"];

/// 모두 재어 찍는다.
pub fn run() -> io::Result<()> {
    let cores = thread::available_parallelism()?.get();
    println!("코어 {cores}개, {ROUNDS}번 가운데 가장 짧은 값");
    let pool = rayon_pool(cores);
    print("기다리는 일", || time_waiting(&pool));
    print("계산하는 일", || time_counting(&pool, BIG));
    print("잘게 나눈 계산", || time_counting(&pool, SMALL));
    let kitchen = Kitchen::open()?;
    let address = kitchen.address();
    let cook = thread::spawn(move || kitchen.serve_slowly(REQUESTS, DELAY));
    let waiting = clocks(|| (0..REQUESTS).for_each(|number| drop(ask(address, number))));
    cook.join().expect("패닉하지 않는다")?;
    let counting = clocks(|| (0..BIG.0).for_each(|number| count(number, BIG.1)));
    for (name, (wall, cpu)) in [("기다리는 일", waiting), ("계산하는 일", counting)] {
        let share = 100.0 * cpu.as_secs_f64() / wall.as_secs_f64();
        println!("{name}: 벽시계 {wall:.1?}, CPU {cpu:.1?}, 몫 {share:.1}%");
    }
    Ok(())
}

// ANCHOR: clocks
/// `job`이 도는 동안 벽시계가 간 시간과, 이 스레드가 CPU를 쓴 시간.
pub fn clocks(job: impl FnOnce()) -> (Duration, Duration) {
    let (wall, cpu) = (Instant::now(), cpu_time());
    job();
    (wall.elapsed(), cpu_time() - cpu)
}

/// 이 스레드가 지금까지 CPU를 쓴 시간. 자는 동안은 늘지 않는다.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.try_into().expect("음수가 아니다")
}
// ANCHOR_END: clocks

fn print(what: &str, mut round: impl FnMut() -> [Duration; 4]) {
    let mut best = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        let times = round();
        best = std::array::from_fn(|place| best[place].min(times[place]));
    }
    for (name, time) in NAMES.iter().zip(best) {
        let ratio = best[0].as_secs_f64() / time.as_secs_f64();
        println!("{what}: {name} {time:.1?}, {ratio:.2}배");
    }
}

fn time_waiting(pool: &ThreadPool) -> [Duration; 4] {
    let kitchen = Kitchen::open().expect("문을 연다");
    let address = kitchen.address();
    let cook = thread::spawn(move || kitchen.serve_slowly(REQUESTS * NAMES.len(), DELAY));
    let times = [
        time(|| (0..REQUESTS).for_each(|number| ask_it(address, number))),
        time(|| drop(on_threads(REQUESTS, |number| ask_it(address, number)))),
        time(|| drop(on_tasks(REQUESTS, |number| ask_later(address, number)))),
        time(|| drop(on_rayon(pool, REQUESTS, |number| ask_it(address, number)))),
    ];
    cook.join().expect("패닉하지 않는다").expect("모두 답했다");
    times
}

fn ask_it(address: SocketAddr, number: usize) {
    ask(address, number).expect("주방이 답한다");
}

fn time_counting(pool: &ThreadPool, (pieces, width): (usize, u32)) -> [Duration; 4] {
    [
        time(|| (0..pieces).for_each(|number| count(number, width))),
        time(|| drop(on_threads(pieces, |number| count(number, width)))),
        time(|| {
            drop(on_tasks(
                pieces,
                |number| async move { count(number, width) },
            ))
        }),
        time(|| drop(on_rayon(pool, pieces, |number| count(number, width)))),
    ]
}

/// 결과를 쓰지 않아도 컴파일러가 계산을 지우지 못하게 한다.
fn count(number: usize, width: u32) {
    black_box(count_primes(piece(number, width)));
}

fn time(job: impl FnOnce()) -> Duration {
    let start = Instant::now();
    job();
    start.elapsed()
}
