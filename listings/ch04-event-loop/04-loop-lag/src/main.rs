//! 이벤트 루프를 막으면 얼마나 늦는지 재고, 나누거나 떼어 내어 고친다.

mod clock;
mod drop_pool;
mod event_loop;
mod histogram;
mod measure;
mod offload;
mod omission;
#[cfg(test)]
mod tests;
mod work;

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use ch02_01_completion_callback::Pool;

use clock::{Clock, ms};
use drop_pool::news_reaches_work;
use event_loop::EventLoop;
use omission::{Client, with_accounts};
use work::{Beat, blocking, offloaded, sliced};

fn main() {
    if std::env::args().any(|arg| arg == "--measure") {
        return measure::measure();
    }
    tell("막는 보고서", &day(blocking).story);
    tell("나눈 보고서", &day(|on| sliced(on, 8)).story);
    let pool = Pool::new(1);
    tell("맡긴 보고서", &day(move |on| offloaded(on, &pool)).story);
    slices();
    crowds();
    beats();
    omissions();
    culprits();
    unfinished();
    leaving();
}

fn tell(name: &str, lines: &[String]) {
    println!("== {name} ==\n{}", lines.join("\n"));
}

fn virtual_loop() -> EventLoop {
    EventLoop::new(Clock::Virtual(Duration::ZERO))
}

// ANCHOR: day
/// 10밀리초마다 박동이 뛰는 루프에서 15밀리초에 보고서를 시작한다.
fn day(report: impl FnOnce(&mut EventLoop) + 'static) -> EventLoop {
    let mut on = virtual_loop();
    heart(&mut on);
    on.at("알람", ms(15), |on| on.post("보고서", report));
    on.run();
    on
}

fn heart(on: &mut EventLoop) {
    Beat::new(ms(10), ms(70)).start(on, ms(10));
}
// ANCHOR_END: day

// ANCHOR: slices
fn slices() {
    println!("== 조각의 길이 ==");
    for slice in [40, 20, 8, 2, 1] {
        let on = day(move |on| sliced(on, slice));
        let (lag, runs) = (on.lag.max().as_millis(), on.runs["보고서"].count);
        println!("{slice}줄씩: 지연 {lag}ms까지, 차례 {runs}번");
    }
}
// ANCHOR_END: slices

// ANCHOR: crowd
/// 두 줄씩 나눈 보고서 열 개를 한꺼번에 시작한다.
fn crowd(mut on: EventLoop) -> EventLoop {
    heart(&mut on);
    on.at("알람", ms(9), |on| {
        for _ in 0..10 {
            on.post("보고서", |on| sliced(on, 2));
        }
    });
    on.run();
    on
}
// ANCHOR_END: crowd

fn crowds() {
    println!("== 여럿이 나누면 ==");
    let loops = [
        ("몫이 없으면", virtual_loop()),
        ("몫이 5ms이면", virtual_loop().with_budget(ms(5))),
    ];
    for (name, on) in loops {
        println!("{name}: 지연 {}ms까지", crowd(on).lag.max().as_millis());
    }
}

// ANCHOR: beats
fn beats() {
    println!("== 빼먹는 박동 ==");
    let from_due = Beat::new(ms(10), ms(2000));
    let from_now = Beat {
        from: |_due, now| now,
        ..from_due
    };
    for (name, beat) in [("지금부터", from_now), ("예정부터", from_due)] {
        let mut on = virtual_loop();
        beat.start(&mut on, ms(10));
        on.at("정산", ms(495), |on| on.block(ms(300)));
        on.run();
        println!("{name}: {}", on.lag);
    }
}
// ANCHOR_END: beats

// ANCHOR: omissions
fn omissions() {
    println!("== 빼먹는 손님 ==");
    let waiting = with_accounts(Client::waiting);
    let scheduled = with_accounts(Client::scheduled);
    println!("처리 함수 안에서: {}", scheduled.inside.borrow());
    println!("답을 기다리는 손님: {}", waiting.outside.borrow());
    println!("제때 보내는 손님: {}", scheduled.outside.borrow());
}
// ANCHOR_END: omissions

// ANCHOR: culprits
fn culprits() {
    println!("== 누가 막았나 ==");
    let mut runs: Vec<_> = day(blocking).runs.into_iter().collect();
    runs.sort_by_key(|(_, runs)| std::cmp::Reverse(runs.longest));
    for (name, runs) in runs {
        let (longest, total) = (runs.longest.as_millis(), runs.total.as_millis());
        println!(
            "{name}: {}번, 가장 길게 {longest}ms, 모두 {total}ms",
            runs.count
        );
    }
}
// ANCHOR_END: culprits

// ANCHOR: unfinished
fn unfinished() {
    println!("== 끝나지 않은 것 ==");
    let mut on = virtual_loop();
    let running = Arc::clone(&on.running);
    let (stuck, on_stuck) = mpsc::channel();
    let (free, on_free) = mpsc::channel::<()>();
    let watcher = thread::spawn(move || {
        on_stuck.recv().expect("보고서가 알린다");
        println!(
            "[Rust] 감시하는 스레드가 본 것: {:?}",
            running.lock().expect("패닉하지 않는다")
        );
        drop(free);
    });
    on.post("보고서", move |on| {
        println!("[Rust] 기록에 있는 것: {:?}", on.runs.get("보고서"));
        stuck.send(()).expect("감시하는 스레드가 산다");
        let _ = on_free.recv(); // 풀려나기를 스레드째로 기다린다.
    });
    on.run();
    watcher.join().expect("패닉하지 않는다");
}
// ANCHOR_END: unfinished

// ANCHOR: leaving
fn leaving() {
    println!("== 버린 풀 ==");
    for (name, keep) in [("처리 함수 안에서", false), ("루프가 끝난 다음에", true)] {
        let reached = news_reaches_work(keep);
        let ending = if reached {
            "들었다"
        } else {
            "듣지 못했다"
        };
        println!("[Rust] {name} 버리면: 맡긴 일이 다음 이벤트의 소식을 {ending}");
    }
}
// ANCHOR_END: leaving
