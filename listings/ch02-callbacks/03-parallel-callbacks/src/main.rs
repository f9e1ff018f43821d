//! 콜백 여러 개를 기다리는 법과, 카운터가 틀리는 자리.

use std::cell::Cell;
use std::rc::Rc;

use ch02_03_parallel_callbacks::orders::{try_all, try_first, try_limited};
use ch02_03_parallel_callbacks::{Reply, Server, Task, all, faulty, first, limited};

fn main() {
    stuck_screen();
    arrival_order();
    empty_list();
    all_or_first_error();
    told_twice();
    first_success();
    leaked_slots();
    two_at_once();
    every_order();
}

// ANCHOR: stuck
fn stuck_screen() {
    let server = section("끝나지 않는 화면");
    let shown = Rc::new(Cell::new("로딩 중"));
    let screen = Rc::clone(&shown);
    let tasks = requests(&server, &["프로필", "주문", "추천"]);
    faulty::all_counting_successes(tasks, move |_| screen.set("다 그림"));
    reply(&server, "프로필", Ok("지수"));
    reply(&server, "추천", Err("503"));
    reply(&server, "주문", Ok("3건"));
    let waiting = server.waiting().len();
    println!("서버에 남은 요청 {waiting}개, 화면은 {}", shown.get());
}
// ANCHOR_END: stuck

fn arrival_order() {
    let server = section("도착한 차례");
    let tasks = requests(&server, &["프로필", "주문", "추천"]);
    faulty::all_in_arrival_order(tasks, draw);
    reply(&server, "추천", Ok("책 5권"));
    reply(&server, "프로필", Ok("지수"));
    reply(&server, "주문", Ok("3건"));
}

fn empty_list() {
    section("빈 목록");
    println!("검사 없는 all");
    faulty::all_in_arrival_order(Vec::new(), print_cart);
    println!("돌아왔다");
    println!("검사하는 all");
    all(Vec::new(), print_cart);
    println!("돌아왔다");
}

fn all_or_first_error() {
    let server = section("all");
    all(requests(&server, &["프로필", "주문", "추천"]), draw);
    reply(&server, "추천", Ok("책 5권"));
    reply(&server, "프로필", Ok("지수"));
    reply(&server, "주문", Ok("3건"));
    println!("다시 묻는다");
    all(requests(&server, &["프로필", "주문", "추천"]), draw);
    reply(&server, "프로필", Ok("지수"));
    reply(&server, "추천", Err("503"));
    reply(&server, "주문", Err("504"));
}

fn told_twice() {
    let server = section("두 번 불린 done");
    let tasks = requests(&server, &["서울", "도쿄", "오리건"]);
    faulty::first_telling_every_success(tasks, print_first);
    reply(&server, "도쿄", Ok("파일"));
    reply(&server, "서울", Ok("파일"));
    reply(&server, "오리건", Err("503"));
}

fn first_success() {
    let server = section("first");
    first(requests(&server, &["서울", "도쿄", "오리건"]), print_first);
    reply(&server, "도쿄", Err("503"));
    reply(&server, "서울", Ok("파일"));
    reply(&server, "오리건", Ok("파일"));
    println!("다시 묻는다");
    first(requests(&server, &["서울", "도쿄"]), print_first);
    reply(&server, "도쿄", Err("503"));
    reply(&server, "서울", Err("504"));
}

fn leaked_slots() {
    let server = section("새는 자리");
    let tasks = requests(&server, &["1번", "2번", "3번", "4번", "5번"]);
    faulty::limited_leaking_slots(2, tasks, print_replies);
    reply(&server, "1번", Err("503"));
    reply(&server, "2번", Err("503"));
    println!("서버에 남은 요청 {}개", server.waiting().len());
}

// ANCHOR: limited
fn two_at_once() {
    let server = section("limited");
    let tasks = requests(&server, &["1번", "2번", "3번", "4번", "5번"]);
    limited(2, tasks, print_replies);
    reply(&server, "2번", Err("503"));
    reply(&server, "3번", Ok("그림"));
    reply(&server, "1번", Err("503"));
    reply(&server, "4번", Ok("그림"));
    reply(&server, "5번", Ok("그림"));
    println!("동시에 기다린 요청은 많아야 {}개", server.peak());
}
// ANCHOR_END: limited

fn every_order() {
    println!("== 모든 차례 ==");
    println!("all: {}", try_all(all));
    println!("성공만 센 all: {}", try_all(faulty::all_counting_successes));
    println!(
        "도착한 차례로 담은 all: {}",
        try_all(faulty::all_in_arrival_order)
    );
    println!("first: {}", try_first(first));
    println!(
        "성공마다 알린 first: {}",
        try_first(faulty::first_telling_every_success)
    );
    for limit in 1..=3 {
        println!("limited {limit}개: {}", try_limited(limit, limited));
    }
    println!(
        "자리가 샌 limited 2개: {}",
        try_limited(2, faulty::limited_leaking_slots)
    );
}

fn section(title: &str) -> Rc<Server> {
    println!("== {title} ==");
    Rc::default()
}

/// 나갈 때 한 줄 적는 요청들.
fn requests(server: &Rc<Server>, names: &[&'static str]) -> Vec<Task> {
    let announced = names.iter().map(|&name| -> Task {
        let request = server.request(name);
        Box::new(move |callback| {
            println!("보냄 {name}");
            request(callback);
        })
    });
    announced.collect()
}

fn reply(server: &Server, name: &str, reply: Result<&str, &str>) {
    match reply {
        Ok(value) => println!("받음 {name}: {value}"),
        Err(error) => println!("받음 {name}: 오류 {error}"),
    }
    server.reply(name, reply);
}

fn draw(outcome: Result<Vec<String>, String>) {
    match outcome {
        Ok(values) => {
            let [profile, orders, books]: [String; 3] = values.try_into().expect("칸은 셋이다");
            println!("화면 프로필={profile} 주문={orders} 추천={books}");
        }
        Err(error) => println!("화면 오류 {error}"),
    }
}

fn print_cart(outcome: Result<Vec<String>, String>) {
    println!("장바구니 {}개", outcome.expect("물은 것이 없다").len());
}

fn print_first(outcome: Result<String, Vec<String>>) {
    match outcome {
        Ok(value) => println!("done {value}"),
        Err(errors) => println!("done 모두 실패 [{}]", errors.join(", ")),
    }
}

fn print_replies(replies: Vec<Reply>) {
    let words = replies
        .into_iter()
        .map(|reply| reply.unwrap_or_else(|error| format!("오류 {error}")));
    println!("done [{}]", words.collect::<Vec<_>>().join(", "));
}
