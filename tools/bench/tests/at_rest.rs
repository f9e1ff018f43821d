//! 에코 서버가 쉬는 동안 아무 일도 하지 않고, 연결이 지나간 다음에 메모리를 붙들지 않는다. 리눅스의 /proc에서 읽는다.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use bench::cases::OURS;
use bench::peer::{Peer, cpu, resident};
use socket2::{Domain, Socket, Type};

fn server(name: &str) -> (Peer, u16) {
    let mut peer = Peer::start(name).expect("띄운다");
    let port = peer.ask("serve", 0).expect("포트를 알린다");
    (peer, u16::try_from(port).expect("포트이다"))
}

/// 연결을 맺어 한 번 주고받고 닫기를 되풀이한다. 닫은 뒤 잠시 쓰지 못하는 포트가 있어 주소를 돌려 가며 쓴다.
fn come_and_go(port: u16, count: u32) {
    for i in 0..count {
        let from = Ipv4Addr::new(127, 0, 0, 1 + (i % 100) as u8);
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("만든다");
        let (from, to) = (SocketAddr::from((from, 0)), (Ipv4Addr::LOCALHOST, port));
        socket.bind(&from.into()).expect("묶는다");
        let connect = socket.connect(&SocketAddr::from(to).into());
        connect.expect("맺는다");
        let mut buf = [7; 64];
        (&socket).write_all(&buf).expect("보낸다");
        (&socket).read_exact(&mut buf).expect("받는다");
    }
}

/// 연결 `count`개가 지나간 다음에 늘어난 바이트.
fn grown(name: &str, count: u32) -> i64 {
    let (peer, port) = server(name);
    let id = peer.id().to_string();
    come_and_go(port, 1_000); // 한 번 마련하고 계속 쓰는 것은 세지 않는다.
    let before = resident(&id).expect("메모리를 안다");
    come_and_go(port, count);
    resident(&id).expect("메모리를 안다") as i64 - before as i64
}

fn stays_within_a_megabyte(count: u32) {
    for name in OURS {
        let grown = grown(name, count);
        println!("{name}: 연결 {count}개가 지나간 다음 {grown}바이트가 늘었다");
        assert!(grown.abs() <= 1 << 20, "{name}: {grown}바이트");
    }
}

#[test]
fn connections_that_are_gone_leave_no_memory() {
    stays_within_a_megabyte(3_000);
}

#[test]
#[ignore = "연결 10만 개를 맺고 닫느라 몇 초 걸린다"]
fn a_hundred_thousand_connections_leave_no_memory() {
    stays_within_a_megabyte(100_000);
}

#[test]
fn a_server_ends_when_its_input_is_closed() {
    for name in OURS {
        let mut server = Command::new(env!("CARGO_BIN_EXE_bench"))
            .args(["--work", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("띄운다");
        let mut stdin = server.stdin.take().expect("입력이 있다");
        stdin.write_all(b"serve 0\n").expect("시킨다");
        let mut port = [0; 1];
        let stdout = server.stdout.as_mut().expect("출력이 있다");
        stdout.read_exact(&mut port).expect("포트를 알린다");
        drop(stdin);
        assert!(server.wait().expect("끝난다").success(), "{name}");
    }
}

/// 모든 스레드가 스스로 잠든 횟수. 깨어날 때마다 하나씩 는다.
fn naps(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("살아 있다");
    let of_thread = |status: String| {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.and_then(|count| count.trim().parse::<u64>().ok())
            .expect("횟수가 있다")
    };
    threads
        .map(|thread| thread.expect("읽는다").path().join("status"))
        .map(|status| of_thread(fs::read_to_string(status).expect("읽는다")))
        .sum()
}

#[test]
fn an_idle_runtime_neither_runs_nor_wakes() {
    for name in OURS {
        let (peer, port) = server(name);
        come_and_go(port, 10);
        let seen = || (naps(peer.id()), cpu(peer.id()).expect("CPU 시간을 안다"));
        // 마지막 연결을 거두고 잠들 때까지 본다. 잠들지 않으면 여기에서 실패한다.
        let quiet = (0..100).any(|_| {
            let before = seen();
            thread::sleep(Duration::from_millis(50));
            seen() == before
        });
        assert!(quiet, "{name}: 잠들지 않는다");
        let before = seen();
        thread::sleep(Duration::from_secs(1));
        assert_eq!(seen(), before, "{name}: 쉬는 동안 깨었거나 CPU를 썼다");
    }
}
