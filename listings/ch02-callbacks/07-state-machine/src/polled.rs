//! 부르는 쪽이 물어보는 꼴로 뒤집은 주문.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::Poll;

use ch02_02_callback_hell::{Outcome, Receipt, Shop};

use crate::{Call, Next, Reply, State};

// ANCHOR: polled
/// 부르는 쪽이 쥐고 물어보는 주문. 버리면 취소된다. 이미 보낸 요청의 답은 버려진다.
pub struct PolledOrder {
    shop: Arc<Shop>,
    pub(crate) state: Option<State>,
    reply_to: Sender<Outcome<Reply>>,
    pub(crate) inbox: Receiver<Outcome<Reply>>,
    wake: Sender<()>,
}
// ANCHOR_END: polled

impl PolledOrder {
    /// 사용자 `user_id`의 주문을 시작한다. 답이 올 때마다 작업 스레드가 `wake`에 하나씩 보낸다.
    pub fn new(shop: Arc<Shop>, user_id: u32, wake: Sender<()>) -> PolledOrder {
        let (reply_to, inbox) = mpsc::channel();
        let (state, call) = State::start(user_id);
        let order = PolledOrder {
            shop,
            state: Some(state),
            reply_to,
            inbox,
            wake,
        };
        order.send(call);
        order
    }

    // ANCHOR: send
    pub(crate) fn send(&self, call: Call) {
        let (reply_to, wake) = (self.reply_to.clone(), self.wake.clone());
        call.send(&self.shop, move |reply| {
            // 그사이 주문을 버렸으면 받을 쪽이 없다.
            let _ = reply_to.send(reply);
            let _ = wake.send(());
        });
    }
    // ANCHOR_END: send

    // ANCHOR: poll
    /// 온 답이 있으면 하나만 받아 나아가고, 막지 않고 돌아온다. 끝났으면 결과를 한 번 준다.
    pub fn poll(&mut self) -> Poll<Outcome<Receipt>> {
        let Ok(reply) = self.inbox.try_recv() else {
            return Poll::Pending;
        };
        let state = self.state.take().expect("끝난 주문에는 답이 오지 않는다");
        match state.on_reply(reply) {
            Err(error) => Poll::Ready(Err(error)),
            Ok(Next::Done(receipt)) => Poll::Ready(Ok(receipt)),
            Ok(Next::Wait(state, call)) => {
                self.state = Some(state);
                self.send(call);
                Poll::Pending
            }
        }
    }
    // ANCHOR_END: poll

    /// 지금의 상태. 끝났으면 `None`이다.
    pub fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }
}
