//! 네 겹으로 들어갔던 주문을 상태 머신으로 돌린다. 콜백으로도 돌리고 물어보며도 돌린다.

use std::mem::size_of;
use std::sync::{Arc, mpsc};
use std::task::Poll;

use ch02_02_callback_hell::{
    Cart, OrderError, Outcome, Payment, Receipt, Shop, Step, Stock, User, outcomes,
};
use ch02_07_state_machine::{Next, PolledOrder, Reply, State, place_order};

fn main() {
    step_by_step();
    run_on_threads();
    ask_until_ready();
    print_sizes();
}

// ANCHOR: replies
fn replies() -> [Reply; 4] {
    let user = User {
        id: 7,
        name: String::from("하나"),
    };
    let (item, price) = (String::from("책"), 12_000);
    let approval = String::from("승인 1");
    [
        Reply::User(user),
        Reply::Cart(Cart { item: item.clone() }),
        Reply::Stock(Stock { item, price }),
        Reply::Payment(Payment { approval }),
    ]
}
// ANCHOR_END: replies

fn step_by_step() {
    println!("== 한 걸음씩 ==");
    // ANCHOR: steps
    let (mut state, call) = State::start(7);
    println!("시작: {call}");
    for reply in replies() {
        println!("{state}");
        println!("  지금 그만두면: {}", undo_list(&state));
        match state.on_reply(Ok(reply)) {
            Err(OrderError(step)) => return println!("{step} 오류"),
            Ok(Next::Done(receipt)) => return println!("끝: {}", line(&receipt)),
            Ok(Next::Wait(next, call)) => {
                println!("  답을 넣으면: {call}");
                state = next;
            }
        }
    }
    // ANCHOR_END: steps
}

fn undo_list(state: &State) -> String {
    let undo: Vec<String> = state.undo().iter().map(ToString::to_string).collect();
    if undo.is_empty() {
        return String::from("되돌릴 것 없음");
    }
    undo.join(", ")
}

fn line(receipt: &Receipt) -> String {
    format!(
        "{} 님, {}, {}",
        receipt.name, receipt.item, receipt.approval
    )
}

fn summary(fails_at: Option<Step>) -> String {
    let calls = outcomes(place_order, fails_at);
    let told: Vec<String> = calls.iter().map(told).collect();
    format!("done {}번, {}", calls.len(), told.join(", "))
}

fn told(result: &Outcome<Receipt>) -> String {
    match result {
        Ok(receipt) => line(receipt),
        Err(OrderError(step)) => format!("{step} 오류"),
    }
}

fn run_on_threads() {
    println!("== 콜백으로 돌리기 ==");
    println!("실패 없음: {}", summary(None));
    for step in Step::ALL {
        println!("{step} 실패: {}", summary(Some(step)));
    }
}

fn ask_until_ready() {
    println!("== 물어보며 돌리기 ==");
    // ANCHOR: ask
    let (wake, woken) = mpsc::channel();
    let mut order = PolledOrder::new(Arc::new(Shop::new(None)), 7, wake);
    while let Ok(()) = woken.recv() {
        match order.poll() {
            Poll::Ready(result) => {
                println!("끝남: {}", told(&result));
                break;
            }
            Poll::Pending => {
                let state = order.state().expect("아직 끝나지 않았다");
                println!("아직: {state}");
            }
        }
    }
    // ANCHOR_END: ask
}

fn print_sizes() {
    println!("== 크기 ==");
    println!("[Rust] User {}바이트", size_of::<User>());
    println!("[Rust] Stock {}바이트", size_of::<Stock>());
    println!("[Rust] State {}바이트", size_of::<State>());
}
