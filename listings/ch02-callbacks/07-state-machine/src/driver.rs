//! 콜백으로 머신을 돌린다.

use std::sync::Arc;

use ch02_02_callback_hell::{Done, Shop};

use crate::{Call, Next, State};

// ANCHOR: driver
/// 주문을 넣고 곧바로 돌아온다. 주문이 끝나면 작업 스레드가 `done`을 한 번 부른다.
pub fn place_order(shop: Arc<Shop>, user_id: u32, done: Done) {
    let (state, call) = State::start(user_id);
    drive(shop, state, call, done);
}

/// 요청을 보내고, 답이 오면 머신에 넣어 나온 것을 한다.
fn drive(shop: Arc<Shop>, state: State, call: Call, done: Done) {
    let same_shop = Arc::clone(&shop);
    call.send(&shop, move |reply| match state.on_reply(reply) {
        Err(error) => done(Err(error)),
        Ok(Next::Done(receipt)) => done(Ok(receipt)),
        Ok(Next::Wait(state, call)) => drive(same_shop, state, call, done),
    });
}
// ANCHOR_END: driver
