//! 좌석을 예약하는 일은 콜백으로 이렇게 쓰여 있습니다.
//!
//! ```rust,ignore
//! server.hold(move |held| match held {
//!     Err(_) => done(Outcome::NoSeat),
//!     Ok(()) => server.pay(1, move |paid| match paid {
//!         Ok(()) => done(Outcome::Booked),
//!         Err(_) => server.release(move |()| done(Outcome::Refused)),
//!     }),
//! });
//! ```
//!
//! 여기에 재시도와 취소를 넣으려니 겹이 끝없이 깊어집니다. 같은 일을 상태 머신으로 바꾸세요. 머신은 스레드도
//! 콜백도 시계도 모릅니다. 이벤트를 넣으면 다음에 할 명령이 나옵니다. 시간은 머신을 돌리는 쪽이 재고, 다 되면
//! `TimedOut(번호)`를 넣습니다.
//!
//! - 시작하면 `Hold`를 냅니다. 좌석이 없으면 `NoSeat`으로 끝냅니다.
//! - 좌석을 잡으면 `Pay(1)`을 냅니다. 결제되면 `Booked`로 끝냅니다.
//! - 결제가 거절되면 좌석을 놓고(`Release`), 놓았다는 답이 오면 `Refused`로 끝냅니다.
//! - 결제가 시간 안에 끝나지 않으면 번호를 하나 올려 다시 합니다. 모두 세 번까지 하고, 그래도 안 되면 좌석을
//!   놓고 `TimedOut`으로 끝냅니다.
//! - 앞선 번호의 결제에서 늦게 온 답은 무시합니다. 결제 서버는 예약 하나에 한 번만 청구하고, 좌석을 놓으면 그
//!   결제도 무르기로 약속했습니다.
//! - `Cancel`은 언제든 옵니다. 잡은 좌석이 있으면 놓고 `Cancelled`로 끝냅니다. 좌석의 답을 기다리던 중이면
//!   그 답이 온 다음에 그렇게 합니다. 이미 좌석을 놓고 있으면 정해진 결말을 바꾸지 않습니다.
//! - `Finish`는 꼭 한 번 내고, 그 뒤의 이벤트와 올 때가 아닌 이벤트는 모두 무시합니다.

/// 결제를 시도하는 횟수.
pub const MAX_ATTEMPTS: u32 = 3;

/// 머신에 들어오는 것.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// 좌석을 잡았다.
    Held,
    /// 좌석이 없다.
    HoldFailed,
    /// 이 번호의 결제가 되었다.
    Paid(u32),
    /// 이 번호의 결제가 거절되었다.
    Refused(u32),
    /// 이 번호의 결제가 시간 안에 끝나지 않았다.
    TimedOut(u32),
    /// 좌석을 놓았다.
    Released,
    /// 손님이 취소했다.
    Cancel,
}

/// 머신이 해 달라는 것.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// 좌석을 잡는다.
    Hold,
    /// 결제한다.
    Pay(u32),
    /// 좌석을 놓는다.
    Release,
    /// 예약을 이 결말로 끝낸다.
    Finish(Outcome),
}

/// 예약의 결말.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 예약했다.
    Booked,
    /// 좌석이 없다.
    NoSeat,
    /// 결제가 거절되었다.
    Refused,
    /// 결제가 끝나지 않았다.
    TimedOut,
    /// 손님이 취소했다.
    Cancelled,
}

/// 예약 하나.
pub struct Booking {
    // 지금 무엇을 기다리는지 적어 둘 곳이 필요합니다.
}

impl Booking {
    /// 예약을 시작한다. 먼저 할 명령이 함께 나온다.
    pub fn start() -> (Booking, Command) {
        (Booking {}, Command::Hold)
    }

    /// 이벤트를 넣는다. 할 일이 없으면 `None`이다.
    pub fn on(&mut self, event: Event) -> Option<Command> {
        todo!("{event:?}에 무엇을 할지 정하세요")
    }
}
