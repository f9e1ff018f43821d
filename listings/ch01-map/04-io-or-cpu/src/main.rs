//! 기다리는 일과 계산하는 일을 스레드와 태스크와 rayon에 맡겨, 어느 짝이 맞는지 센다.
//!
//! `--measure`를 붙이면 걸린 시간을 잰다.

mod gauge;
mod kitchen;
mod loads;
mod measure;
mod mismatch;
mod places;
mod primes;
#[cfg(test)]
mod tests;

use std::{env, io};

use loads::{JOBS, Place, WORKERS, calculate, wait};

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--measure") {
        return measure::run();
    }
    println!("== 기다리는 일 ==");
    for (name, place, batch) in [
        ("스레드", Place::Threads, JOBS),
        ("태스크", Place::Tasks, JOBS),
        ("rayon", Place::Rayon, WORKERS),
    ] {
        let report = wait(place, batch);
        let (done, (threads, most)) = (report.results.len(), report.gauge.read());
        println!("{name}: 답 {done}개, 쓴 스레드 {threads}개, 함께 기다린 요청 {most}개");
    }
    println!("== 계산하는 일 ==");
    for (name, place, batch) in [
        ("스레드", Place::Threads, JOBS),
        ("태스크", Place::Tasks, 1),
        ("rayon", Place::Rayon, WORKERS),
    ] {
        let report = calculate(place, batch);
        let primes: usize = report.results.iter().sum();
        let (threads, most) = report.gauge.read();
        println!("{name}: 소수 {primes}개, 쓴 스레드 {threads}개, 함께 시작한 계산 {most}개");
    }
    tell("rayon에서 기다리기", &mismatch::wait_on_rayon()?);
    tell("스레드에서 기다리기", &mismatch::wait_on_threads()?);
    tell("태스크에서 계산하기", &mismatch::calculate_on_task());
    tell("rayon에서 계산하기", &mismatch::calculate_on_rayon());
    Ok(())
}

fn tell(title: &str, lines: &[String]) {
    println!("== {title} ==\n{}", lines.join("\n"));
}
