//! 기다리는 태스크 만 개와, 진짜 연결 만 개를 잰다.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::net;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::task::yield_now;

use crate::desk::{Desk, Waiter};
use crate::serve::{talk, talk_on_thread};

const WANTED: usize = 10_000;
/// 표준 입출력과 런타임이 쓸 몫으로 남겨 두는 파일.
const SPARE: usize = 100;

/// 넷을 저마다 새 프로세스에서 재어 찍는다. 앞의 것이 쓰고 놓은 메모리가 섞이지 않는다.
pub fn run() -> io::Result<()> {
    for part in ["--tasks", "--connections", "--bare", "--threads"] {
        let status = Command::new(env::current_exe()?).arg(part).status()?;
        assert!(status.success(), "{part}를 재지 못했다");
    }
    Ok(())
}

/// 하나를 잰다.
pub fn run_part(part: &str) -> io::Result<()> {
    if part == "--threads" {
        return silent_threads();
    }
    let runtime = Builder::new_current_thread().enable_io().build()?;
    match part {
        "--tasks" => runtime.block_on(waiting_tasks()),
        "--connections" => runtime.block_on(silent_connections(true))?,
        _ => runtime.block_on(silent_connections(false))?,
    }
    Ok(())
}

// ANCHOR: tasks
/// 태스크를 만 개 띄우고, 모두 시작해서 기다릴 때까지 기다린다.
async fn waiting_tasks() {
    let (gate, started) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let (before, start) = (Memory::now(), Instant::now());
    for _ in 0..WANTED {
        let (gate, started) = (Arc::clone(&gate), Arc::clone(&started));
        tokio::spawn(async move {
            started.fetch_add(1, Ordering::Relaxed);
            gate.notified().await;
        });
    }
    while started.load(Ordering::Relaxed) < WANTED {
        yield_now().await;
    }
    println!("태스크 {WANTED}개를 띄우는 데 {:?}", start.elapsed());
    Memory::print_growth(before);
    gate.notify_waiters();
}
// ANCHOR_END: tasks

// ANCHOR: connections
/// 손님이 된 다른 프로세스가 연결만 하고 말하지 않는다. `talk`가 읽기에서 기다린다. `talks`가 거짓이면 버퍼 없이 기다린다.
async fn silent_connections(talks: bool) -> io::Result<()> {
    let count = affordable();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?.to_string();
    let (log, _) = mpsc::channel();
    let before = Memory::now();
    let mut guests = Command::new(env::current_exe()?)
        .args(["--guests", &address, &count.to_string()])
        .stdin(Stdio::piped())
        .spawn()?;
    let desk = Desk::default();
    for guest in 1..=count {
        let (stream, _) = listener.accept().await?;
        let waiter = Waiter::greet(guest, &desk, &log);
        match talks {
            true => drop(tokio::spawn(talk(stream, waiter))),
            false => drop(tokio::spawn(async move { stream.peek(&mut [0]).await })),
        }
    }
    for _ in 0..count {
        yield_now().await; // 마지막 태스크까지 읽기에 이르게 한다.
    }
    println!(
        "연결 {count}개가 기다린다, 읽을 버퍼는 {}",
        if talks { "있다" } else { "없다" }
    );
    Memory::print_growth(before);
    drop(guests.stdin.take()); // 손님들이 떠난다.
    guests.wait()?;
    Ok(())
}
// ANCHOR_END: connections

/// 같은 연결을 스레드의 `talk_on_thread`가 하나씩 맡아 기다린다.
fn silent_threads() -> io::Result<()> {
    let count = affordable();
    let listener = net::TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?.to_string();
    let (log, _) = mpsc::channel();
    let started = Arc::new(AtomicUsize::new(0));
    let before = Memory::now();
    let mut guests = Command::new(env::current_exe()?)
        .args(["--guests", &address, &count.to_string()])
        .stdin(Stdio::piped())
        .spawn()?;
    let desk = Desk::default();
    for guest in 1..=count {
        let (stream, _) = listener.accept()?;
        let (waiter, started) = (Waiter::greet(guest, &desk, &log), Arc::clone(&started));
        thread::Builder::new().spawn(move || {
            started.fetch_add(1, Ordering::Relaxed);
            talk_on_thread(stream, waiter)
        })?;
    }
    while started.load(Ordering::Relaxed) < count {
        thread::yield_now();
    }
    println!("연결 {count}개를 스레드가 하나씩 맡아 기다린다");
    Memory::print_growth(before);
    drop(guests.stdin.take()); // 손님들이 떠난다.
    guests.wait()?;
    Ok(())
}

/// 손님이 되는 프로세스. 표준 입력이 닫힐 때까지 연결을 쥐고 있다.
pub fn be_guests(address: &str, count: &str) -> io::Result<()> {
    let count: usize = count.parse().map_err(io::Error::other)?;
    let connect = |_| net::TcpStream::connect(address);
    let _held: Vec<_> = (0..count).map(connect).collect::<Result<_, _>>()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// 열 수 있는 파일의 한도를 되는 데까지 올리고, 만 개와 그 한도 가운데 작은 쪽을 돌려준다.
fn affordable() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    let open = setrlimit(Resource::Nofile, raised).map_or(limit.current, |()| limit.maximum);
    let count = within(open);
    if count < WANTED {
        println!("열 수 있는 파일이 모자라 {WANTED}개 대신 {count}개만 연결합니다");
    }
    count
}

/// 파일을 `open`개까지 열 수 있을 때 받을 연결의 수. `None`이면 한도가 없다.
pub fn within(open: Option<u64>) -> usize {
    let open = open.map_or(usize::MAX, |open| {
        usize::try_from(open).unwrap_or(usize::MAX)
    });
    WANTED.min(open.saturating_sub(SPARE))
}

/// 메모리의 쓰임. 단위는 KiB이다.
struct Memory {
    reserved: usize,
    resident: usize,
}

impl Memory {
    /// 지금의 쓰임. 리눅스가 아니면 `None`이다.
    fn now() -> Option<Memory> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let field = |name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Some(Memory {
            reserved: field("VmSize:")?,
            resident: field("VmRSS:")?,
        })
    }

    fn print_growth(before: Option<Memory>) {
        let Some((before, now)) = before.zip(Memory::now()) else {
            println!("이 운영체제에는 /proc가 없어 메모리는 재지 못합니다");
            return;
        };
        let mib = |now: usize, before: usize| now.saturating_sub(before) as f64 / 1024.0;
        println!(
            "잡아 둔 주소: {:.1} MiB",
            mib(now.reserved, before.reserved)
        );
        println!(
            "올라온 메모리: {:.1} MiB",
            mib(now.resident, before.resident)
        );
    }
}
