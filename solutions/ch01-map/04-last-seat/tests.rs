//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::sync::Arc;

use ex01_04_last_seat::Seats;
use loom::thread;

/// 좌석 `seats`개를 `buyers`명이 저마다 다른 스레드에서 하나씩 산다. 모든 차례를 돌려 보고, 차례마다 산 사람의
/// 수와 남은 좌석의 수를 `check`에 건넨다.
fn every_order(seats: usize, buyers: usize, check: fn(usize, usize)) {
    loom::model(move || {
        let hall = Arc::new(Seats::new(seats));
        let others: Vec<_> = (1..buyers)
            .map(|_| {
                let hall = Arc::clone(&hall);
                thread::spawn(move || hall.take())
            })
            .collect();
        let mut sold = usize::from(hall.take());
        for other in others {
            sold += usize::from(other.join().expect("사는 스레드는 패닉하지 않는다"));
        }
        check(sold, hall.left());
    });
}

/// 혼자서는 있는 만큼 산다
#[test]
fn basic_alone_one_gets_what_is_there() {
    loom::model(|| {
        let hall = Seats::new(2);
        let bought = [hall.take(), hall.take(), hall.take()];
        assert_eq!(
            bought,
            [true, true, false],
            "좌석이 둘이면 두 번은 사고 세 번째는 못 사야 합니다"
        );
        assert_eq!(hall.left(), 0, "둘을 팔았으니 남은 것이 없어야 합니다");
    });
}

/// 마지막 좌석은 한 번만 팔린다
#[test]
fn the_last_seat_is_sold_once() {
    every_order(1, 2, |sold, left| {
        assert_eq!(
            (sold, left),
            (1, 0),
            "좌석이 하나이고 두 스레드가 샀습니다. 어떤 차례로 돌아도 꼭 한쪽만 사고 남은 것은 0이어야 합니다"
        );
    });
}

/// 좌석이 둘이면 두 스레드가 모두 산다
#[test]
fn two_seats_go_to_two_threads() {
    every_order(2, 2, |sold, left| {
        assert_eq!(
            (sold, left),
            (2, 0),
            "두 스레드에 좌석이 둘입니다. 서로 부딪치더라도 둘 다 사야 합니다"
        );
    });
}

/// 셋이 사도 하나만 팔린다
#[test]
fn everyone_gets_one_or_none() {
    every_order(1, 3, |sold, left| {
        assert_eq!(
            (sold, left),
            (1, 0),
            "좌석이 하나이고 세 스레드가 샀습니다. 한 스레드가 못 사는 동안에도 없는 좌석이 있는 것처럼 보이면 안 됩니다"
        );
    });
}

/// 다 팔린 뒤에 물어도 엉뚱한 수가 보이지 않는다
#[test]
fn a_watcher_never_sees_nonsense() {
    loom::model(|| {
        let hall = Arc::new(Seats::new(0));
        let buyer = {
            let hall = Arc::clone(&hall);
            thread::spawn(move || hall.take())
        };
        let seen = hall.left();
        assert_eq!(
            seen, 0,
            "좌석이 하나도 없는 공연장입니다. 누가 사려고 하는 동안에도 0이 보여야 합니다"
        );
        let bought = buyer.join().expect("사는 스레드는 패닉하지 않는다");
        assert!(!bought, "없는 좌석은 팔리지 않아야 합니다");
    });
}
