//! 언제 시작하고 몇 번 시작하는지를 센다.

use std::time::Duration;

use futures::FutureExt;
use futures::future::join_all;

use crate::counting::*;
use crate::shop::{Shop, TRIP, run};
use crate::timing::*;

/// 이야기가 끝날 때까지 흐른 시간.
fn took(story: impl AsyncFnOnce(&Shop)) -> Duration {
    let timed = async |shop: &Shop| {
        story(shop).await;
        shop.elapsed()
    };
    run(timed).0
}

// ANCHOR: took
#[test]
fn futures_awaited_in_turn_take_the_sum() {
    assert_eq!(took(async |shop| one_by_one(shop).await), 2 * TRIP);
    assert_eq!(took(async |shop| joined(shop).await), TRIP);
    assert_eq!(took(async |shop| spawned(shop).await), TRIP);
    assert_eq!(took(async |shop| promises(shop).await), TRIP);
}

#[test]
fn collecting_futures_does_not_start_them() {
    let in_turn = async |shop: &Shop| {
        let asks = vec![shop.ask("재고"), shop.ask("가격")];
        for ask in asks {
            let _ = ask.await;
        }
    };
    let together = async |shop: &Shop| {
        let asks = vec![shop.ask("재고"), shop.ask("가격")];
        join_all(asks).await;
    };
    assert_eq!([took(in_turn), took(together)], [2 * TRIP, TRIP]);
}
// ANCHOR_END: took

#[test]
fn waiting_late_costs_the_lazy_one_only() {
    assert_eq!(took(async |shop| eager(shop).await), TRIP);
    assert_eq!(took(async |shop| lazy(shop).await), TRIP + TRIP / 3);
}

// ANCHOR: dropped
#[test]
fn a_future_that_nobody_polls_does_nothing() {
    assert_eq!(dropped_future(), "요청 0개, 답 0개");
    assert_eq!(asked_once(), "요청 1개, 답 0개");
    assert_eq!(dropped_handle(), "요청 1개, 답 1개");
    assert_eq!(dropped_promise(), "요청 1개, 답 1개");
}
// ANCHOR_END: dropped

// ANCHOR: spawned
#[test]
fn spawn_starts_only_when_the_spawner_yields() {
    let sent = async |shop: &Shop| {
        let stock = tokio::task::spawn_local(ask_owned(shop, "재고"));
        let at_once = shop.sent();
        tokio::task::yield_now().await;
        let after_yield = shop.sent();
        let _ = stock.await;
        [at_once, after_yield]
    };
    assert_eq!(run(sent).0, [0, 1]);
}
// ANCHOR_END: spawned

#[test]
fn only_the_body_of_async_waits_for_the_first_poll() {
    assert_eq!(calls_async(), "인수 → 불렀다 → 본문");
    assert_eq!(calls_head(), "인수 → 앞머리 → 불렀다 → 블록");
}

#[test]
fn a_promise_and_a_shared_future_ask_once() {
    assert_eq!(asked_twice().map(|(_, sent)| sent), [1, 2, 1]);
}

// ANCHOR: shared
#[test]
fn a_shared_future_is_still_lazy() {
    let sent = async |shop: &Shop| {
        let stock = shop.ask("재고").shared();
        drop(stock.clone());
        let untouched = shop.sent();
        assert!(stock.now_or_never().is_none());
        [untouched, shop.sent()]
    };
    assert_eq!(run(sent).0, [0, 1]);
}
// ANCHOR_END: shared

// ANCHOR: retry
#[test]
fn only_a_new_attempt_can_succeed() {
    let kept = run(async |shop| (retry_promise(shop).await, shop.sent())).0;
    assert_eq!(kept, (Err("붐빈다"), 1));
    let made_again = async |shop: &Shop| {
        let price = retry_future(|| shop.ask("붐비는 가게")).await;
        (price, shop.sent())
    };
    assert_eq!(run(made_again).0, (Ok(30_000), 2));
}
// ANCHOR_END: retry

#[test]
fn a_sleep_counts_from_its_making() {
    assert_eq!(sleeps().map(|(_, took)| took), [TRIP, TRIP + TRIP / 3]);
}

// ANCHOR: timeout
#[test]
fn a_timeout_counts_from_its_making_too() {
    let outcome = async |_: &Shop| {
        let limited = tokio::time::timeout(TRIP, tokio::time::sleep(TRIP / 2));
        let already_late = tokio::time::timeout(TRIP, async { tokio::time::sleep(TRIP / 2).await });
        tokio::time::sleep(TRIP).await;
        (limited.await.is_ok(), already_late.await.is_ok())
    };
    // 앞의 것은 sleep도 이미 끝났고, 뒤의 것은 이제 시작하는데 기한이 지났다.
    assert_eq!(run(outcome).0, (true, false));
}
// ANCHOR_END: timeout
