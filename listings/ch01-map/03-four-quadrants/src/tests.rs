//! 꼴마다 기다리는 동안 무엇을 했는지, 준비와 완료를 섞으면 어떻게 되는지 본다.

use std::io::{ErrorKind, Read};
use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::forms::{ask_until_it_comes, three_guests};
use crate::guest::{wait_ready, welcome};

// ANCHOR: waited
#[test]
fn the_same_loop_washes_only_on_a_non_blocking_socket() {
    assert_eq!(sync_non_blocking().unwrap().cups, 3);
    let (guest, mut seat) = welcome("하나").unwrap();
    let waited = thread::scope(|scope| {
        scope.spawn(|| guest.say("국밥"));
        ask_until_it_comes(&mut seat, |_| {
            unreachable!("막는 read는 빈손으로 오지 않는다")
        })
    });
    assert_eq!(
        (waited.unwrap().cups, sync_blocking().unwrap().cups),
        (0, 0)
    );
}
// ANCHOR_END: waited

#[test]
fn one_blocking_wait_tells_which_of_three_has_come() {
    let (guests, seats) = three_guests().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| guests[1].say("국밥"));
        assert_eq!(wait_ready(&seats).unwrap(), [1]);
    });
}

#[test]
fn a_callback_needs_no_asking() {
    let waited = async_non_blocking().unwrap();
    assert_eq!((waited.cups, waited.empty), (3, 0));
}

#[test]
fn only_the_last_form_lets_someone_else_copy() {
    let by_helper = FORMS.map(|(_, form)| form().unwrap().by_helper);
    assert_eq!(by_helper, [false, false, false, true]);
}

// ANCHOR: lunch
#[test]
fn reading_a_whole_line_from_a_ready_socket_makes_the_others_wait() {
    assert_eq!(lunch(whole_line).unwrap(), ["두리", "하나"]);
}

#[test]
fn reading_what_is_there_does_not() {
    assert_eq!(lunch(what_is_there).unwrap(), ["하나", "두리"]);
}
// ANCHOR_END: lunch

/// 짧게 줄인 두 함수는 줄 하나씩 오고 손님이 끊지 않을 때만 맞다.
#[test]
fn the_short_readers_expect_one_line_at_a_time() {
    let (guest, mut seat) = welcome("하나").unwrap();
    seat.socket.set_nonblocking(true).unwrap();
    guest.say("국밥\n김밥\n");
    assert_eq!(whole_line(&mut seat).unwrap().unwrap(), "국밥\n");
    let lost = whole_line(&mut seat).unwrap_err(); // 둘째 줄은 버린 버퍼에 있었다.
    assert_eq!(lost.kind(), ErrorKind::WouldBlock);
    guest.say("국밥\n김밥\n");
    let glued = what_is_there(&mut seat).unwrap().unwrap();
    assert_eq!(glued, "국밥\n김밥\n");
    drop(guest);
    let mut seats = [seat];
    for _ in 0..2 {
        assert_eq!(wait_ready(&seats).unwrap(), [0]); // 떠난 손님은 늘 준비되어 있다.
        assert_eq!(what_is_there(&mut seats[0]).unwrap(), None);
    }
}

// ANCHOR: stays_ready
#[test]
fn poll_tells_of_bytes_and_leaves_them_there() {
    let (guest, seat) = welcome("하나").unwrap();
    let mut seats = [seat];
    guest.say("국밥");
    assert_eq!(wait_ready(&seats).unwrap(), [0]);
    assert_eq!(wait_ready(&seats).unwrap(), [0]); // 읽지 않았으니 또 알린다.
    assert_eq!(seats[0].read().unwrap(), "국밥"); // 옮기는 것은 부른 쪽이다.
}
// ANCHOR_END: stays_ready

// ANCHOR: spin
/// 할 일도 없이 되묻기만 하면 10밀리초 동안 몇 번이나 빈손으로 돌아오는가?
#[test]
#[ignore = "재는 것이라 따로 돌린다"]
fn measure_spins() {
    let (_guest, mut seat) = welcome("하나").unwrap();
    seat.socket.set_nonblocking(true).unwrap();
    let (start, mut empty) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_millis(10) {
        let error = seat.socket.read(&mut [0; 64]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        empty += 1;
    }
    println!("빈손으로 돌아온 횟수: {empty}");
}
// ANCHOR_END: spin
