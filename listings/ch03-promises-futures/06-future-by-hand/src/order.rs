//! `async fn`으로 쓴 주문과 손으로 쓴 주문.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::shop::{Reply, Shop};

// ANCHOR: async_fn
/// 사용자를 찾아 결제하고 영수증 한 줄을 쓴다.
pub async fn place_order(shop: &Shop, user_id: u32) -> String {
    let name = shop.find_user(user_id).await;
    let approval = shop.charge(&name).await;
    format!("{name} 님, {approval}")
}
// ANCHOR_END: async_fn

// ANCHOR: state
/// `place_order`가 멈춰 설 수 있는 자리와, 거기서 쥐고 있어야 하는 값.
pub enum Order<'a> {
    Start { shop: &'a Shop, user_id: u32 },
    FindingUser { shop: &'a Shop, user: Reply },
    Charging { name: String, payment: Reply },
    Done,
}
// ANCHOR_END: state

impl<'a> Order<'a> {
    pub fn start(shop: &'a Shop, user_id: u32) -> Order<'a> {
        Order::Start { shop, user_id }
    }
}

impl Future for Order<'_> {
    type Output = String;

    // ANCHOR: poll
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        loop {
            let next = match &mut *self {
                Order::Start { shop, user_id } => {
                    let user = shop.find_user(*user_id);
                    Order::FindingUser { shop, user }
                }
                Order::FindingUser { shop, user } => {
                    let name = ready!(Pin::new(user).poll(cx));
                    let payment = shop.charge(&name);
                    Order::Charging { name, payment }
                }
                Order::Charging { name, payment } => {
                    let approval = ready!(Pin::new(payment).poll(cx));
                    let receipt = format!("{name} 님, {approval}");
                    *self = Order::Done;
                    return Poll::Ready(receipt);
                }
                Order::Done => panic!("끝난 주문을 다시 물었습니다"),
            };
            *self = next;
        }
    }
    // ANCHOR_END: poll
}
