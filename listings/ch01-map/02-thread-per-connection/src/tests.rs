//! 느린 손님이 누구를 세우는지, 스레드가 무엇을 차지하는지 본다.

use std::env;
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Output};
use std::thread::{self, Builder};

use ch01_01_one_at_a_time::{talk, tell};

use super::*;

/// 접속해서 서버가 맞아 준, 말없는 손님들.
fn silent(count: usize, server: &Server) -> Vec<Guest> {
    let met = |number| {
        let guest = Guest::connect(number, server.address());
        assert_eq!(server.hear(), format!("손님{number} 맞음"));
        guest
    };
    (1..=count).map(met).collect()
}

/// 스레드가 무한한 서버와 `workers`개뿐인 서버.
fn unbounded(guests: usize) -> Server {
    Server::start(bind().unwrap(), move |listener, log| {
        serve(listener, guests, log)
    })
}

fn pooled(workers: usize, guests: usize) -> Server {
    Server::start(bind().unwrap(), move |listener, log| {
        serve_with_pool(listener, workers, guests, log)
    })
}

// ANCHOR: answered
#[test]
fn twenty_silent_guests_delay_nobody() {
    let server = unbounded(21);
    let silent = silent(20, &server);
    let guest = Guest::connect(21, server.address());
    guest.order();
    assert_eq!(guest.read_reply().as_deref(), Some("확인 21"));
    drop((silent, guest));
    server.join().unwrap();
}

#[test]
fn a_pool_stops_when_every_worker_waits() {
    for workers in 1..=4 {
        let server = pooled(workers, workers + 1);
        let mut silent = silent(workers, &server);
        let guest = Guest::connect(workers + 1, server.address());
        guest.order();
        assert!(server.is_silent() && !guest.look());
        silent.pop();
        assert_eq!(guest.read_reply(), Some(format!("확인 {}", workers + 1)));
        drop((silent, guest));
        server.join().unwrap();
    }
}
// ANCHOR_END: answered

#[test]
fn a_pool_with_one_free_worker_still_answers() {
    let server = pooled(3, 3);
    let silent = silent(2, &server);
    let guest = Guest::connect(3, server.address());
    guest.order();
    assert_eq!(guest.read_reply().as_deref(), Some("확인 3"));
    drop((silent, guest));
    server.join().unwrap();
}

#[test]
fn no_order_is_lost_when_all_count_together() {
    let total = Arc::new(Mutex::new(0));
    let shared = Arc::clone(&total);
    let server = Server::start(bind().unwrap(), move |listener, log| {
        serve_counting(listener, 16, &shared, log)
    });
    thread::scope(|scope| {
        for number in 1..=16 {
            let address = server.address();
            scope.spawn(move || {
                let guest = Guest::connect(number, address);
                for _ in 0..10 {
                    guest.order();
                    assert_eq!(guest.read_reply(), Some(format!("확인 {number}")));
                }
            });
        }
    });
    server.join().unwrap();
    assert_eq!(*total.lock().unwrap(), 160);
}

#[test]
fn a_refused_thread_ends_the_gathering_without_a_panic() {
    let impossible = 1 << 60;
    let crowd = Crowd::gather(3, Some(impossible));
    assert_eq!(crowd.len(), 0);
    assert!(crowd.stopped_by.is_some());
    crowd.dismiss();
}

#[test]
fn a_refused_thread_leaves_the_server_waiting() {
    let server = Server::start(bind().unwrap(), |listener, log| {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            thread::scope(|scope| {
                let (stream, _) = listener.accept().unwrap();
                scope.spawn(move || {
                    talk(&stream).unwrap();
                    tell(log, "손님1 보냄".to_owned());
                });
                tell(log, "다음 스레드를 부탁함".to_owned());
                // `scope.spawn`도 거절당하면 이렇게 패닉한다.
                let refused = Builder::new().stack_size(1 << 60);
                refused.spawn_scoped(scope, || ()).expect("거절당한다");
            })
        }));
        tell(log, format!("패닉으로 끝났는가? {}", ended.is_err()));
        Ok(())
    });
    let slow = Guest::connect(1, server.address());
    assert_eq!(server.hear(), "다음 스레드를 부탁함");
    // 받는 쪽은 패닉했지만 남은 손님의 스레드는 답하고, 서버는 그 손님이 떠나야 끝난다.
    slow.order();
    assert_eq!(slow.read_reply().as_deref(), Some("확인 1"));
    slow.leave();
    assert_eq!(server.hear(), "손님1 보냄");
    assert_eq!(server.hear(), "패닉으로 끝났는가? true");
    server.join().unwrap();
}

#[test]
fn a_small_limit_makes_a_small_crowd() {
    assert_eq!(measure::within(None), 10_000);
    assert_eq!(measure::within(Some(30_000)), 10_000);
    assert_eq!(measure::within(Some(4_000)), 3_500);
    assert_eq!(measure::within(Some(100)), 0);
}

/// 메모리는 프로세스의 것이라, 나란히 도는 다른 테스트의 몫이 섞이지 않게 자식 프로세스에서 잰다.
#[cfg(target_os = "linux")]
#[test]
fn a_stack_is_reserved_but_hardly_touched() {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "tests::stacks_of_a_crowd"]);
    let output = child.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

// ANCHOR: touched
#[cfg(target_os = "linux")]
#[test]
#[ignore = "a_stack_is_reserved_but_hardly_touched가 홀로 돌린다"]
fn stacks_of_a_crowd() {
    const STACK: usize = 16 * 1024 * 1024;
    let before = measure::Memory::now().unwrap();
    let crowd = Crowd::gather(64, Some(STACK));
    let now = measure::Memory::now().unwrap();
    crowd.dismiss();
    let asked = 64 * STACK / 1024;
    assert!(now.reserved - before.reserved > asked * 9 / 10);
    assert!(now.resident.saturating_sub(before.resident) < asked / 100);
}
// ANCHOR_END: touched

/// 한 번 부를 때마다 스택을 1KiB 넘게 쓴다.
fn descend(depth: usize) -> usize {
    let room = black_box([depth; 128]);
    match depth {
        0 => 0,
        _ => descend(depth - 1) + usize::from(black_box(&room)[0] > 0),
    }
}

/// `a_deep_call_overruns_a_small_stack`이 자식 프로세스에서 부른다.
#[test]
#[ignore = "스택이 작으면 프로세스가 죽는다"]
fn deep_call() {
    let Ok(stack) = env::var("STACK_KIB") else {
        return;
    };
    let bytes = stack.parse::<usize>().unwrap() * 1024;
    let thread = Builder::new().stack_size(bytes).spawn(|| descend(200));
    assert_eq!(thread.unwrap().join().unwrap(), 200);
}

#[test]
fn a_deep_call_overruns_a_small_stack() {
    let run = |kib: &str| -> Output {
        let mut child = Command::new(env::current_exe().unwrap());
        child.args(["--ignored", "--exact", "tests::deep_call"]);
        child.env("STACK_KIB", kib).output().unwrap()
    };
    assert!(run("2048").status.success());
    let killed = run("64");
    assert!(!killed.status.success());
    assert!(String::from_utf8_lossy(&killed.stderr).contains("overflowed its stack"));
}
