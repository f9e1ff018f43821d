//! 일부러 틀리게 만든 것들. `tests/`의 시험이 어디서 틀리는지 보인다.

use std::sync::Arc;
use std::task::Poll;

use ch02_02_callback_hell::{Done, Outcome, Receipt, Shop, receipt};

use crate::{Call, Next, PolledOrder, Reply, State};

// ANCHOR: wildcard
/// 모르는 경우를 `_`로 받는 꼴. 빠뜨린 경우가 생겨도 컴파일된다.
fn on_reply(state: State, reply: Outcome<Reply>) -> Option<Outcome<Next>> {
    use State::{Charging, FindingUser, LoadingCart, ReservingStock};
    let next = match (state, reply) {
        (FindingUser, Ok(Reply::User(user))) => {
            let call = Call::LoadCart(user.id);
            Next::Wait(LoadingCart { user }, call)
        }
        (LoadingCart { user }, Ok(Reply::Cart(cart))) => {
            Next::Wait(ReservingStock { user }, Call::ReserveStock(cart.item))
        }
        (ReservingStock { user }, Ok(Reply::Stock(stock))) => {
            let call = Call::Charge(user.id, stock.price);
            Next::Wait(Charging { user, stock }, call)
        }
        (Charging { user, stock }, Ok(Reply::Payment(payment))) => {
            Next::Done(receipt(user, stock, payment))
        }
        (FindingUser | LoadingCart { .. } | Charging { .. }, Err(error)) => {
            return Some(Err(error));
        }
        _ => return None, // 올 리 없는 답은 못 본 체한다.
    };
    Some(Ok(next))
}
// ANCHOR_END: wildcard

/// 못 본 체한 답이 있으면 `done`이 불리지 않는 주문.
pub fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    let (state, call) = State::start(user_id);
    drive(shop, state, call, done);
}

fn drive(shop: Arc<Shop>, state: State, call: Call, done: Done) {
    let same_shop = Arc::clone(&shop);
    call.send(&shop, move |reply| match on_reply(state, reply) {
        None => {}
        Some(Err(error)) => done(Err(error)),
        Some(Ok(Next::Done(receipt))) => done(Ok(receipt)),
        Some(Ok(Next::Wait(state, call))) => drive(same_shop, state, call, done),
    });
}

// ANCHOR: take_first
/// 답이 왔는지 보기 전에 상태부터 꺼내는 꼴. 아직 오지 않았으면 상태를 잃는다.
pub fn poll_taking_first(order: &mut PolledOrder) -> Poll<Outcome<Receipt>> {
    let state = order.state.take().expect("상태가 제자리에 있다");
    let Ok(reply) = order.inbox.try_recv() else {
        return Poll::Pending;
    };
    // ANCHOR_END: take_first
    match state.on_reply(reply) {
        Err(error) => Poll::Ready(Err(error)),
        Ok(Next::Done(receipt)) => Poll::Ready(Ok(receipt)),
        Ok(Next::Wait(state, call)) => {
            order.state = Some(state);
            order.send(call);
            Poll::Pending
        }
    }
}
