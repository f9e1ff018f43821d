//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::sync::{Barrier, Mutex};
use std::thread;

use ch01_01_one_at_a_time::{Guest, Server, talk};
use ex01_02_at_most::serve_at_most;

/// 손님이 떠났다.
const LEFT: io::Result<usize> = Ok(1);

fn broken() -> io::Result<usize> {
    Err(io::ErrorKind::ConnectionReset.into())
}

/// 모든 손님을 상대하고 나서 돌아온다
#[test]
fn basic_every_guest_is_served() {
    let served = Mutex::new(Vec::new());
    serve_at_most(2, 1..=5, |guest: usize| {
        served.lock().expect("패닉하지 않는다").push(guest);
        LEFT
    });
    let mut served = served.into_inner().expect("패닉하지 않는다");
    served.sort_unstable();
    assert_eq!(
        served,
        [1, 2, 3, 4, 5],
        "돌아왔을 때에는 문이 내준 손님을 모두 한 번씩 상대했어야 합니다"
    );
}

/// 진짜 손님도 답을 듣는다
#[test]
fn basic_real_guests_are_answered() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("빈 포트가 있다");
    let server = Server::start(listener, |listener, _| {
        serve_at_most(1, listener.incoming().take(2), |stream| talk(&stream?));
        Ok(())
    });
    let [first, second] = [1, 2].map(|number| {
        let guest = Guest::connect(number, server.address());
        guest.order();
        guest
    });
    assert_eq!(
        first.read_reply().as_deref(),
        Some("확인 1"),
        "자리가 하나이면 먼저 온 손님이 답을 들어야 합니다"
    );
    first.leave();
    assert_eq!(
        second.read_reply().as_deref(),
        Some("확인 2"),
        "첫 손님이 떠났으니 커널의 줄에서 기다리던 손님이 답을 들어야 합니다"
    );
    second.leave();
    server.join().expect("서버는 오류 없이 끝난다");
}

/// 함께 상대하는 손님은 max명을 넘지 않는다
#[test]
fn never_more_than_max_at_once() {
    let (talking, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    serve_at_most(3, 0..200, |_| {
        most.fetch_max(talking.fetch_add(1, SeqCst) + 1, SeqCst);
        (0..10).for_each(|_| thread::yield_now());
        talking.fetch_sub(1, SeqCst);
        LEFT
    });
    let most = most.into_inner();
    assert!(
        most <= 3,
        "함께 상대한 손님이 {most}명이나 되었습니다. 3명까지입니다"
    );
}

/// 자리가 있으면 기다리게 하지 않는다
#[test]
fn every_place_is_used() {
    let everyone = Barrier::new(3);
    let met = AtomicUsize::new(0);
    serve_at_most(3, 0..3, |_| {
        everyone.wait();
        met.fetch_add(1, SeqCst);
        LEFT
    });
    assert_eq!(
        met.into_inner(),
        3,
        "세 손님은 서로를 기다립니다. 자리가 셋이니 함께 상대해야 합니다"
    );
}

/// 자리가 없으면 손님을 맞지 않는다
#[test]
fn nobody_is_let_in_without_a_place() {
    let inside = AtomicUsize::new(0);
    let mut most = 0;
    // 손님을 내줄 때 안에 몇 명이 있는지 적는 문.
    let door = (0..200).inspect(|_| most = most.max(inside.fetch_add(1, SeqCst)));
    serve_at_most(2, door, |_| {
        (0..10).for_each(|_| thread::yield_now());
        inside.fetch_sub(1, SeqCst);
        LEFT
    });
    assert!(
        most < 2,
        "자리가 둘인데 안에 {most}명이 있을 때 손님을 또 맞았습니다. 자리를 얻은 다음에 next를 부르세요"
    );
}

/// 누가 먼저 떠나든 그 자리에 다음 손님이 온다
#[test]
fn the_next_guest_does_not_wait_for_the_oldest() {
    let (tell, told) = mpsc::channel();
    let told = Mutex::new(told);
    let slow_one_heard = AtomicUsize::new(0);
    serve_at_most(2, 1..=4, |guest| {
        match guest {
            // 첫 손님은 넷째 손님이 올 때까지 떠나지 않는다.
            1 => {
                let heard = told.lock().expect("패닉하지 않는다").recv();
                slow_one_heard.store(heard.expect("넷째가 말한다"), SeqCst);
            }
            4 => tell.send(4).expect("첫 손님이 듣는다"),
            _ => {}
        }
        LEFT
    });
    assert_eq!(
        slow_one_heard.into_inner(),
        4,
        "첫 손님이 남아 있어도, 다른 자리가 비면 다음 손님을 맞아야 합니다"
    );
}

/// 끊긴 손님의 자리도 돌아온다
#[test]
fn a_broken_talk_gives_its_place_back() {
    let served = AtomicUsize::new(0);
    serve_at_most(2, 1..=6, |guest| {
        served.fetch_add(1, SeqCst);
        if guest <= 4 { broken() } else { LEFT }
    });
    assert_eq!(
        served.into_inner(),
        6,
        "연결이 끊긴 손님도 떠난 것입니다. 그 자리에 다음 손님을 맞아야 합니다"
    );
}

/// 손님이 없으면 곧바로 돌아온다
#[test]
fn an_empty_door_is_left_at_once() {
    let served = AtomicUsize::new(0);
    serve_at_most(2, std::iter::empty(), |(): ()| {
        served.fetch_add(1, SeqCst);
        LEFT
    });
    assert_eq!(served.into_inner(), 0, "손님이 없으니 상대할 일도 없습니다");
}
