//! 누가 누구를 기다렸는지, 기다리는 스레드가 무엇을 하는지 본다.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Instant;

use super::*;

// ANCHOR: order
#[test]
fn nobody_is_met_before_the_first_guest_leaves() {
    let listener = bind().unwrap();
    let server = Server::start(listener, |listener, log| serve(listener, 2, log));
    let slow = Guest::connect(1, server.address());
    assert_eq!(server.hear(), "손님1 맞음");
    let second = Guest::connect(2, server.address());
    second.order();
    slow.order();
    // 손님1의 답이 왔으니 서버는 놀고 있다. 그래도 손님2는 맞지 않는다.
    assert_eq!(slow.read_reply().as_deref(), Some("확인 1"));
    assert!(server.is_silent());
    assert!(!second.look());
    slow.leave();
    assert_eq!(server.hear(), "손님1 보냄");
    assert_eq!(server.hear(), "손님2 맞음");
    assert_eq!(second.read_reply().as_deref(), Some("확인 2"));
    second.leave();
    server.join().unwrap();
}
// ANCHOR_END: order

#[test]
fn orders_sent_before_accept_are_answered() {
    let listener = bind().unwrap();
    let address = listener.local_addr().unwrap();
    let guests = [1, 2, 3].map(|number| Guest::connect(number, address));
    guests.iter().rev().for_each(Guest::order);
    let server = Server::start(listener, |listener, log| serve(listener, 3, log));
    for (guest, number) in guests.into_iter().zip(1..) {
        // 주문은 거꾸로 보냈지만 맞는 차례는 접속한 차례이다.
        assert_eq!(server.hear(), format!("손님{number} 맞음"));
        assert_eq!(guest.read_reply(), Some(format!("확인 {number}")));
        guest.leave();
        server.hear();
    }
    server.join().unwrap();
}

#[test]
fn the_kernel_stops_taking_bytes_that_nobody_reads() {
    let listener = bind().unwrap();
    let guest = Guest::connect(1, listener.local_addr().unwrap());
    assert!(guest.flood().unwrap() > 0);
}

#[test]
fn patience_lets_the_next_guest_in() {
    let listener = bind().unwrap();
    let address = listener.local_addr().unwrap();
    let silent = Guest::connect(1, address);
    let guest = Guest::connect(2, address);
    guest.order();
    let server = Server::start(listener, |listener, log| {
        serve_with_patience(listener, 2, Duration::from_millis(20), log)
    });
    // 손님1은 끝내 말하지 않았는데 손님2가 답을 듣는다.
    assert_eq!(guest.read_reply().as_deref(), Some("확인 2"));
    guest.leave();
    silent.order();
    assert_eq!(silent.read_reply(), None);
    server.join().unwrap();
}

/// 한 바이트씩 보내는 손님. 사이사이가 늘 `patience`보다 짧았으면 서버의 답을 돌려준다.
fn drip(patience: Duration) -> Option<String> {
    let listener = bind().unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (first, rest) = "주문 1\n".as_bytes().split_first().unwrap();
    let mut last = Instant::now();
    stream.write_all(&[*first]).unwrap();
    let server = Server::start(listener, move |listener, log| {
        serve_with_patience(listener, 1, patience, log)
    });
    server.hear();
    for byte in rest {
        thread::sleep(patience / 3);
        let sent = Instant::now();
        let _ = stream.write_all(&[*byte]);
        if last.elapsed() >= patience {
            return None;
        }
        last = sent;
    }
    let mut reply = String::new();
    BufReader::new(&stream).read_line(&mut reply).unwrap();
    drop(stream);
    server.join().unwrap();
    Some(reply)
}

#[test]
fn a_dripping_guest_outlasts_the_timeout() {
    let patience = Duration::from_millis(200);
    let started = Instant::now();
    // 기계가 바빠서 사이가 벌어졌으면 다시 해 본다.
    let reply = (0..20).find_map(|_| drip(patience));
    assert_eq!(reply.as_deref(), Some("확인 1\n"));
    assert!(started.elapsed() > patience * 2);
}

#[test]
fn a_guest_that_breaks_off_does_not_stop_the_server() {
    let listener = bind().unwrap();
    let server = Server::start(listener, |listener, log| serve(listener, 2, log));
    let rude = Guest::connect(1, server.address());
    server.hear();
    rude.order();
    while !rude.look() {}
    // 답을 읽지 않고 닫으면 운영체제가 연결을 끊는다.
    rude.leave();
    server.hear();
    let guest = Guest::connect(2, server.address());
    guest.order();
    assert_eq!(guest.read_reply().as_deref(), Some("확인 2"));
    guest.leave();
    server.join().unwrap();
}

#[cfg(target_os = "linux")]
mod linux {
    //! 리눅스가 `/proc`으로 알려 주는 스레드의 상태.

    use std::fs;
    use std::sync::mpsc;

    use super::*;
    use ch01_01_one_at_a_time::tell;

    /// 스레드의 상태를 나타내는 글자 하나. `R`은 돌 수 있음, `S`는 잠듦이다.
    fn state(task: &str) -> char {
        let stat = fs::read_to_string(format!("/proc/{task}/stat")).unwrap();
        let (_, rest) = stat.rsplit_once(") ").unwrap();
        rest.chars().next().unwrap()
    }

    /// 지금까지 코어를 쓴 시간.
    fn used(task: &str) -> Duration {
        let schedstat = fs::read_to_string(format!("/proc/{task}/schedstat")).unwrap();
        let nanos = schedstat.split(' ').next().unwrap();
        Duration::from_nanos(nanos.parse().unwrap())
    }

    /// 말없는 손님을 기다리는 서버와, 그 스레드의 이름.
    fn waiting_server() -> (Server, Guest, String) {
        let server = Server::start(bind().unwrap(), |listener, log| {
            let task = fs::read_link("/proc/thread-self")?;
            tell(log, task.display().to_string());
            serve(listener, 1, log)
        });
        let task = server.hear();
        let guest = Guest::connect(1, server.address());
        server.hear();
        (server, guest, task)
    }

    // ANCHOR: asleep
    fn wait_until_asleep(task: &str) {
        let started = Instant::now();
        while state(task) != 'S' {
            assert!(started.elapsed() < Duration::from_secs(10), "잠들지 않는다");
            thread::yield_now();
        }
    }

    #[test]
    fn a_waiting_server_is_put_to_sleep() {
        let (server, guest, task) = waiting_server();
        wait_until_asleep(&task);
        guest.leave();
        server.join().unwrap();
    }
    // ANCHOR_END: asleep

    // ANCHOR: cpu
    #[test]
    #[ignore = "measured.toml의 수를 잴 때만"]
    fn measure_waiting() {
        let (server, guest, task) = waiting_server();
        wait_until_asleep(&task);
        let (before, started) = (used(&task), Instant::now());
        thread::sleep(Duration::from_secs(5));
        let cpu = used(&task) - before;
        eprintln!("기다린 시간 {:?}, 그동안 쓴 CPU {cpu:?}", started.elapsed());
        guest.leave();
        server.join().unwrap();
    }
    // ANCHOR_END: cpu

    #[test]
    #[ignore = "measured.toml의 수를 잴 때만"]
    fn measure_kernel() {
        let listener = bind().unwrap();
        let guest = Guest::connect(1, listener.local_addr().unwrap());
        eprintln!("커널이 받아 둔 바이트 {}", guest.flood().unwrap());
        let full = bind().unwrap();
        let address = full.local_addr().unwrap();
        let (sender, queued) = mpsc::channel();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(500)) {
            sender.send(stream).unwrap();
        }
        eprintln!("accept 없이 맺은 연결 {}", queued.try_iter().count());
    }
}
