// 결제된 다음에도 가드를 풀지 않습니다. 함수가 끝나며 가드가 버려지므로 표를 준 방과 좌석까지 놓습니다.
// 잡는 테스트: basic_a_paid_booking_holds_both, the_next_guest_gets_them, two_guests_do_not_mix

/// 방을 파는 호텔이나 좌석을 파는 항공사.
pub trait Seller {
    /// 남은 것 하나를 잡고 그 번호를 돌려준다. 남은 것이 없으면 `None`.
    ///
    /// 취소하면 잡지 않는다. `Ready`를 돌려주는 폴링에서만 잡는다.
    fn hold(&self) -> impl Future<Output = Option<u32>>;

    /// 잡은 것을 놓는다. 기다리지 않는다.
    fn release(&self, number: u32);
}

/// 결제가 거절되었다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// 예약한 방과 좌석의 번호. `Ticket`을 버려도 예약은 풀리지 않는다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// 방의 번호.
    pub room: u32,
    /// 좌석의 번호.
    pub seat: u32,
}

/// 예약하지 못한 까닭.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// 방이 없다.
    NoRoom,
    /// 좌석이 없다.
    NoSeat,
    /// 결제가 거절되었다.
    Refused,
}

/// 잡은 것 하나. 버려지면 놓는다.
struct Held<'a, S: Seller> {
    seller: &'a S,
    number: u32,
}

impl<S: Seller> Drop for Held<'_, S> {
    fn drop(&mut self) {
        self.seller.release(self.number);
    }
}

/// 방과 좌석을 잡고 결제한 다음 표를 돌려준다.
pub async fn book(
    hotel: &impl Seller,
    flight: &impl Seller,
    pay: impl Future<Output = Result<(), Refused>>,
) -> Result<Ticket, Failed> {
    let number = hotel.hold().await.ok_or(Failed::NoRoom)?;
    let room = Held {
        seller: hotel,
        number,
    };
    let number = flight.hold().await.ok_or(Failed::NoSeat)?;
    let seat = Held {
        seller: flight,
        number,
    };
    pay.await.map_err(|Refused| Failed::Refused)?;
    Ok(Ticket {
        room: room.number,
        seat: seat.number,
    })
}
