//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use ex02_07_booking::{Booking, Command, Event, MAX_ATTEMPTS, Outcome};

/// 처음부터 이벤트를 차례로 넣고 나온 명령을 모두 모은다.
fn run(events: &[Event]) -> Vec<Command> {
    let (mut booking, first) = Booking::start();
    let rest = events.iter().filter_map(|event| booking.on(*event));
    [first].into_iter().chain(rest).collect()
}

fn pay(attempt: u32) -> Command {
    Command::Pay(attempt)
}

fn finish(outcome: Outcome) -> Command {
    Command::Finish(outcome)
}

/// 좌석을 잡고 결제하면 예약된다
#[test]
fn basic_a_booking_goes_through() {
    assert_eq!(
        run(&[Event::Held, Event::Paid(1)]),
        [Command::Hold, pay(1), finish(Outcome::Booked)],
        "좌석, 결제, 끝의 차례로 명령이 나와야 합니다"
    );
}

/// 좌석이 없으면 그것으로 끝이다
#[test]
fn basic_no_seat_ends_it() {
    assert_eq!(
        run(&[Event::HoldFailed]),
        [Command::Hold, finish(Outcome::NoSeat)],
        "잡지 못한 좌석은 놓을 것도 없습니다"
    );
}

/// 거절되면 좌석을 놓고 끝낸다
#[test]
fn basic_a_refusal_releases_the_seat() {
    let mut events = vec![Event::Held, Event::Refused(1)];
    assert_eq!(
        run(&events),
        [Command::Hold, pay(1), Command::Release],
        "좌석을 놓았다는 답이 올 때까지 끝내지 않아야 합니다"
    );
    events.push(Event::Released);
    assert_eq!(
        run(&events).last(),
        Some(&finish(Outcome::Refused)),
        "좌석을 놓은 다음에 거절로 끝내야 합니다"
    );
}

/// 결제는 세 번까지 한다
#[test]
fn payment_is_tried_three_times() {
    let mut events = vec![Event::Held];
    events.extend((1..=MAX_ATTEMPTS).map(|attempt| Event::TimedOut(attempt)));
    events.push(Event::Released);
    assert_eq!(
        run(&events),
        [
            Command::Hold,
            pay(1),
            pay(2),
            pay(3),
            Command::Release,
            finish(Outcome::TimedOut)
        ],
        "시간이 다 되면 번호를 올려 다시 하되, 모두 세 번까지입니다"
    );
}

/// 다시 한 결제가 되면 예약된다
#[test]
fn a_retry_may_go_through() {
    let events = [Event::Held, Event::TimedOut(1), Event::Paid(2)];
    assert_eq!(
        run(&events).last(),
        Some(&finish(Outcome::Booked)),
        "두 번째 결제가 되어도 예약입니다"
    );
}

/// 앞선 결제의 늦은 답은 무시한다
#[test]
fn late_replies_of_earlier_attempts_are_ignored() {
    for late in [Event::Paid(1), Event::Refused(1), Event::TimedOut(1)] {
        let events = [Event::Held, Event::TimedOut(1), late];
        assert_eq!(
            run(&events),
            [Command::Hold, pay(1), pay(2)],
            "두 번째 결제를 기다리는 동안 온 {late:?}는 이미 포기한 결제의 답입니다"
        );
    }
}

/// 결제를 기다리다 취소하면 좌석을 놓는다
#[test]
fn a_cancel_while_paying_releases_the_seat() {
    let events = [Event::Held, Event::Cancel, Event::Released];
    assert_eq!(
        run(&events),
        [
            Command::Hold,
            pay(1),
            Command::Release,
            finish(Outcome::Cancelled)
        ],
        "취소하면 잡은 좌석을 놓고 끝내야 합니다"
    );
}

/// 좌석을 기다리다 취소하면 좌석의 답을 기다렸다가 놓는다
#[test]
fn a_cancel_while_holding_waits_for_the_seat() {
    assert_eq!(
        run(&[Event::Cancel]),
        [Command::Hold],
        "좌석이 잡힐지 모르므로 아직 끝낼 수 없습니다"
    );
    assert_eq!(
        run(&[Event::Cancel, Event::Held, Event::Released]),
        [Command::Hold, Command::Release, finish(Outcome::Cancelled)],
        "취소한 뒤에 잡힌 좌석은 결제하지 않고 놓아야 합니다"
    );
    assert_eq!(
        run(&[Event::Cancel, Event::HoldFailed]),
        [Command::Hold, finish(Outcome::Cancelled)],
        "취소한 뒤에 좌석이 없다고 하면 놓을 것 없이 취소로 끝냅니다"
    );
}

/// 좌석을 놓는 동안 온 취소는 결말을 바꾸지 않는다
#[test]
fn a_cancel_while_releasing_changes_nothing() {
    let events = [
        Event::Held,
        Event::Refused(1),
        Event::Cancel,
        Event::Released,
    ];
    assert_eq!(
        run(&events),
        [
            Command::Hold,
            pay(1),
            Command::Release,
            finish(Outcome::Refused)
        ],
        "이미 놓고 있는 좌석을 또 놓거나 결말을 바꾸면 안 됩니다"
    );
}

/// 다섯 이벤트까지의 모든 차례에서 약속을 지킨다
#[test]
fn every_sequence_keeps_the_promises() {
    let mut events = vec![
        Event::Held,
        Event::HoldFailed,
        Event::Released,
        Event::Cancel,
    ];
    for attempt in 1..=2 {
        events.push(Event::Paid(attempt));
        events.push(Event::Refused(attempt));
        events.push(Event::TimedOut(attempt));
    }
    let mut sequence = Vec::new();
    each_sequence(&events, 5, &mut sequence, &keeps_the_promises);
}

fn each_sequence(
    events: &[Event],
    left: usize,
    sequence: &mut Vec<Event>,
    check: &dyn Fn(&[Event]),
) {
    check(sequence);
    if left == 0 {
        return;
    }
    for event in events {
        sequence.push(*event);
        each_sequence(events, left - 1, sequence, check);
        sequence.pop();
    }
}

/// 테스트가 따로 세는 것. 머신의 속은 보지 않는다.
fn keeps_the_promises(sequence: &[Event]) {
    let (mut booking, _) = Booking::start();
    // 좌석의 답이 왔는지, 지금 잡고 있는지, 놓고 있는지, 지금 결제하는 번호, 끝났는지.
    let (mut answered, mut held, mut releasing) = (false, false, false);
    let (mut paying, mut finished) = (None, false);
    for event in sequence {
        if !answered && matches!(event, Event::Held | Event::HoldFailed) {
            answered = true;
            held = *event == Event::Held;
        }
        if releasing && *event == Event::Released {
            (held, releasing) = (false, false);
        }
        let paid = matches!(event, Event::Paid(attempt) if paying == Some(*attempt));
        let Some(command) = booking.on(*event) else {
            continue;
        };
        let told = format!("{sequence:?}를 넣자 {command:?}가 나왔습니다");
        assert!(!finished, "끝난 다음에는 명령이 없어야 합니다. {told}");
        match command {
            Command::Hold => panic!("좌석은 처음에만 잡습니다. {told}"),
            Command::Pay(attempt) => {
                assert!(held && !releasing, "잡은 좌석만 결제합니다. {told}");
                assert_eq!(
                    attempt,
                    paying.unwrap_or(0) + 1,
                    "결제의 번호는 하나씩 오릅니다. {told}"
                );
                paying = Some(attempt);
            }
            Command::Release => {
                assert!(held && !releasing, "잡은 좌석을 한 번만 놓습니다. {told}");
                (releasing, paying) = (true, None);
            }
            Command::Finish(Outcome::Booked) => {
                assert!(held && paid, "결제된 좌석만 예약됩니다. {told}");
                finished = true;
            }
            Command::Finish(_) => {
                assert!(answered && !held, "좌석을 잡은 채 끝내면 안 됩니다. {told}");
                finished = true;
            }
        }
    }
}
