//! 손으로 쓴 `Future`와 `async fn`을 나란히 놓고, 실행기 없이 한 번씩 물어본다.

mod again;
mod faulty;
mod order;
mod shop;
mod sizes;
#[cfg(test)]
mod tests;
mod woken;

use std::panic;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use again::{both_orders, panic_after_end, poll_held};
use faulty::{FirstOnly, Forgetful, Hasty};
use order::{Order, place_order};
use shop::{Reply, Shop};
use woken::{order_wakes, wakes};

fn main() {
    walks();
    print_sizes();
    never_woken();
    moved_task();
    asked_again();
}

// ANCHOR: walk
/// 주문을 손으로 끝까지 폴링하며 일어난 일을 적는다.
fn walk(shop: &Shop, order: impl Future<Output = String>) -> Vec<String> {
    let mut order = pin!(order);
    let mut cx = Context::from_waker(Waker::noop());
    let mut ask = || match order.as_mut().poll(&mut cx) {
        Poll::Pending => format!("poll: Pending, 기다리는 요청: {}", shop.waiting()),
        Poll::Ready(receipt) => format!("poll: Ready({receipt})"),
    };
    let mut lines = vec![format!("만들었다, 기다리는 요청: {}", shop.waiting())];
    lines.push(ask());
    lines.push(ask());
    for answer in ["하나", "승인 1"] {
        shop.answer(answer);
        lines.push(format!("답: {answer}"));
        lines.push(ask());
    }
    lines
}
// ANCHOR_END: walk

fn walks() {
    println!("== 손으로 쓴 주문 ==");
    let shop = &Shop::default();
    println!("{}", walk(shop, Order::start(shop, 7)).join("\n"));
    println!("== 언어가 써 준 주문 ==");
    println!("{}", walk(shop, place_order(shop, 7)).join("\n"));
}

fn print_sizes() {
    println!("== 크기 ==");
    // ANCHOR: sizes
    let shop = Shop::default();
    println!("[Rust] String: {}바이트", size_of::<String>());
    println!("[Rust] Reply: {}바이트", size_of::<Reply>());
    println!("[Rust] Order: {}바이트", size_of::<Order<'_>>());
    let order = place_order(&shop, 7);
    println!("[Rust] place_order: {}바이트", size_of_val(&order));
    // ANCHOR_END: sizes
    println!("== await를 넘는 값 ==");
    for (name, size) in sizes::table() {
        println!("[Rust] {name}: {size}바이트");
    }
}

fn never_woken() {
    println!("== 깨우지 않는 퓨처 ==");
    let total = |wakes: [usize; 2]| wakes.iter().sum::<usize>();
    println!("Forgetful: 깨운 횟수 {}", total(wakes(Forgetful)));
    println!("Reply: 깨운 횟수 {}", total(wakes(|reply| reply)));
    let hasty = order_wakes(1, |shop| Box::pin(Hasty(Order::start(shop, 7))));
    println!("Hasty: 깨운 횟수 {hasty}");
    let order = order_wakes(1, |shop| Box::pin(Order::start(shop, 7)));
    println!("Order: 깨운 횟수 {order}");
}

fn moved_task() {
    println!("== 옮겨 간 태스크 ==");
    let line =
        |[first, last]: [usize; 2]| format!("처음 물은 쪽 {first}번, 나중에 물은 쪽 {last}번");
    println!("FirstOnly: {}", line(wakes(FirstOnly)));
    println!("Reply: {}", line(wakes(|reply| reply)));
}

fn asked_again() {
    println!("== 끝난 뒤의 물음 ==");
    // 여기서 나는 패닉은 일부러 낸 것이라 표준 오류에 적지 않는다.
    panic::set_hook(Box::new(|_| {}));
    let shop = Shop::default();
    for (name, order) in both_orders(&shop) {
        println!("[Rust] {name}: {}", panic_after_end(&shop, order));
    }
    let _ = panic::take_hook();
    let mut reply = Some(shop.find_user(7));
    shop.answer("하나");
    let mut cx = Context::from_waker(Waker::noop());
    for turn in 1..=2 {
        println!(
            "[Rust] poll_held {turn}: {:?}",
            poll_held(&mut reply, &mut cx)
        );
    }
}
