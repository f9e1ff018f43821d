//! 캐시에 있으면 그 자리에서, 없으면 나중에 불리는 콜백. 같은 화면을 두 번 열어 본다.

mod panel;
mod price;
mod screen;

use std::panic::{self, AssertUnwindSafe};

use ch02_04_zalgo::{Load, Store};
use panel::{open_all, open_all_briefly, outcome};

fn main() {
    tell_visits("가끔은 그 자리에서", Store::load_now_or_later);
    tell_panels();
    tell_visits("늘 나중에", Store::load_later);
    tell_deferred_panels();
    tell_depths();
    tell_turns();
}

fn tell_visits(title: &str, load: Load) {
    println!("== {title} ==");
    let store = Store::default();
    for turn in ["처음 연 화면", "다시 연 화면"] {
        println!("{turn}");
        for line in screen::visit(&store, load) {
            println!("  {line}");
        }
    }
}

fn tell_panels() {
    println!("== 부르면서 세기 ==");
    let store = Store::default();
    let now_or_later = Store::load_now_or_later;
    println!("처음: {}", outcome(open_all, &store, now_or_later));
    // 패닉도 이야기의 한 줄로 알린다.
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("까닭 모름");
        println!("[Rust] 다시: 패닉, {message}");
    }));
    let again = || outcome(open_all, &store, now_or_later);
    let _ = panic::catch_unwind(AssertUnwindSafe(again));
    let _ = panic::take_hook();

    println!("== 잠깐씩 빌리기 ==");
    println!("다시: {}", outcome(open_all_briefly, &store, now_or_later));
}

fn tell_deferred_panels() {
    println!("== 나중에 세기 ==");
    let store = Store::default();
    for turn in ["처음", "다시"] {
        println!("{turn}: {}", outcome(open_all, &store, Store::load_later));
    }
}

fn tell_depths() {
    println!("== 천 번 이어 읽기 ==");
    let (now, later) = (Store::load_now_or_later, Store::load_later);
    println!("그 자리에서: 가장 깊은 겹 {}", price::deepest(now, 1000));
    println!("나중에: 가장 깊은 겹 {}", price::deepest(later, 1000));
}

fn tell_turns() {
    println!("== 줄 서기 ==");
    let (now, later) = (Store::load_now_or_later, Store::load_later);
    println!("그 자리에서: {}", price::turns(now).join(", "));
    println!("나중에: {}", price::turns(later).join(", "));
}
