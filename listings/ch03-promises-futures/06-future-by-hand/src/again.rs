//! 끝난 퓨처를 또 폴링하면 어떻게 되는지 본다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::order::{Order, place_order};
use crate::shop::Shop;

pub type BoxedOrder<'a> = Pin<Box<dyn Future<Output = String> + 'a>>;

pub fn both_orders(shop: &Shop) -> [(&'static str, BoxedOrder<'_>); 2] {
    [
        ("Order", Box::pin(Order::start(shop, 7))),
        ("place_order", Box::pin(place_order(shop, 7))),
    ]
}

// ANCHOR: finish
/// 요청이 나오는 대로 답해 끝까지 나아간다.
pub fn finish(shop: &Shop, order: &mut BoxedOrder<'_>) -> String {
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        match order.as_mut().poll(&mut cx) {
            Poll::Ready(receipt) => return receipt,
            Poll::Pending => shop.answer("하나"),
        }
    }
}

/// 끝난 주문을 한 번 더 폴링했을 때의 패닉 메시지.
pub fn panic_after_end(shop: &Shop, mut order: BoxedOrder<'_>) -> String {
    finish(shop, &mut order);
    let mut cx = Context::from_waker(Waker::noop());
    let again = catch_unwind(AssertUnwindSafe(|| order.as_mut().poll(&mut cx)));
    let payload = again.expect_err("끝난 주문은 패닉한다");
    let message = payload.downcast_ref::<&str>();
    String::from(*message.expect("메시지가 고정된 문자열이다"))
}
// ANCHOR_END: finish

// ANCHOR: held
/// 끝난 퓨처를 그 자리에서 버린다. 이미 버렸으면 `None`이다.
pub fn poll_held<F: Future + Unpin>(
    held: &mut Option<F>,
    cx: &mut Context<'_>,
) -> Option<Poll<F::Output>> {
    let poll = Pin::new(held.as_mut()?).poll(cx);
    if poll.is_ready() {
        *held = None;
    }
    Some(poll)
}
// ANCHOR_END: held
