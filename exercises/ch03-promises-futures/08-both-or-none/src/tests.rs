//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ch03_12_cancellation::{for_each_cancellation, poll_times};
use ex03_08_both_or_none::{Failed, Refused, Seller, Ticket, book};
use tokio::task::yield_now;

/// 이만큼 물으면 끝나야 한다.
const ENOUGH: usize = 100;

/// 파는 것과 잡힌 것을 적는 서버.
#[derive(Default)]
struct Shop {
    /// 남은 번호. 뒤에서부터 판다.
    free: RefCell<Vec<u32>>,
    held: RefCell<Vec<u32>>,
    /// 잡혀 있지 않은데 놓은 번호.
    strays: RefCell<Vec<u32>>,
    /// 잡아 달라는 말을 들은 횟수.
    asked: Cell<u32>,
    /// 답하기 전에 멈추는 횟수. `None`이면 영영 답하지 않는다.
    pauses: Option<u32>,
}

impl Shop {
    fn new(free: &[u32], pauses: u32) -> Shop {
        Shop {
            free: RefCell::new(free.to_vec()),
            pauses: Some(pauses),
            ..Shop::default()
        }
    }

    fn held(&self) -> Vec<u32> {
        self.held.borrow().clone()
    }
}

impl Seller for Shop {
    async fn hold(&self) -> Option<u32> {
        self.asked.update(|asked| asked + 1);
        match self.pauses {
            Some(pauses) => pause(pauses).await,
            None => pending().await,
        }
        let number = self.free.borrow_mut().pop()?;
        self.held.borrow_mut().push(number);
        Some(number)
    }

    fn release(&self, number: u32) {
        let at = self.held.borrow().iter().position(|held| *held == number);
        match at {
            Some(at) => {
                self.held.borrow_mut().remove(at);
                self.free.borrow_mut().push(number);
            }
            None => self.strays.borrow_mut().push(number),
        }
    }
}

async fn pause(times: u32) {
    for _ in 0..times {
        yield_now().await;
    }
}

async fn paid() -> Result<(), Refused> {
    pause(2).await;
    Ok(())
}

/// 방 101과 좌석 7이 하나씩 남았고, 서버마다 두 번 멈춘다.
fn shops() -> (Shop, Shop) {
    (Shop::new(&[101], 2), Shop::new(&[7], 2))
}

/// 지금 잡혀 있는 방과 좌석.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    rooms: Vec<u32>,
    seats: Vec<u32>,
}

const NOTHING: Held = Held {
    rooms: Vec::new(),
    seats: Vec::new(),
};

fn both(room: u32, seat: u32) -> Held {
    Held {
        rooms: vec![room],
        seats: vec![seat],
    }
}

/// 잡힌 방과 좌석을 본다. 잡히지 않은 것을 놓았으면 실패한다.
fn held((hotel, flight): &(Shop, Shop)) -> Held {
    for shop in [hotel, flight] {
        assert_eq!(
            *shop.strays.borrow(),
            [],
            "잡혀 있지 않은 번호를 놓았습니다. 한 번 놓은 것을 다시 놓지 않았는지 보세요"
        );
    }
    Held {
        rooms: hotel.held(),
        seats: flight.held(),
    }
}

/// 결제되면 표를 주고 둘 다 잡은 채로 둔다
#[test]
fn basic_a_paid_booking_holds_both() {
    let shops = shops();
    let ticket = poll_times(book(&shops.0, &shops.1, paid()), ENOUGH);
    assert_eq!(
        ticket,
        Some(Ok(Ticket { room: 101, seat: 7 })),
        "방도 좌석도 있고 결제되었으니 표를 주어야 합니다"
    );
    assert_eq!(
        held(&shops),
        both(101, 7),
        "표를 주었으니 방과 좌석은 잡힌 채로 남아야 합니다"
    );
}

/// 방이 없으면 항공사에 묻지 않는다
#[test]
fn no_room_asks_nobody_else() {
    let shops = (Shop::new(&[], 1), Shop::new(&[7], 1));
    let ticket = poll_times(book(&shops.0, &shops.1, paid()), ENOUGH);
    assert_eq!(ticket, Some(Err(Failed::NoRoom)), "방이 없습니다");
    assert_eq!(
        shops.1.asked.get(),
        0,
        "방이 없으면 좌석은 쓸 데가 없으니 항공사에 묻지 않아야 합니다"
    );
    assert_eq!(held(&shops), NOTHING, "잡은 것이 없어야 합니다");
}

/// 좌석이 없으면 방을 놓는다
#[test]
fn no_seat_gives_the_room_back() {
    let shops = (Shop::new(&[101], 1), Shop::new(&[], 1));
    let ticket = poll_times(book(&shops.0, &shops.1, paid()), ENOUGH);
    assert_eq!(ticket, Some(Err(Failed::NoSeat)), "좌석이 없습니다");
    assert_eq!(
        held(&shops),
        NOTHING,
        "좌석이 없어 표를 주지 못했으니 먼저 잡은 방을 놓아야 합니다. 오류로 나가든 버려지든 같은 길로 놓아야 합니다"
    );
}

/// 결제가 거절되면 둘 다 놓는다
#[test]
fn a_refused_payment_gives_both_back() {
    let shops = shops();
    let refused = async {
        pause(1).await;
        Err(Refused)
    };
    let ticket = poll_times(book(&shops.0, &shops.1, refused), ENOUGH);
    assert_eq!(
        ticket,
        Some(Err(Failed::Refused)),
        "결제가 거절되었다고 알려야 합니다"
    );
    assert_eq!(
        held(&shops),
        NOTHING,
        "표를 주지 못했으니 방과 좌석을 모두 놓아야 합니다"
    );
}

/// 둘 다 잡은 다음에 결제한다
#[test]
fn the_payment_comes_last() {
    let shops = shops();
    let seen = RefCell::new(None);
    let pay = async {
        *seen.borrow_mut() = Some(held(&shops));
        paid().await
    };
    let ticket = poll_times(book(&shops.0, &shops.1, pay), ENOUGH);
    assert!(
        ticket.is_some_and(|ticket| ticket.is_ok()),
        "방도 좌석도 있고 결제되었으니 표를 주어야 합니다"
    );
    assert_eq!(
        seen.into_inner(),
        Some(both(101, 7)),
        "결제를 시작할 때에는 방과 좌석이 모두 잡혀 있어야 합니다. 돈부터 받으면 줄 것이 없을 수 있습니다"
    );
}

/// 좌석을 기다리다 버려지면 방을 놓는다
#[test]
fn dropped_while_waiting_for_the_seat() {
    let shops = (Shop::new(&[101], 0), Shop::default());
    let ticket = poll_times(book(&shops.0, &shops.1, paid()), 3);
    assert_eq!(ticket, None, "항공사가 답하지 않으니 기다려야 합니다");
    assert_eq!(
        held(&shops),
        NOTHING,
        "좌석을 기다리다 버려졌으니 먼저 잡은 방을 놓아야 합니다"
    );
}

/// 결제를 기다리다 버려지면 둘 다 놓는다
#[test]
fn dropped_while_paying() {
    let shops = (Shop::new(&[101], 0), Shop::new(&[7], 0));
    let ticket = poll_times(book(&shops.0, &shops.1, pending()), 3);
    assert_eq!(ticket, None, "결제가 끝나지 않았으니 기다려야 합니다");
    assert_eq!(
        held(&shops),
        NOTHING,
        "결제를 기다리다 버려졌으니 방과 좌석을 모두 놓아야 합니다"
    );
}

/// 몇 번째 폴링 다음에 버려지든 새지 않는다
#[test]
fn nothing_leaks_wherever_it_is_dropped() {
    let mut leaks = Vec::new();
    for_each_cancellation(
        shops,
        async |(hotel, flight)| book(hotel, flight, paid()).await,
        |polls, ticket, shops| match held(&shops) {
            left if ticket.is_none() && left != NOTHING => leaks.push((polls, left)),
            _ => {}
        },
    );
    assert_eq!(
        leaks,
        [],
        "표를 주지 않고 버려졌는데 잡힌 것이 남았습니다. 차례대로 폴링한 횟수와 남은 것입니다"
    );
}

/// 버려진 다음 손님이 같은 방과 좌석을 얻는다
#[test]
fn the_next_guest_gets_them() {
    for_each_cancellation(
        shops,
        async |(hotel, flight)| book(hotel, flight, paid()).await,
        |polls, first, shops| {
            let second = poll_times(book(&shops.0, &shops.1, paid()), ENOUGH);
            let free = Ok(Ticket { room: 101, seat: 7 });
            let expected = if first.is_none() {
                free
            } else {
                Err(Failed::NoRoom)
            };
            assert_eq!(
                second,
                Some(expected),
                "앞의 손님을 {polls}번 폴링하고 버렸습니다. 하나뿐인 방과 좌석은 표를 받은 손님의 것이어야 합니다"
            );
        },
    );
}

/// 결제가 패닉해도 둘 다 놓는다
#[test]
fn a_panicking_payment_gives_both_back() {
    let shops = shops();
    let pay = async {
        pause(1).await;
        panic!("결제가 일부러 패닉합니다");
    };
    let booking = || poll_times(book(&shops.0, &shops.1, pay), ENOUGH);
    let result = catch_unwind(AssertUnwindSafe(booking));
    assert!(
        result.is_err(),
        "결제의 패닉을 삼키면 안 됩니다. 부른 쪽까지 되감아야 합니다"
    );
    assert_eq!(
        held(&shops),
        NOTHING,
        "되감는 동안에도 방과 좌석을 놓아야 합니다"
    );
}

/// 저마다 제가 잡은 것을 놓는다
#[test]
fn two_guests_do_not_mix() {
    let shops = (Shop::new(&[101, 102], 0), Shop::new(&[7, 8], 0));
    let first = book(&shops.0, &shops.1, paid());
    let ticket = {
        let mut second = Box::pin(book(&shops.0, &shops.1, pending()));
        assert_eq!(
            poll_times(second.as_mut(), 1),
            None,
            "결제가 끝나지 않았으니 기다려야 합니다"
        );
        poll_times(first, ENOUGH)
    };
    assert_eq!(
        ticket,
        Some(Ok(Ticket { room: 101, seat: 7 })),
        "앞 손님이 102와 8을 잡고 기다리니 남은 101과 7의 표를 주어야 합니다"
    );
    assert_eq!(
        held(&shops),
        both(101, 7),
        "버려진 손님의 102와 8만 놓고, 표를 받은 손님의 101과 7은 남아야 합니다"
    );
}
