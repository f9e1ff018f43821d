//! 오류를 놓치는 여러 코드를 돌려, 무엇을 놓쳤다고 알리고 무엇은 알리지 않는지 본다.

use std::convert::Infallible;

use ch03_01_promise::{Microtasks, Promise, Resolver};
use ch03_02_chaining::{Answer, OrderError, Shop, Step};
use ch03_03_combinators::{all, all_settled};
use ch03_04_unhandled_rejection::{Notice, Rejections};

type Text = &'static str;
type Reply = Promise<Text, Text>;

fn main() {
    println!("== 소리 없는 결제 ==");
    silent();
    println!("== 들킨 결제 ==");
    found();
    println!("== 사슬 하나 ==");
    // ANCHOR: one-chain
    told(|queue| {
        let chain = rejected(queue, "오류 503").then(Ok).then(Ok).then(Ok);
        drop(chain);
    });
    // ANCHOR_END: one-chain
    println!("== 큐가 비기 전에 ==");
    told(before_the_end);
    println!("== 늦게 건 catch ==");
    late();
    println!("== 던지는 catch ==");
    told(throwing);
    println!("== 갈라진 사슬 ==");
    told(forked);
    println!("== 이은 사슬 ==");
    told(joined);
    println!("== 둘째 거부 ==");
    told(second);
    println!("== 하나씩 기다리기 ==");
    waiting(in_turn);
    println!("== 함께 기다리기 ==");
    waiting(together);
}

// ANCHOR: forgetting
/// 결제의 프로미스를 버리는 주문.
fn order_forgetting(shop: &Shop) -> Answer<String> {
    let charging = shop.clone();
    shop.find_user(7).then(move |user| {
        let _ = charging.charge(user.id, 12_000);
        Ok(format!("{} 님, 결제 완료", user.name))
    })
}
// ANCHOR_END: forgetting

fn silent() {
    let queue = Microtasks::default();
    order_forgetting(&Shop::new(&queue, Some(Step::Payment))).done(screen);
    queue.run();
}

// ANCHOR: found
fn found() {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    order_forgetting(&Shop::new(&queue, Some(Step::Payment))).done(screen);
    rejections.run(|notice| report(notice, |OrderError(step)| format!("{step} 오류")));
}

fn report<R>(notice: Notice<R>, text: impl Fn(R) -> String) {
    match notice {
        Notice::Unhandled { reason, gone } => {
            println!("감시자: 놓침, {}", text(reason));
            if gone {
                println!("[Rust] 감시자: 앞으로도 들을 수 없음");
            }
        }
        Notice::Handled(reason) => println!("감시자: 뒤늦게 들음, {}", text(reason)),
    }
}
// ANCHOR_END: found

fn screen<E>(result: Result<String, E>) {
    println!("화면: {}", result.unwrap_or_else(|_| "주문 실패".into()));
}

/// 이야기를 돌리고, 놓친 거부를 찍는다.
fn told(story: fn(&Microtasks)) {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    story(&queue);
    run(&rejections);
}

fn run(rejections: &Rejections<Text>) {
    rejections.run(|notice| report(notice, String::from));
}

fn rejected(queue: &Microtasks, reason: Text) -> Reply {
    Promise::settled(queue, Err(reason))
}

/// 화면에 찍고 끝내는 `catch`.
fn shown(reason: Text) -> Result<Text, Infallible> {
    println!("화면: {reason}");
    Ok("")
}

// ANCHOR: before
fn before_the_end(queue: &Microtasks) {
    let reply = rejected(queue, "오류 503");
    // 거부한 뒤이지만 큐가 비기 전에 건다.
    queue.defer(move || reply.catch(shown).done(drop));
}
// ANCHOR_END: before

// ANCHOR: late
fn late() {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    let reply = rejected(&queue, "오류 503");
    run(&rejections);
    reply.catch(shown).done(drop);
    run(&rejections);
}
// ANCHOR_END: late

// ANCHOR: throwing
fn throwing(queue: &Microtasks) {
    let apology = rejected(queue, "오류 503").catch(|_| Err("사과문을 보내지 못함"));
    drop(apology);
}
// ANCHOR_END: throwing

// ANCHOR: forked
fn forked(queue: &Microtasks) {
    let reply = rejected(queue, "오류 503");
    reply.catch(shown).done(drop);
    let cleaned = reply.finally(turn_off);
    drop(cleaned);
}

fn joined(queue: &Microtasks) {
    let cleaned = rejected(queue, "오류 503").finally(turn_off);
    cleaned.catch(shown).done(drop);
}

fn turn_off() -> Result<(), Text> {
    println!("화면: 로딩 표시를 끈다");
    Ok(())
}
// ANCHOR_END: forked

// ANCHOR: second
fn second(queue: &Microtasks) {
    let replies = vec![rejected(queue, "오류 503"), rejected(queue, "오류 500")];
    all_settled(queue, replies.clone()).done(|Ok(results)| println!("allSettled: {results:?}"));
    all(queue, replies).done(|result| println!("all: {result:?}"));
}
// ANCHOR_END: second

fn waiting(page: fn(&Microtasks, Reply, Reply) -> Reply) {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    let ask = || Promise::pending(&queue);
    let ((profile, first), (orders, second)): ((_, Resolver<_, _>), (_, Resolver<_, _>)) =
        (ask(), ask());
    page(&queue, profile, orders).catch(shown).done(drop);
    println!("주문: 오류 503");
    second.resolve(Err("오류 503"));
    run(&rejections);
    println!("프로필: 하나 님");
    first.resolve(Ok("하나 님"));
    run(&rejections);
}

// ANCHOR: in-turn
/// 프로필이 온 다음에야 주문에 콜백을 건다.
fn in_turn(_: &Microtasks, profile: Reply, orders: Reply) -> Reply {
    profile.then(move |_| orders)
}

/// 둘 다에 지금 콜백을 건다.
fn together(queue: &Microtasks, profile: Reply, orders: Reply) -> Reply {
    all(queue, vec![profile, orders]).then(|texts| Ok(texts[1]))
}
// ANCHOR_END: in-turn
