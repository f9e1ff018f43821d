//! 두 스레드의 차례를 빠짐없이 늘어놓고, 한 시간의 타임아웃을 기다리지 않고 돌려 본다.

use ch01_07_proving_order::deadline::{GaveUp, Reply, ask, ask_restarting, server};
use ch01_07_proving_order::steps::{Step, Who, count, orders, play};
use tokio::time::Instant;

fn lost() {
    println!("== 덮어쓴 차례 ==");
    let (story, left) = play(&[Who::Left, Who::Right, Who::Left, Who::Right]);
    for (who, step) in story {
        match step {
            Step::Read(value) => println!("{who}: {value} 읽기"),
            Step::Write(value) => println!("{who}: {value} 쓰기"),
        }
    }
    println!("카운터: {left}");
}

fn all() {
    println!("== 모든 차례 ==");
    for order in orders(2, 2) {
        let names = order.iter().map(Who::to_string);
        let (_, left) = play(&order);
        println!("{} → {left}", names.collect::<Vec<_>>().join(", "));
    }
}

fn growth() {
    println!("== 차례의 수 ==");
    for steps in [2, 5, 10, 20] {
        println!("저마다 {steps}걸음: {}가지", count(steps));
    }
}

/// 시작한 뒤로 흐른 가상 시간을 분으로 적는다.
fn minutes(start: Instant) -> String {
    format!("{}분", start.elapsed().as_secs() / 60)
}

/// 소식을 보낼 때마다 시각과 함께 찍는 서버.
fn talking_server(start: Instant) -> tokio::sync::mpsc::Receiver<Reply> {
    server::start(move |reply| match reply {
        Reply::Working => println!("서버: {} 아직", minutes(start)),
        Reply::Done => println!("서버: {} 다 됨", minutes(start)),
    })
}

fn tell(start: Instant, answer: Result<(), GaveUp>) {
    match answer {
        Ok(()) => println!("물은 쪽: {} 받음", minutes(start)),
        Err(GaveUp) => println!("물은 쪽: {} 포기", minutes(start)),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    lost();
    all();
    growth();

    println!("== 늘어나는 한 시간 ==");
    let start = Instant::now();
    tell(start, ask_restarting(&mut talking_server(start)).await);

    println!("== 정해진 한 시간 ==");
    let start = Instant::now();
    tell(start, ask(&mut talking_server(start)).await);
}
