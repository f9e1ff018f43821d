//! 여행사가 방과 좌석을 함께 팝니다. 손님이 기다리다 창을 닫으면 `book`의 퓨처가 버려지는데, 그때마다 방이 하나씩
//! 사라집니다. 어디에서 버려지든 표를 주었으면 둘 다 잡혀 있고, 주지 않았으면 하나도 잡혀 있지 않게 `book`을
//! 고치세요.
//!
//! - 호텔에서 방을 잡고, 그다음에 항공사에서 좌석을 잡고, 둘 다 잡은 다음에 `pay`를 폴링합니다.
//! - 방이 없으면 `NoRoom`으로, 좌석이 없으면 `NoSeat`으로, 결제가 거절되면 `Refused`로 끝냅니다. 방이 없으면
//!   항공사에는 묻지 않습니다.
//! - `pay`가 `Ok`를 준 바로 그 폴링에서 표를 돌려줍니다. 표에 적힌 방과 좌석은 놓지 않습니다.
//! - 표를 주지 않고 끝나면 잡은 것을 모두 놓습니다. 오류로 끝나든, 퓨처가 버려지든, `pay`가 패닉하든 같습니다.
//! - 잡은 것은 한 번만 놓고, 잡지 않은 것은 놓지 않습니다.

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

/// 방과 좌석을 잡고 결제한 다음 표를 돌려준다.
pub async fn book(
    hotel: &impl Seller,
    flight: &impl Seller,
    pay: impl Future<Output = Result<(), Refused>>,
) -> Result<Ticket, Failed> {
    let room = hotel.hold().await.ok_or(Failed::NoRoom)?;
    let seat = flight.hold().await.ok_or(Failed::NoSeat)?;
    pay.await.map_err(|Refused| Failed::Refused)?;
    Ok(Ticket { room, seat })
}
