//! 트레이트에 적은 `async fn`을 정적으로, 트레이트 객체로, 다른 스레드에서 쓴다.

mod boxed;
mod cured;
mod guard;
mod mailer;
mod shared;
#[cfg(test)]
mod tests;

use std::task::{Context, Poll, Waker};
use std::thread;

use boxed::{DynMailer, MacroMailer, count_boxes, send_all, sizes};
use ch03_07_block_on::block_on;
use cured::{count, for_each, greeting, guard_held};
use cured::{guard_in_a_statement, rc_in_a_block};
use guard::{is_free_meanwhile, wait_meanwhile};
use mailer::{Bounced, Mailer, Post, Pretend, welcome};
use shared::{OneMember, SendStore, Store, invite};

fn main() {
    static_dispatch();
    trait_objects();
    print_boxes();
    across_threads();
    variants();
    borrowed_or_not();
    async_closure();
    held_guards();
    cured_forms();
}

fn told(result: Result<String, Bounced>) -> String {
    result.unwrap_or_else(|Bounced| String::from("되돌아왔다"))
}

fn static_dispatch() {
    println!("== 정적 디스패치 ==");
    // ANCHOR: static
    let post = Post::default();
    println!("{}", told(block_on(welcome(&post, "하나"))));
    println!("{}", told(block_on(welcome(&Pretend, "두리"))));
    let [slow, quick] = [
        size_of_val(&welcome(&post, "하나")),
        size_of_val(&welcome(&Pretend, "두리")),
    ];
    println!("[Rust] Post로 만든 퓨처: {slow}바이트");
    println!("[Rust] Pretend로 만든 퓨처: {quick}바이트");
    // ANCHOR_END: static
}

fn trait_objects() {
    println!("== 여러 배달원을 한 목록에 ==");
    // ANCHOR: objects
    let mailers: [Box<dyn DynMailer + Sync>; 2] = [Box::new(Post::default()), Box::new(Pretend)];
    println!("보낸 번호: {:?}", block_on(send_all(&mailers, "하나")));
    // ANCHOR_END: objects
}

fn print_boxes() {
    println!("== 호출마다 생기는 상자 ==");
    let post = Post::default();
    let inline = size_of_val(&Mailer::send(&post, "하나", "소식"));
    println!("[Rust] async fn: 손에 {inline}바이트, 상자 없음");
    let [hand, inside] = sizes(&DynMailer::send(&post, "하나", "소식"));
    println!("[Rust] 손으로 담은 것: 손에 {hand}바이트, 상자에 {inside}바이트");
    let [hand, inside] = sizes(&MacroMailer::send(&post, "하나", "소식"));
    println!("[Rust] async-trait: 손에 {hand}바이트, 상자에 {inside}바이트");
    let calls = ["하나", "두리", "세나"].map(|to| MacroMailer::send(&post, to, "소식"));
    println!("[Rust] 세 번 부르면 상자 {}개", count_boxes(&calls));
}

// ANCHOR: hop
/// 여기서 한 번 폴링하고, 나머지는 다른 스레드에서 끝낸다. 두 스레드에서 본 것을 돌려준다.
fn hop<F>(future: F) -> [String; 2]
where
    F: Future<Output: std::fmt::Debug> + Send + 'static,
{
    let mut future = Box::pin(future);
    let first = future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    let first = match first {
        Poll::Pending => String::from("Pending"),
        Poll::Ready(_) => panic!("첫 폴링에서 끝나지 않는 퓨처만 받는다"),
    };
    let rest = thread::spawn(move || format!("{:?}", block_on(future)));
    [first, rest.join().expect("패닉하지 않는다")]
}
// ANCHOR_END: hop

fn across_threads() {
    println!("== 스레드를 건너는 퓨처 ==");
    let [here, there] = hop(invite(Post::default(), String::from("하나")));
    println!("[Rust] main: {here}");
    println!("[Rust] 작업 스레드: {there}");
}

fn variants() {
    println!("== 두 벌의 트레이트 ==");
    // ANCHOR: variants
    // SendStore를 구현했으므로 Store를 요구하는 곳에도 쓸 수 있다.
    println!("[Rust] Store: {:?}", block_on(Store::name(&OneMember, 7)));
    println!(
        "[Rust] SendStore: {:?}",
        block_on(SendStore::name(&OneMember, 8))
    );
    // ANCHOR_END: variants
}

fn borrowed_or_not() {
    println!("== 빌리지 않는 퓨처 ==");
    // ANCHOR: greet
    let future = {
        let name = String::from("하나");
        greeting(&name)
    }; // name은 여기서 사라졌다.
    println!("{}", block_on(future));
    // ANCHOR_END: greet
}

fn async_closure() {
    println!("== async 클로저 ==");
    // ANCHOR: visit
    let post = Post::default();
    let mut receipts = Vec::new();
    block_on(for_each(&["하나", "두리"], async |name| {
        let receipt: Result<String, Bounced> = welcome(&post, name).await;
        receipts.extend(receipt.ok());
    }));
    println!("{}", receipts.join(", "));
    // ANCHOR_END: visit
}

fn held_guards() {
    println!("== 가드를 쥐고 기다리는 동안 ==");
    let free = block_on(is_free_meanwhile(&3.into()));
    println!("[Rust] std의 뮤텍스: 락을 얻을 수 있는가 {free}");
    let left = block_on(wait_meanwhile(&3.into()));
    println!("[Rust] tokio의 뮤텍스: 기다려서 얻은 값 {left}");
}

fn cured_forms() {
    println!("== 고친 퓨처들 ==");
    let stock: &'static std::sync::Mutex<u32> = Box::leak(Box::new(3.into()));
    let held: &'static tokio::sync::Mutex<u32> = Box::leak(Box::new(4.into()));
    println!("[Rust] Rc: {}", hop(rc_in_a_block())[1]);
    println!("[Rust] 가드: {}", hop(guard_in_a_statement(stock))[1]);
    println!("[Rust] tokio의 가드: {}", hop(guard_held(held))[1]);
    println!("[Rust] 재귀: {}", hop(count(5))[1]);
}
