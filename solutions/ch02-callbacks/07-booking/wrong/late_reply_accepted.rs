// 결제의 번호를 보지 않습니다. 다시 결제하는 동안 앞선 결제의 거절이 늦게 도착하면, 살아 있는 결제를 두고 좌석을 놓습니다.
// 잡는 테스트: late_replies_of_earlier_attempts_are_ignored, every_sequence_keeps_the_promises

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

/// 지금 기다리는 것과, 기다리는 동안 기억하는 것.
enum State {
    /// 좌석의 답을 기다린다. 그사이 취소되었는지 기억한다.
    Holding { cancelled: bool },
    /// 이 번호의 결제를 기다린다.
    Paying { attempt: u32 },
    /// 좌석을 놓은 답을 기다린다. 그러면 이 결말로 끝낸다.
    Releasing { then: Outcome },
    /// 끝났다.
    Finished,
}

/// 예약 하나.
pub struct Booking {
    state: State,
}

impl Booking {
    /// 예약을 시작한다. 먼저 할 명령이 함께 나온다.
    pub fn start() -> (Booking, Command) {
        let state = State::Holding { cancelled: false };
        (Booking { state }, Command::Hold)
    }

    /// 이벤트를 넣는다. 할 일이 없으면 `None`이다.
    pub fn on(&mut self, event: Event) -> Option<Command> {
        match (&self.state, event) {
            (State::Holding { cancelled: false }, Event::Held) => Some(self.pay(1)),
            (State::Holding { cancelled: true }, Event::Held) => {
                Some(self.release(Outcome::Cancelled))
            }
            (State::Holding { cancelled: false }, Event::HoldFailed) => {
                Some(self.finish(Outcome::NoSeat))
            }
            (State::Holding { cancelled: true }, Event::HoldFailed) => {
                Some(self.finish(Outcome::Cancelled))
            }
            (State::Holding { .. }, Event::Cancel) => {
                // 잡힐지 아직 모른다. 답이 와야 놓을 것이 있는지 안다.
                self.state = State::Holding { cancelled: true };
                None
            }
            (State::Paying { .. }, Event::Paid(_)) => Some(self.finish(Outcome::Booked)),
            (State::Paying { .. }, Event::Refused(_)) => Some(self.release(Outcome::Refused)),
            (State::Paying { .. }, Event::TimedOut(attempt)) => {
                Some(match attempt < MAX_ATTEMPTS {
                    true => self.pay(attempt + 1),
                    false => self.release(Outcome::TimedOut),
                })
            }
            (State::Paying { .. }, Event::Cancel) => Some(self.release(Outcome::Cancelled)),
            (State::Releasing { then }, Event::Released) => {
                let then = *then;
                Some(self.finish(then))
            }
            // 늦은 답과 올 때가 아닌 이벤트이다.
            _ => None,
        }
    }

    fn pay(&mut self, attempt: u32) -> Command {
        self.state = State::Paying { attempt };
        Command::Pay(attempt)
    }

    fn release(&mut self, then: Outcome) -> Command {
        self.state = State::Releasing { then };
        Command::Release
    }

    fn finish(&mut self, outcome: Outcome) -> Command {
        self.state = State::Finished;
        Command::Finish(outcome)
    }
}
