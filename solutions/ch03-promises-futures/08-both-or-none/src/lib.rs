//! 방과 좌석을 함께 예약한다. 전부이거나 없거나.

use std::mem;

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
    number: u32,
}

impl<'a, S: Seller> Held<'a, S> {
    /// 하나를 잡는다. 잡은 폴링에서 곧바로 감싸므로 그사이에는 취소되지 않는다.
    async fn by(seller: &'a S) -> Option<Self> {
        let number = seller.hold().await?;
        Some(Held { seller, number })
    }

    /// 이제 손님의 것이므로 놓지 않는다.
    fn keep(self) -> u32 {
        let number = self.number;
        mem::forget(self);
        number
    }
}

impl<S: Seller> Drop for Held<'_, S> {
    fn drop(&mut self) {
        self.seller.release(self.number);
    }
}

/// 방과 좌석을 잡고 결제한 다음 표를 돌려준다. 취소하면 잡은 것을 모두 놓는다.
pub async fn book(
    hotel: &impl Seller,
    flight: &impl Seller,
    pay: impl Future<Output = Result<(), Refused>>,
) -> Result<Ticket, Failed> {
    let room = Held::by(hotel).await.ok_or(Failed::NoRoom)?;
    let seat = Held::by(flight).await.ok_or(Failed::NoSeat)?;
    pay.await.map_err(|Refused| Failed::Refused)?;
    Ok(Ticket {
        room: room.keep(),
        seat: seat.keep(),
    })
}
