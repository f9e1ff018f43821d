//! 모든 상태에 모든 답을 넣는다. 스레드도 풀도 없다.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ch02_02_callback_hell::{Cart, OrderError, Payment, Receipt, Step, Stock, User};
use ch02_07_state_machine::{Call, Next, Reply, State, Undo};

fn user() -> User {
    let name = String::from("하나");
    User { id: 7, name }
}

fn stock() -> Stock {
    let item = String::from("책");
    Stock { item, price: 500 }
}

// ANCHOR: waiting_for
/// `step`의 답을 기다리는 상태.
fn waiting_for(step: Step) -> State {
    match step {
        Step::User => State::FindingUser,
        Step::Cart => State::LoadingCart { user: user() },
        Step::Stock => State::ReservingStock { user: user() },
        Step::Payment => State::Charging {
            user: user(),
            stock: stock(),
        },
    }
}
// ANCHOR_END: waiting_for

/// `step`의 서비스가 보낸 답.
fn reply_of(step: Step) -> Reply {
    match step {
        Step::User => Reply::User(user()),
        Step::Cart => Reply::Cart(Cart {
            item: String::from("책"),
        }),
        Step::Stock => Reply::Stock(stock()),
        Step::Payment => Reply::Payment(Payment {
            approval: String::from("1"),
        }),
    }
}

/// 상태가 어느 단계의 답을 기다리는가.
fn step_of(state: &State) -> Step {
    match state {
        State::FindingUser => Step::User,
        State::LoadingCart { .. } => Step::Cart,
        State::ReservingStock { .. } => Step::Stock,
        State::Charging { .. } => Step::Payment,
    }
}

/// `step`의 답을 넣었을 때의 다음 단계와 요청. 끝났으면 `None`.
fn advance(step: Step) -> Option<(Step, Call)> {
    match waiting_for(step).on_reply(Ok(reply_of(step))) {
        Ok(Next::Wait(state, call)) => Some((step_of(&state), call)),
        Ok(Next::Done(receipt)) => {
            let Receipt {
                name,
                item,
                approval,
            } = receipt;
            assert_eq!((&*name, &*item, &*approval), ("하나", "책", "1"));
            None
        }
        Err(error) => panic!("성공한 답에서 {error:?}가 나왔다"),
    }
}

#[test]
fn the_machine_starts_by_asking_for_the_user() {
    let (state, call) = State::start(7);
    assert_eq!((step_of(&state), call), (Step::User, Call::FindUser(7)));
}

// ANCHOR: successes
#[test]
fn every_success_leads_to_the_next_step() {
    let reserve = Call::ReserveStock(String::from("책"));
    assert_eq!(advance(Step::User), Some((Step::Cart, Call::LoadCart(7))));
    assert_eq!(advance(Step::Cart), Some((Step::Stock, reserve)));
    assert_eq!(
        advance(Step::Stock),
        Some((Step::Payment, Call::Charge(7, 500)))
    );
    assert_eq!(advance(Step::Payment), None);
}
// ANCHOR_END: successes

// ANCHOR: failures
#[test]
fn every_failure_ends_with_that_error() {
    for (step, failed) in pairs() {
        let next = waiting_for(step).on_reply(Err(OrderError(failed)));
        assert!(matches!(next, Err(OrderError(step)) if step == failed));
    }
}

#[test]
fn a_reply_to_a_call_not_sent_panics() {
    for (step, other) in pairs().filter(|(step, other)| step != other) {
        let next = AssertUnwindSafe(|| waiting_for(step).on_reply(Ok(reply_of(other))));
        assert!(
            catch_unwind(next).is_err(),
            "{step}에서 {other}의 답을 받았다"
        );
    }
}
// ANCHOR_END: failures

fn pairs() -> impl Iterator<Item = (Step, Step)> {
    Step::ALL
        .into_iter()
        .flat_map(|step| Step::ALL.map(|other| (step, other)))
}

#[test]
fn undo_follows_what_the_state_holds() {
    let undo = |step, expected: &[Undo]| assert_eq!(waiting_for(step).undo(), expected);
    undo(Step::User, &[]);
    undo(Step::Cart, &[]);
    undo(Step::Stock, &[Undo::StockIfReserved]);
    undo(Step::Payment, &[Undo::PaymentIfCharged, Undo::Stock("책")]);
}
