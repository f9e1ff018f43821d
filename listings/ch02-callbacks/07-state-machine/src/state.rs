//! 주문의 상태와, 답 하나로 다음 상태를 정하는 함수.

use std::fmt;

use ch02_02_callback_hell::{Outcome, Stock, User, receipt};

use crate::{Call, Next, Reply};

// ANCHOR: state
/// 주문이 기다리는 답과, 기다리는 동안 간직하는 것.
pub enum State {
    /// 사용자의 답을 기다린다. 아직 간직할 것이 없다.
    FindingUser,
    /// 장바구니의 답을 기다린다.
    LoadingCart {
        /// 결제와 영수증에 쓸 사용자.
        user: User,
    },
    /// 재고의 답을 기다린다.
    ReservingStock {
        /// 결제와 영수증에 쓸 사용자.
        user: User,
    },
    /// 결제의 답을 기다린다.
    Charging {
        /// 영수증에 쓸 사용자.
        user: User,
        /// 잡아 둔 재고.
        stock: Stock,
    },
}
// ANCHOR_END: state

impl State {
    /// 사용자 `user_id`의 주문을 시작한다. 시작한 상태와 처음 보낼 요청을 준다.
    pub fn start(user_id: u32) -> (State, Call) {
        (State::FindingUser, Call::FindUser(user_id))
    }

    /// 답 하나로 다음을 정한다. 아무것도 부르지 않고 아무것도 기다리지 않는다.
    ///
    /// # Errors
    ///
    /// 서비스가 실패했으면 그 오류로 주문이 끝난다.
    ///
    /// # Panics
    ///
    /// 보내지 않은 요청의 답을 넣으면 패닉한다.
    // ANCHOR: on_reply
    pub fn on_reply(self, reply: Outcome<Reply>) -> Outcome<Next> {
        let reply = reply?;
        Ok(match self {
            State::FindingUser => {
                let user = reply.user();
                let call = Call::LoadCart(user.id);
                Next::Wait(State::LoadingCart { user }, call)
            }
            State::LoadingCart { user } => {
                let call = Call::ReserveStock(reply.cart().item);
                Next::Wait(State::ReservingStock { user }, call)
            }
            State::ReservingStock { user } => {
                let stock = reply.stock();
                let call = Call::Charge(user.id, stock.price);
                Next::Wait(State::Charging { user, stock }, call)
            }
            State::Charging { user, stock } => {
                let payment = reply.payment();
                Next::Done(receipt(user, stock, payment))
            }
        })
    }
    // ANCHOR_END: on_reply

    // ANCHOR: undo
    /// 지금 그만두려면 되돌려야 할 것. 기다리던 답까지 보아야 정해지는 것도 있다.
    pub fn undo(&self) -> Vec<Undo<'_>> {
        match self {
            State::FindingUser | State::LoadingCart { .. } => vec![],
            State::ReservingStock { .. } => vec![Undo::StockIfReserved],
            State::Charging { stock, .. } => {
                vec![Undo::PaymentIfCharged, Undo::Stock(&stock.item)]
            }
        }
    }
    // ANCHOR_END: undo
}

/// 되돌려야 할 것 하나.
#[derive(Debug, PartialEq, Eq)]
pub enum Undo<'a> {
    /// 재고를 잡았다는 답이 오면 그 재고를 푼다.
    StockIfReserved,
    /// 이미 잡아 둔 이 물건을 푼다.
    Stock(&'a str),
    /// 결제했다는 답이 오면 그 결제를 무른다.
    PaymentIfCharged,
}

impl fmt::Display for Undo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undo::StockIfReserved => f.write_str("재고를 잡았다는 답이 오면 풀기"),
            Undo::Stock(item) => write!(f, "{item} 풀기"),
            Undo::PaymentIfCharged => f.write_str("결제했다는 답이 오면 무르기"),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::FindingUser => "사용자를 찾는 중",
            State::LoadingCart { .. } => "장바구니를 읽는 중",
            State::ReservingStock { .. } => "재고를 잡는 중",
            State::Charging { .. } => "결제하는 중",
        })
    }
}
