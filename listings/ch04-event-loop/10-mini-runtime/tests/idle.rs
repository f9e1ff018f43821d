//! 기다리기만 하는 런타임은 한 번도 깨지 않는다. 커널이 세는, 스레드가 코어를 얻은 횟수를 본다.
#![cfg(target_os = "linux")]

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ch04_10_mini_runtime::net::UdpSocket;
use ch04_10_mini_runtime::time::sleep;
use ch04_10_mini_runtime::{Runtime, select, spawn};

/// 커널이 적은 스레드의 상태. 잠들었으면 `S`이다.
fn is_asleep(task: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/self/task/{task}/stat")).unwrap();
    stat.rsplit(')').next().unwrap().trim_start().starts_with('S')
}

/// 코어에서 돈 나노초와 코어를 얻은 횟수.
fn ran(task: &str) -> (u64, u64) {
    let text = fs::read_to_string(format!("/proc/self/task/{task}/schedstat")).unwrap();
    let numbers: Vec<u64> = text.split_whitespace().map(|n| n.parse().unwrap()).collect();
    (numbers[0], numbers[2])
}

fn own_id() -> String {
    let link = fs::read_link("/proc/thread-self").unwrap();
    link.file_name().unwrap().to_str().unwrap().to_string()
}

/// 소켓 하나와, `timer`이면 한 시간짜리 타이머를 기다리게 하고 지켜본다.
fn stays_asleep(runtime: fn() -> std::io::Result<Runtime>, timer: bool) {
    let (give, take) = mpsc::channel();
    let waiting = thread::spawn(move || {
        runtime().unwrap().block_on(async move {
            let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            let mut socket = UdpSocket::bind(any).unwrap();
            give.send((own_id(), socket.local_addr().unwrap())).unwrap();
            let mut buf = [0; 1];
            let receive = spawn(async move { socket.recv_from(&mut buf).await.map(drop) });
            match timer {
                true => _ = select(receive, sleep(Duration::from_secs(3600))).await,
                false => _ = receive.await,
            }
        });
    });
    let (task, address) = take.recv().unwrap();
    // 잠들기를 기다린다. 자지 않고 도는 런타임이면 여기에서 걸린다.
    let limit = Instant::now() + Duration::from_secs(20);
    let mut before = ran(&task);
    let mut calm = 0;
    while calm < 50 {
        assert!(Instant::now() < limit, "런타임이 잠들지 않는다");
        thread::sleep(Duration::from_millis(1));
        let now = ran(&task);
        calm = if is_asleep(&task) && now == before { calm + 1 } else { 0 };
        before = now;
    }
    // ANCHOR: watch
    // 지켜보는 동안 한 번도 코어를 얻지 않는다. 길게 지켜볼수록 엄할 뿐, 짧아도 틀리지 않는다.
    thread::sleep(Duration::from_millis(300));
    assert_eq!(ran(&task), before);
    // ANCHOR_END: watch
    let sender = std::net::UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    sender.send_to(b"!", address).unwrap();
    waiting.join().unwrap();
}

#[test]
fn waiting_for_a_socket_costs_nothing() {
    stays_asleep(Runtime::new, false);
}

#[test]
fn waiting_for_a_far_timer_costs_nothing() {
    stays_asleep(Runtime::new, true);
}

/// 건너뛸 기한이 없으면 가상 시간의 런타임도 잔다.
#[test]
fn virtual_time_without_a_timer_sleeps_too() {
    stays_asleep(Runtime::with_virtual_time, false);
}
