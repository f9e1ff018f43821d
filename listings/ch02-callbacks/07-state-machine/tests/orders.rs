//! 진짜 풀 위에서 돌린 주문. 단계를 하나씩 실패시켜도 `done`은 그 오류로 한 번 불린다.
//!
//! 시간 제한은 실패를 끝내는 데에만 쓰고, 성공은 시간에 기대지 않는다.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::task::Poll;
use std::time::Duration;

use ch02_02_callback_hell::{Done, OrderError, Outcome, PlaceOrder, Receipt, Shop, Step, outcomes};
use ch02_07_state_machine::{PolledOrder, faulty, place_order};

/// 답이 와서 깨울 때까지 기다린다. 깨우지 않는 주문이 시험을 영원히 세워 두지 못하게 한다.
fn wait(woken: &Receiver<()>) {
    woken
        .recv_timeout(Duration::from_secs(20))
        .expect("답이 올 때마다 깨운다");
}

// ANCHOR: check
/// 단계를 하나씩 실패시킨다. 바로 그 오류로 `done`이 한 번 불리지 않은 단계와 불린 횟수를 모은다.
fn unreported(place_order: PlaceOrder) -> Vec<(Step, usize)> {
    let calls = Step::ALL.map(|step| (step, outcomes(place_order, Some(step))));
    calls
        .into_iter()
        .filter(|(step, calls)| *calls != [Err(OrderError(*step))])
        .map(|(step, calls)| (step, calls.len()))
        .collect()
}

#[test]
fn both_drivers_report_every_error_once() {
    assert_eq!(unreported(place_order), []);
    assert_eq!(unreported(place_and_ask), []);
}

#[test]
fn a_wildcard_swallows_the_stock_error() {
    assert_eq!(unreported(faulty::place_order), [(Step::Stock, 0)]);
}
// ANCHOR_END: check

/// 깨울 때마다 물어 끝까지 가고, 나온 결과로 `done`을 부른다.
fn place_and_ask(shop: Arc<Shop>, user_id: u32, done: Done) {
    let (wake, woken) = mpsc::channel();
    let mut order = PolledOrder::new(shop, user_id, wake);
    loop {
        wait(&woken);
        if let Poll::Ready(result) = order.poll() {
            assert!(order.poll().is_pending(), "결과는 한 번만 준다");
            return done(result);
        }
    }
}

#[test]
fn both_drivers_give_the_same_receipt() {
    let receipt = Receipt {
        name: String::from("하나"),
        item: String::from("장바구니 7의 책"),
        approval: String::from("7-12000"),
    };
    let expected = [Ok(receipt)];
    assert_eq!(outcomes(place_order, None), expected);
    assert_eq!(outcomes(place_and_ask, None), expected);
}

// ANCHOR: early
/// 답이 올 수 없을 때 두 번 묻고, 그다음 끝까지 묻는다.
fn ask_early(poll: fn(&mut PolledOrder) -> Poll<Outcome<Receipt>>) -> Outcome<Receipt> {
    let shop = Arc::new(Shop::new(None));
    let (open, gate) = mpsc::channel::<()>();
    // 하나뿐인 작업 스레드를 붙잡아 둔다.
    shop.find_user(0, move |_| _ = gate.recv());
    let (wake, woken) = mpsc::channel();
    let mut order = PolledOrder::new(Arc::clone(&shop), 7, wake);
    assert!(poll(&mut order).is_pending());
    assert!(poll(&mut order).is_pending());
    drop(open);
    loop {
        wait(&woken);
        if let Poll::Ready(result) = poll(&mut order) {
            return result;
        }
    }
}
// ANCHOR_END: early

// ANCHOR: early_tests
#[test]
fn asking_early_changes_nothing() {
    assert!(ask_early(PolledOrder::poll).is_ok());
}

#[test]
#[should_panic(expected = "상태가 제자리에 있다")]
fn taking_the_state_first_loses_it() {
    let _ = ask_early(faulty::poll_taking_first);
}
// ANCHOR_END: early_tests

// ANCHOR: cancel
#[test]
fn a_dropped_order_sends_nothing_more() {
    for asked in 0..4 {
        let shop = Arc::new(Shop::new(None));
        let (wake, woken) = mpsc::channel();
        let mut order = PolledOrder::new(Arc::clone(&shop), 7, wake);
        for _ in 0..asked {
            wait(&woken);
            assert!(order.poll().is_pending());
        }
        drop(order);
        // 이미 보낸 요청 하나의 답만 더 온다.
        assert_eq!(woken.iter().count(), 1);
    }
}
// ANCHOR_END: cancel
