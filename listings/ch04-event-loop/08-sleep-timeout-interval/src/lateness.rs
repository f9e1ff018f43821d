//! 기한보다 얼마나 늦게 깨는지 잰다. `--measure`일 때만 돈다.

use std::io;
use std::time::{Duration, Instant};

use ch04_05_task_queue::ThreadPark;
use ch04_08_sleep_timeout_interval::{Time, Timed, block_on, block_on_with, sleep_until};

// ANCHOR: samples
/// 3밀리초 자기를 되풀이하고, 저마다 몇 밀리초 늦게 깼는지 적는다.
async fn samples() -> Vec<f64> {
    let mut late = Vec::new();
    for _ in 0..400 {
        let deadline = Instant::now() + Duration::from_millis(3);
        sleep_until(deadline).await;
        let passed = Instant::now().checked_duration_since(deadline);
        late.push(passed.expect("이르지 않다").as_secs_f64() * 1e3);
    }
    late.sort_by(f64::total_cmp);
    late
}
// ANCHOR_END: samples

pub fn measure() -> io::Result<()> {
    let thread = |time: &_| Timed::new(ThreadPark::new(), time);
    report("thread", &block_on_with(Time::real(), thread, samples()));
    report("reactor", &block_on(samples())?);
    Ok(())
}

/// 가운데 값을 `measured.toml`의 꼴로 찍는다.
fn report(name: &str, late: &[f64]) {
    println!(
        "[{name}-half]\nvalue = \"{:.1}\"\nunit = \"ms\"",
        late[late.len() / 2]
    );
    println!("command = \"cargo run --release -p ch04-08-sleep-timeout-interval -- --measure\"");
    println!("machine = \"AMD EPYC, 코어 2개, Linux\"\ndate = \"2026-11-21\"\n");
}
