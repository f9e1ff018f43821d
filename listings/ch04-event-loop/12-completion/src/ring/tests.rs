//! 커널과 함께 도는 테스트. 커널이 io_uring을 거절하면 한 줄을 남기고 건너뛴다.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use ch04_01_readiness::server::Server;

use super::*;
use crate::echo::Echo;
use crate::op::is_cancelled;

const PATIENCE: Option<Duration> = Some(Duration::from_secs(10));
const NOW: Option<Duration> = Some(Duration::ZERO);

/// 거절당하면 `None`. `BOOK_REQUIRE=all`이면 건너뛰지 않고 실패한다.
fn ring(entries: u32) -> Option<Ring> {
    match Ring::new(entries) {
        Ok(ring) => Some(ring),
        Err(error) if std::env::var("BOOK_REQUIRE").as_deref() == Ok("all") => {
            panic!("io_uring을 쓸 수 없다: {error}")
        }
        Err(error) => {
            eprintln!("io_uring을 쓸 수 없어 건너뛴다: {error}");
            None
        }
    }
}

fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let guest = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (listener.accept().unwrap().0, guest)
}

fn recv(stream: TcpStream) -> Op {
    Op::Recv(stream, vec![0; 16])
}

/// 받기 여럿을 맡긴다. 손님과 번호표를 돌려준다.
fn many(ring: &mut Ring, count: usize) -> (Vec<TcpStream>, Vec<Ticket>) {
    let one = |_| {
        let (stream, guest) = pair();
        (guest, ring.submit(recv(stream)).unwrap())
    };
    (0..count).map(one).unzip()
}

/// 맡긴 일이 모두 끝날 때까지 거둔다.
fn all(ring: &mut Ring) -> Vec<(Key, Done)> {
    let mut all = Vec::new();
    while ring.in_flight() > 0 {
        let done = ring.turn(PATIENCE).unwrap();
        assert!(!done.is_empty(), "오지 않는 완료가 있다");
        all.extend(done);
    }
    all
}

// ANCHOR: borrowed
/// 버퍼를 빌려 맡기는 퓨처라면, 버려진 다음에 이렇게 된다.
#[test]
fn the_kernel_writes_after_the_borrower_is_gone() {
    let Some(Ring { ref mut io, .. }) = ring(8) else {
        return;
    };
    let (stream, mut guest) = pair();
    let place = Box::into_raw(Box::new([0_u8; 4])); // 이 테스트는 메모리를 해제하지 않는다.
    let borrowed = opcode::Recv::new(Fd(stream.as_raw_fd()), place.cast(), 4).build();
    // SAFETY: 메모리를 해제하지 않으므로 커널이 언제 적어도 살아 있다.
    unsafe { io.submission().push(&borrowed).unwrap() };
    io.submit().unwrap();

    // 퓨처가 버려져 대여가 끝났다. 주인은 같은 메모리를 다른 데 쓴다.
    // SAFETY: 보낸 것이 없어 커널은 아직 적지 않는다.
    unsafe { place.write(*b"mine") };
    guest.write_all(b"late").unwrap();
    io.submit_and_wait(1).unwrap();
    // SAFETY: 완료가 왔으므로 커널은 더 적지 않는다.
    assert_eq!(unsafe { place.read() }, *b"late");
}
// ANCHOR_END: borrowed

#[test]
fn the_table_owns_the_buffer_until_the_completion() {
    let Some(mut ring) = ring(8) else { return };
    let (_guests, tickets) = many(&mut ring, 3);
    assert!(ring.turn(NOW).unwrap().is_empty());
    drop(tickets);
    // 기다리는 쪽은 떠났지만 커널은 아직 버퍼를 쥐고 있다.
    assert_eq!(ring.in_flight(), 3);
    while ring.in_flight() > 0 {
        assert!(ring.turn(PATIENCE).unwrap().is_empty());
    }
}

#[test]
fn a_dropped_ring_waits_for_its_buffers_and_closes_its_sockets() {
    let Some(mut ring) = ring(8) else { return };
    let (mut guests, tickets) = many(&mut ring, 3);
    ring.turn(NOW).unwrap();
    drop(ring);
    drop(tickets);
    for guest in &mut guests {
        assert_eq!(guest.read(&mut [0]).unwrap(), 0);
    }
}

#[test]
fn an_abandoned_accept_closes_the_guest_it_got() {
    let Some(mut ring) = ring(8) else { return };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut guest = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let kept = listener.try_clone().unwrap();
    drop(ring.submit(Op::Accept(listener)).unwrap());
    while ring.in_flight() > 0 {
        ring.turn(PATIENCE).unwrap();
    }
    // 손님은 이미 받았으므로 리스너가 살아 있어도 끊긴다.
    assert_eq!(guest.read(&mut [0]).unwrap(), 0);
    drop(kept);
}

#[test]
fn a_cancelled_operation_says_so() {
    let Some(mut ring) = ring(8) else { return };
    let (_guests, tickets) = many(&mut ring, 1);
    ring.cancel(tickets[0].key());
    let done = all(&mut ring).pop();
    assert!(matches!(done, Some((_, Done::Recv(_, _, Err(error)))) if is_cancelled(&error)));
}

// ANCHOR: full
#[test]
fn a_full_submission_queue_takes_no_more() {
    let Some(mut ring) = ring(2) else { return };
    let nop = opcode::Nop::new().build();
    let taken = [0; 3].map(|_| ring.try_push(&nop).is_ok());
    assert_eq!(taken, [true, true, false]);
}

#[test]
fn more_operations_than_the_queue_has_room_for_all_complete() {
    let Some(mut ring) = ring(2) else { return };
    let (mut guests, _tickets) = many(&mut ring, 5);
    for guest in &mut guests {
        guest.write_all(b"hello").unwrap();
    }
    assert_eq!(all(&mut ring).len(), 5);
}
// ANCHOR_END: full

// ANCHOR: overflow
#[test]
fn completions_that_do_not_fit_are_kept_by_the_kernel() {
    let Some(mut ring) = ring(2) else { return };
    let (mut guests, _tickets) = many(&mut ring, 16);
    assert!(ring.turn(NOW).unwrap().is_empty());
    for guest in &mut guests {
        guest.write_all(b"hello").unwrap();
    }
    // 완료 큐는 네 칸인데 한꺼번에 열여섯이 끝난다.
    assert_eq!(all(&mut ring).len(), 16);
    assert!(ring.overflows() > 0);
}
// ANCHOR_END: overflow

/// 손님 64명이 한 줄씩 보낸 뒤에 서버가 돈다. `wait`는 그만큼 돌려줄 때까지 돈다.
fn crowd(addr: std::net::SocketAddr, mut wait: impl FnMut(usize, usize)) {
    let mut guests: Vec<_> = (0..64).map(|_| TcpStream::connect(addr).unwrap()).collect();
    wait(64, 0);
    for round in 1..=10 {
        for guest in &mut guests {
            guest.write_all(b"hello\n").unwrap();
        }
        wait(64, round * 64 * 6);
        for guest in &mut guests {
            guest.read_exact(&mut [0; 6]).unwrap();
        }
    }
}

// ANCHOR: calls
#[test]
fn one_enter_carries_many_operations() {
    let Some(ring) = ring(256) else { return };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let addr = listener.local_addr().unwrap();
    let mut echo = Echo::new(Box::new(ring), listener).unwrap();
    crowd(addr, |open, bytes| {
        while echo.open() < open || echo.echoed() < bytes {
            assert!(echo.turn(PATIENCE).unwrap() > 0);
        }
    });
    let mut server = Server::bind(4096).unwrap();
    crowd(server.addr().unwrap(), |open, bytes| {
        while server.open() < open || server.tally().bytes < bytes {
            assert_ne!(server.turn(PATIENCE).unwrap(), Default::default());
        }
    });
    // 줄은 640개이다. 준비 쪽은 줄마다 읽고, 쓰고, 막힐 때까지 또 읽는다.
    assert_eq!(server.tally().calls, 640 * 3);
    // 완료 쪽은 손님을 하나씩 받은 것까지 더해도 줄의 절반보다 적게 부른다.
    assert!(echo.calls() < 640 / 2, "{}번", echo.calls());
}
// ANCHOR_END: calls
