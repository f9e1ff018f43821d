//! 여럿에 한꺼번에 묻고 네 가지로 기다린다. 답이 오는 순서는 이야기가 정한다.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Display;

use ch03_01_promise::{Microtasks, Promise, Resolver};
use ch03_03_combinators::faulty::{all_by_arrival, any_by_flipping};
use ch03_03_combinators::{all, all_settled, any, race};

type Text = &'static str;
type Reply = Promise<Text, Text>;
type All = fn(&Microtasks, Vec<Reply>) -> Promise<Vec<Text>, Text>;

const BOXES: [Text; 3] = ["프로필", "주문", "추천"];
const MIRRORS: [Text; 3] = ["서울", "부산", "대구"];

fn main() {
    println!("== 뒤바뀐 화면 ==");
    first_screen(all_by_arrival);
    println!("== all ==");
    first_screen(all);
    println!("== 첫 오류 ==");
    first_error();
    println!("== allSettled ==");
    settled_screen();
    println!("== race와 any ==");
    mirrors();
    println!("== 모두 실패 ==");
    all_mirrors_fail();
    println!("== 진 쪽 ==");
    loser();
    println!("== 빈 목록 ==");
    empty();
    println!("== 차례 ==");
    turns();
}

/// 답을 기다리는 요청들. `reply`가 하나에 답하고, 그 답으로 할 일을 모두 마친다.
#[derive(Default)]
struct Server {
    queue: Microtasks,
    waiting: RefCell<Vec<(Text, Resolver<Text, Text>)>>,
}

impl Server {
    fn ask(&self, names: &[Text]) -> Vec<Reply> {
        let ask = |name: &Text| {
            let (promise, resolver) = Promise::pending(&self.queue);
            self.waiting.borrow_mut().push((*name, resolver));
            promise
        };
        names.iter().map(ask).collect()
    }

    fn reply(&self, name: Text, result: Result<Text, Text>) {
        let mut waiting = self.waiting.borrow_mut();
        let at = waiting.iter().position(|(asked, _)| *asked == name);
        let (_, resolver) = waiting.remove(at.expect("보낸 요청이다"));
        drop(waiting); // 콜백이 또 물을 수 있다.
        println!("{name}: {}", told(result));
        resolver.resolve(result);
        self.queue.run();
    }
}

fn told<T>((Ok(text) | Err(text)): Result<T, T>) -> T {
    text
}

fn draw(texts: Vec<impl Display>) {
    for (name, text) in BOXES.iter().zip(texts) {
        println!("화면: {name} 칸에 {text}");
    }
}

// ANCHOR: first-screen
fn first_screen(all: All) {
    let server = Server::default();
    all(&server.queue, server.ask(&BOXES)).done(|result| match result {
        Ok(texts) => draw(texts),
        Err(reason) => println!("화면: {reason}"),
    });
    server.reply("추천", Ok("책 세 권"));
    server.reply("프로필", Ok("하나 님"));
    server.reply("주문", Ok("두 건"));
}
// ANCHOR_END: first-screen

fn first_error() {
    let server = Server::default();
    all(&server.queue, server.ask(&BOXES)).done(|result| match result {
        Ok(texts) => draw(texts),
        Err(reason) => println!("화면: {reason}"),
    });
    server.reply("추천", Ok("책 세 권"));
    server.reply("주문", Err("오류 503"));
    server.reply("프로필", Err("오류 500"));
}

// ANCHOR: settled-screen
fn settled_screen() {
    let server = Server::default();
    all_settled(&server.queue, server.ask(&BOXES))
        .done(|Ok(results)| draw(results.into_iter().map(told).collect()));
    server.reply("추천", Ok("책 세 권"));
    server.reply("주문", Err("오류 503"));
    server.reply("프로필", Ok("하나 님"));
}
// ANCHOR_END: settled-screen

// ANCHOR: mirrors
fn mirrors() {
    let server = Server::default();
    let replies = server.ask(&MIRRORS);
    race(&server.queue, replies.clone()).done(|result| println!("race: {}", told(result)));
    any(&server.queue, replies).done(|result| println!("any: {}", result.unwrap_or("실패")));
    server.reply("서울", Err("오류 503"));
    server.reply("부산", Ok("부산의 파일"));
    server.reply("대구", Ok("대구의 파일"));
}
// ANCHOR_END: mirrors

fn all_mirrors_fail() {
    let server = Server::default();
    any(&server.queue, server.ask(&MIRRORS)).done(|result| {
        let error = result.expect_err("모두 실패한다");
        println!("any: {error}. {}", error.0.join(", "));
    });
    server.reply("대구", Err("시간 초과"));
    server.reply("서울", Err("오류 503"));
    server.reply("부산", Err("오류 500"));
}

// ANCHOR: loser
fn loser() {
    let server = Server::default();
    let replies = server.ask(&["카드", "타이머"]);
    let packed = replies[0].then(|_| {
        println!("가게: 포장을 시작함");
        Ok(())
    });
    packed.done(drop);
    race(&server.queue, replies).done(|result| match result {
        Ok(approval) => println!("화면: {approval}"),
        Err(reason) => println!("화면: {reason}, 결제하지 못했습니다"),
    });
    server.reply("타이머", Err("시간 초과"));
    server.reply("카드", Ok("12000원을 승인함"));
}
// ANCHOR_END: loser

// ANCHOR: empty
fn empty() {
    let queue = Microtasks::default();
    let none = Vec::<Reply>::new;
    println!("all: {}", state(&queue, all(&queue, none())));
    println!("allSettled: {}", state(&queue, all_settled(&queue, none())));
    println!("any: {}", state(&queue, any(&queue, none())));
    println!("race: {}", state(&queue, race(&queue, none())));
}

/// 큐를 비우고도 정해지지 않았으면 대기이다.
fn state<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promise: Promise<T, E>,
) -> Text {
    let heard = std::rc::Rc::new(RefCell::new("대기"));
    let hear = std::rc::Rc::clone(&heard);
    promise.done(move |result| {
        *hear.borrow_mut() = if result.is_ok() { "이행" } else { "거부" };
    });
    queue.run();
    heard.take()
}
// ANCHOR_END: empty

// ANCHOR: turns
fn turns() {
    let queue = Microtasks::default();
    let done = || Promise::<(), Infallible>::settled(&queue, Ok(()));
    let start = done();
    start.then(Ok).done(|_| println!("then 하나"));
    all(&queue, vec![done(), done()]).done(|_| println!("all"));
    any(&queue, vec![done(), done()]).done(|_| println!("any"));
    any_by_flipping(&queue, vec![done(), done()]).done(|_| println!("뒤집어 만든 any"));
    // 한 차례에 한 걸음씩 가는 자. 늘 그 차례의 맨 뒤에 선다.
    let mut ruler = start;
    for turn in 1..=5 {
        ruler.done(move |_| println!("{turn}번째 차례 끝"));
        ruler = ruler.then(Ok);
    }
    queue.run();
}
// ANCHOR_END: turns
