//! 머신에 들어가는 답과 머신에서 나오는 요청.

use std::fmt;

use ch02_02_callback_hell::{Cart, Outcome, Payment, Receipt, Shop, Stock, User};

use crate::State;

// ANCHOR: messages
/// 서비스가 보낸 답.
pub enum Reply {
    /// 찾은 사용자.
    User(User),
    /// 읽은 장바구니.
    Cart(Cart),
    /// 잡은 재고.
    Stock(Stock),
    /// 끝난 결제.
    Payment(Payment),
}

/// 머신이 보내 달라는 요청.
#[derive(Debug, PartialEq, Eq)]
pub enum Call {
    /// 이 번호의 사용자를 찾는다.
    FindUser(u32),
    /// 이 번호의 사용자가 담은 장바구니를 읽는다.
    LoadCart(u32),
    /// 이 물건의 재고를 잡는다.
    ReserveStock(String),
    /// 이 번호의 사용자에게 이 값(원)을 청구한다.
    Charge(u32, u32),
}
// ANCHOR_END: messages

// ANCHOR: next
/// 답을 하나 받은 머신이 내놓는 것.
pub enum Next {
    /// 이 상태가 되었다. 이 요청을 보내고 답을 기다린다.
    Wait(State, Call),
    /// 주문이 끝났다.
    Done(Receipt),
}
// ANCHOR_END: next

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Call::FindUser(id) => write!(f, "{id}번 사용자 찾기"),
            Call::LoadCart(id) => write!(f, "{id}번의 장바구니 읽기"),
            Call::ReserveStock(item) => write!(f, "{item} 재고 잡기"),
            Call::Charge(id, price) => write!(f, "{id}번에게 {price}원 청구하기"),
        }
    }
}

impl Call {
    // ANCHOR: send
    /// 요청을 `shop`에 보낸다. 답이 오면 작업 스레드가 `done`을 한 번 부른다.
    pub fn send(self, shop: &Shop, done: impl FnOnce(Outcome<Reply>) + Send + 'static) {
        match self {
            Call::FindUser(id) => shop.find_user(id, |user| done(user.map(Reply::User))),
            Call::LoadCart(id) => shop.load_cart(id, |cart| done(cart.map(Reply::Cart))),
            Call::ReserveStock(item) => {
                shop.reserve_stock(item, |stock| done(stock.map(Reply::Stock)));
            }
            Call::Charge(id, price) => {
                shop.charge(id, price, |payment| done(payment.map(Reply::Payment)));
            }
        }
    }
    // ANCHOR_END: send
}

// ANCHOR: unasked
impl Reply {
    pub(crate) fn user(self) -> User {
        let Reply::User(user) = self else { unasked() };
        user
    }

    pub(crate) fn cart(self) -> Cart {
        let Reply::Cart(cart) = self else { unasked() };
        cart
    }
    // ANCHOR_END: unasked

    pub(crate) fn stock(self) -> Stock {
        let Reply::Stock(stock) = self else { unasked() };
        stock
    }

    pub(crate) fn payment(self) -> Payment {
        let Reply::Payment(payment) = self else {
            unasked()
        };
        payment
    }
}

fn unasked() -> ! {
    panic!("보내지 않은 요청의 답이 왔습니다")
}
