//! 두 꼴이 같은지, 틀린 꼴이 틀린 대로 되는지 본다.

use std::pin::Pin;

use super::*;
use crate::again::BoxedOrder;

// ANCHOR: same
/// 답을 넣기 전에 각각 `early`번, `late`번 묻는다. 그동안의 요청과 답을 모두 적는다.
fn trace(shop: &Shop, mut order: BoxedOrder<'_>, early: usize, late: usize) -> Vec<String> {
    let mut cx = Context::from_waker(Waker::noop());
    let mut lines = Vec::new();
    for (answer, times) in [("하나", early), ("승인 1", late)] {
        for _ in 0..times.max(1) {
            lines.push(format!("{:?}", order.as_mut().poll(&mut cx)));
            lines.push(shop.waiting());
        }
        shop.answer(answer);
    }
    lines.push(format!("{:?}", order.as_mut().poll(&mut cx)));
    lines
}

#[test]
fn both_forms_take_the_same_steps() {
    for (early, late) in (1..4).flat_map(|early| (1..4).map(move |late| (early, late))) {
        let shop = Shop::default();
        let [hand, language] =
            both_orders(&shop).map(|(_, order)| trace(&shop, order, early, late));
        assert_eq!(hand, language);
        assert_eq!(hand.last().unwrap(), "Ready(\"하나 님, 승인 1\")");
    }
}
// ANCHOR_END: same

#[test]
fn walking_writes_the_same_lines() {
    let shop = &Shop::default();
    let hand = walk(shop, Order::start(shop, 7));
    assert_eq!(hand, walk(shop, place_order(shop, 7)));
}

// ANCHOR: waker_tests
#[test]
fn a_future_that_keeps_no_waker_is_never_woken() {
    assert_eq!(wakes(Forgetful), [0, 0]);
}

#[test]
fn a_future_that_keeps_the_first_waker_wakes_the_wrong_task() {
    assert_eq!(wakes(FirstOnly), [1, 0]);
}

#[test]
fn a_reply_wakes_the_last_asker_once() {
    assert_eq!(wakes(|reply| reply), [0, 1]);
}
// ANCHOR_END: waker_tests

// ANCHOR: hasty_tests
#[test]
fn a_state_left_before_polling_its_reply_is_never_woken() {
    let hasty: fn(&Shop) -> BoxedOrder<'_> = |shop| Box::pin(Hasty(Order::start(shop, 7)));
    assert_eq!(order_wakes(1, hasty), 0);
    assert_eq!(order_wakes(2, hasty), 1, "한 번 더 물으면 맡긴다");
    assert_eq!(order_wakes(1, |shop| Box::pin(place_order(shop, 7))), 1);
    assert_eq!(order_wakes(1, |shop| Box::pin(Order::start(shop, 7))), 1);
}
// ANCHOR_END: hasty_tests

#[test]
fn an_unwoken_future_does_have_its_answer() {
    let shop = Shop::default();
    let mut future = Forgetful(shop.find_user(7));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut future).poll(&mut cx).is_pending());
    shop.answer("하나");
    let poll = Pin::new(&mut future).poll(&mut cx);
    assert_eq!(poll, Poll::Ready(String::from("하나")));
}

// ANCHOR: again
#[test]
fn both_forms_panic_when_polled_after_the_end() {
    let shop = Shop::default();
    let [hand, language] = both_orders(&shop).map(|(_, order)| panic_after_end(&shop, order));
    assert_eq!(hand, "끝난 주문을 다시 물었습니다");
    assert_eq!(language, "`async fn` resumed after completion");
}

#[test]
fn a_held_order_is_gone_after_the_end() {
    let shop = Shop::default();
    let mut cx = Context::from_waker(Waker::noop());
    for (_, order) in both_orders(&shop) {
        let mut held = Some(order);
        while let Some(Poll::Pending) = poll_held(&mut held, &mut cx) {
            shop.answer("하나");
        }
        assert_eq!(poll_held(&mut held, &mut cx), None);
    }
}
// ANCHOR_END: again

/// 크기는 컴파일러의 것이라 값이 아니라 관계를 본다.
#[test]
fn a_buffer_is_kept_only_when_it_crosses_an_await() {
    let [after, crossing, before, scoped, argument, nested, boxed] =
        sizes::table().map(|(_, size)| size);
    assert!(after < 64 && scoped < 64 && boxed < 64);
    assert!(crossing >= 1024 && before >= 1024 && nested > crossing);
    assert!(argument >= 2048);
}

#[test]
fn a_dropped_buffer_keeps_its_place() {
    /// 배열을 그대로 넘기면 `drop`이 복제본을 버린다. 정말 버려지는 것으로 본다.
    struct Buffer([u8; 1024]);

    impl Drop for Buffer {
        fn drop(&mut self) {}
    }

    async fn dropped() {
        let buffer = Buffer([1; 1024]);
        let first = buffer.0.first().copied();
        drop(buffer);
        std::future::pending::<()>().await;
        println!("{first:?}");
    }
    assert!(size_of_val(&dropped()) >= 1024);
}
