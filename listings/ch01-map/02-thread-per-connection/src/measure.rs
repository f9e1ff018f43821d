//! 스레드를 많이 띄워 시간과 메모리를 재고, 문맥 교환의 값을 잰다.

use std::fs;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::crowd::Crowd;
use crate::limits;

const WANTED: usize = 10_000;
/// 이 프로세스와 다른 프로그램이 쓸 몫으로 한도에서 남겨 두는 스레드의 수.
const SPARE: usize = 500;
const SMALL_STACK: usize = 64 * 1024;
const HANDOVERS: u32 = 100_000;

/// 한도를 묻고, 그 안에서 재어 찍는다.
pub fn run() {
    let count = affordable();
    for (name, stack) in [("기본 스택", None), ("스택 64KiB", Some(SMALL_STACK))] {
        println!("== {name} ==");
        gather(count, stack);
    }
    println!("== 문맥 교환 ==");
    let each = hand_over(HANDOVERS) / HANDOVERS;
    println!("다른 스레드에 넘겼다가 돌려받는 데 {each:?}");
}

// ANCHOR: affordable
/// 만 개와 운영체제의 한도 가운데 작은 쪽.
fn affordable() -> usize {
    println!("== 한도 ==");
    let limits = limits::ask();
    if limits.is_empty() {
        println!("이 운영체제에서는 한도를 알아내지 못해 그대로 {WANTED}개를 띄워 봅니다");
    }
    for limit in &limits {
        println!("{}: {}개", limit.name, limit.threads);
    }
    let least = limits.iter().map(|limit| limit.threads).min();
    let count = within(least);
    if count < WANTED {
        println!("이 기계의 한도가 작아 {WANTED}개 대신 {count}개만 띄웁니다");
    }
    count
}

/// 한도가 `least`일 때 띄울 스레드의 수.
pub fn within(least: Option<usize>) -> usize {
    least.map_or(WANTED, |least| WANTED.min(least.saturating_sub(SPARE)))
}
// ANCHOR_END: affordable

fn gather(count: usize, stack: Option<usize>) {
    let before = Memory::now();
    let started = Instant::now();
    let crowd = Crowd::gather(count, stack);
    let took = started.elapsed();
    if let Some(error) = &crowd.stopped_by {
        println!(
            "운영체제가 더 주지 않아 {count}개 대신 {}개만 띄웠습니다: {error}",
            crowd.len()
        );
    }
    println!("스레드 {}개를 띄우는 데 {took:?}", crowd.len());
    match before.zip(Memory::now()) {
        Some((before, now)) => now.print_growth(&before),
        None => println!("이 운영체제에는 /proc가 없어 메모리는 재지 못합니다"),
    }
    crowd.dismiss();
}

// ANCHOR: memory
/// 메모리의 쓰임. 단위는 KiB이다.
#[derive(Clone, Copy)]
pub struct Memory {
    /// 주소를 잡아 둔 크기.
    pub reserved: usize,
    /// 실제로 메모리에 올라온 크기.
    pub resident: usize,
    /// 온 기계의 스레드가 커널 안에서 쓰는 스택.
    pub kernel_stacks: usize,
}

impl Memory {
    /// 지금의 쓰임. 리눅스가 아니면 `None`이다.
    pub fn now() -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let machine = fs::read_to_string("/proc/meminfo").ok()?;
        Some(Self {
            reserved: field(&status, "VmSize:")?,
            resident: field(&status, "VmRSS:")?,
            kernel_stacks: field(&machine, "KernelStack:")?,
        })
    }
    // ANCHOR_END: memory

    fn print_growth(&self, before: &Self) {
        let mib = |now: usize, before: usize| now.saturating_sub(before) / 1024;
        println!("잡아 둔 주소: {} MiB", mib(self.reserved, before.reserved));
        println!("올라온 메모리: {} MiB", mib(self.resident, before.resident));
        println!(
            "커널의 스택: {} MiB",
            mib(self.kernel_stacks, before.kernel_stacks)
        );
    }
}

fn field(text: &str, name: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

// ANCHOR: switch
/// 두 스레드가 공을 `times`번 주고받는 데 걸린 시간.
fn hand_over(times: u32) -> Duration {
    let (serve, court) = mpsc::sync_channel(0);
    let (back, returned) = mpsc::sync_channel(0);
    thread::scope(|scope| {
        scope.spawn(move || court.iter().all(|()| back.send(()).is_ok()));
        let started = Instant::now();
        for _ in 0..times {
            serve.send(()).expect("상대가 기다린다");
            returned.recv().expect("상대가 돌려준다");
        }
        let took = started.elapsed();
        drop(serve);
        took
    })
}
// ANCHOR_END: switch
