// 가드가 놓는데 오류가 났을 때 손으로도 놓습니다. 그사이에 다른 손님이 잡은 방을 놓을 수도 있습니다.
// 잡는 테스트: no_seat_gives_the_room_back, a_refused_payment_gives_both_back

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

/// 잡은 것 하나. 지키라는 말 없이 버려지면 놓는다.
struct Held<'a, S: Seller> {
    seller: &'a S,
    number: Option<u32>,
}

impl<S: Seller> Held<'_, S> {
    fn keep(&mut self) -> Option<u32> {
        self.number.take()
    }
}

impl<S: Seller> Drop for Held<'_, S> {
    fn drop(&mut self) {
        if let Some(number) = self.number.take() {
            self.seller.release(number);
        }
    }
}

/// 방과 좌석을 잡고 결제한 다음 표를 돌려준다.
pub async fn book(
    hotel: &impl Seller,
    flight: &impl Seller,
    pay: impl Future<Output = Result<(), Refused>>,
) -> Result<Ticket, Failed> {
    let room = hotel.hold().await.ok_or(Failed::NoRoom)?;
    let mut held_room = Held {
        seller: hotel,
        number: Some(room),
    };
    let Some(seat) = flight.hold().await else {
        hotel.release(room);
        return Err(Failed::NoSeat);
    };
    let mut held_seat = Held {
        seller: flight,
        number: Some(seat),
    };
    if pay.await.is_err() {
        flight.release(seat);
        hotel.release(room);
        return Err(Failed::Refused);
    }
    held_room.keep();
    held_seat.keep();
    Ok(Ticket { room, seat })
}
