// 실패했으면 놓는 코드를 `.await` 다음에 적습니다. 버려지거나 패닉하면 `.await`의 다음 줄이 돌지 않아서 잡은 것이 남습니다.
// 잡는 테스트: dropped_while_waiting_for_the_seat, dropped_while_paying, nothing_leaks_wherever_it_is_dropped, the_next_guest_gets_them, a_panicking_payment_gives_both_back, two_guests_do_not_mix

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
    let Some(seat) = flight.hold().await else {
        hotel.release(room);
        return Err(Failed::NoSeat);
    };
    if pay.await.is_err() {
        flight.release(seat);
        hotel.release(room);
        return Err(Failed::Refused);
    }
    Ok(Ticket { room, seat })
}
