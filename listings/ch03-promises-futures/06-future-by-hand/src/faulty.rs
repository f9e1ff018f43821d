//! 틀린 꼴들. 테스트가 틀린 대로 되는지 확인한다.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::order::Order;
use crate::shop::Reply;

// ANCHOR: forgetful
/// `Waker`를 맡기지 않고 `Pending`을 돌려준다.
pub struct Forgetful(pub Reply);

impl Future for Forgetful {
    type Output = String;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<String> {
        match self.0.slot.borrow_mut().value.take() {
            Some(value) => Poll::Ready(value),
            None => Poll::Pending,
        }
    }
}
// ANCHOR_END: forgetful

/// 처음 물은 쪽의 `Waker`만 맡아 둔다.
pub struct FirstOnly(pub Reply);

impl Future for FirstOnly {
    type Output = String;

    // ANCHOR: first_only
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        let mut slot = self.0.slot.borrow_mut();
        if let Some(value) = slot.value.take() {
            return Poll::Ready(value);
        }
        slot.waker.get_or_insert_with(|| cx.waker().clone());
        Poll::Pending
    }
    // ANCHOR_END: first_only
}

/// 첫 요청을 보내자마자 돌아온다.
pub struct Hasty<'a>(pub Order<'a>);

impl Future for Hasty<'_> {
    type Output = String;

    // ANCHOR: hasty
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        if let Order::Start { shop, user_id } = self.0 {
            let user = shop.find_user(user_id);
            self.0 = Order::FindingUser { shop, user };
            return Poll::Pending; // 방금 만든 Reply에는 아직 아무도 묻지 않았다.
        }
        Pin::new(&mut self.0).poll(cx)
    }
    // ANCHOR_END: hasty
}
