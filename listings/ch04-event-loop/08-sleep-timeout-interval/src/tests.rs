//! 잘못들을 일으키고, 고친 꼴이 같은 검사를 통과하는지 본다.

use super::*;

#[test]
fn only_the_last_waker_is_woken() {
    assert_eq!(story::moved(FirstWaker::new), None);
    assert_eq!(story::moved(sleep), Some(1_000));
}

#[test]
fn a_dropped_timeout_takes_its_timer_back() {
    assert_eq!(timeouts::left(left_behind), 10_000);
    assert_eq!(timeouts::left(timeout), 0);
}

#[test]
fn an_answer_beats_the_timer() {
    assert!(timeouts::tie(timer_first).is_err());
    assert!(timeouts::tie(timeout).is_ok());
}

// ANCHOR: sizes
#[test]
fn a_struct_does_not_double() {
    let [by_select, by_struct] = timeouts::sizes();
    for pair in by_select.windows(2) {
        assert!(pair[1] > 2 * pair[0]);
    }
    for pair in by_struct.windows(2) {
        assert!(pair[1] < pair[0] + 64);
    }
}
// ANCHOR_END: sizes

#[test]
fn only_an_interval_keeps_the_beat() {
    assert_eq!(beats::by_sleep(), "0 13 26 39 52");
    assert_eq!(beats::by_interval(), "0 10 20 30 40");
}

#[test]
fn virtual_time_waits_while_held() {
    assert_eq!(outside::answer(false), (1_000, None));
    assert_eq!(outside::answer(true), (0, Some(42)));
}
