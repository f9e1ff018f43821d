//! 런타임의 스레드를 막는 계산을 다른 스레드로 떼어 낸다.

mod crowd;
mod faulty;
mod leave;
mod naps;
mod offload;
mod shop;
#[cfg(test)]
mod tests;
mod work;

use std::panic;

use ch02_01_completion_callback::Pool;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::runtime::Builder;
use tokio::task::{JoinError, spawn_blocking};

use crowd::JOBS;
use faulty::{nested_block_on, wait_inside, wait_outside};
use leave::leave;
use naps::{nap_task, nap_thread, naps};
use offload::{offload, on_rayon, stoppable};
use shop::{answered_meanwhile, day};
use work::{blocking, on_blocking_pool, sliced, waiting};

fn main() {
    // 여기서 나는 패닉은 모두 일부러 낸 것이라 표준 오류에 적지 않는다.
    panic::set_hook(Box::new(|_| {}));
    counting_days();
    other_places();
    leaving();
    panicking();
    waiting_inside();
    sleeping();
    nesting();
    crowding();
    inside_rayon();
}

fn rayon_pool(threads: usize) -> ThreadPool {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("풀이 선다")
}

fn tell(name: &str, lines: &[String]) {
    println!("== {name} ==\n{}", lines.join("\n"));
}

fn counting_days() {
    tell("막는 계산", &day(blocking));
    tell("양보하는 계산", &day(sliced));
    // ANCHOR: by_hand
    let pool = Pool::new(1);
    let lines = day(async |customer| {
        let primes = offload(&pool, move || waiting(customer));
        primes.await.expect("계산은 패닉하지 않는다")
    });
    // ANCHOR_END: by_hand
    tell("떼어 낸 계산", &lines);
}

fn other_places() {
    println!("== 맡기는 곳 ==");
    // ANCHOR: places
    let pool = rayon_pool(1);
    let on_rayon = async |customer| on_rayon(&pool, move || waiting(customer)).await;
    for (name, lines) in [
        ("막는 계산", day(blocking)),
        ("spawn_blocking", day(on_blocking_pool)),
        ("rayon", day(on_rayon)),
    ] {
        println!(
            "[Rust] {name}: 계산 중에 나간 답 {}",
            answered_meanwhile(&lines)
        );
    }
    // ANCHOR_END: places
}

fn leaving() {
    println!("== 떠난 뒤의 계산 ==");
    // ANCHOR: leaving
    let dropped = leave(|pool, work| offload(pool, move || work(&|| false)));
    let stopped = leave(|pool, work| stoppable(pool, work));
    println!("[Rust] offload: 끝낸 조각 {dropped}");
    println!("[Rust] stoppable: 끝낸 조각 {stopped}");
    // ANCHOR_END: leaving
}

fn describe(error: JoinError) -> String {
    let message = error.into_panic().downcast::<&str>();
    format!("패닉 '{}'", message.expect("메시지가 고정된 문자열이다"))
}

fn panicking() {
    println!("== 패닉 ==");
    let runtime = Builder::new_current_thread()
        .build()
        .expect("런타임이 선다");
    // ANCHOR: panics
    fn broken() -> u32 {
        panic!("0으로 나누었다")
    }
    runtime.block_on(async {
        let result = offload(&Pool::new(1), broken).await;
        println!("[Rust] offload: {result:?}");
        let result = spawn_blocking(broken).await;
        println!("[Rust] spawn_blocking: {}", describe(result.unwrap_err()));
        let task = tokio::spawn(on_rayon(&rayon_pool(1), broken));
        println!("[Rust] on_rayon: {}", describe(task.await.unwrap_err()));
    });
    // ANCHOR_END: panics
}

fn waiting_inside() {
    tell("막고 기다리기", &day(wait_inside));
    tell("떼어 내고 기다리기", &day(wait_outside));
}

fn sleeping() {
    tell("자는 스레드", &naps(nap_thread));
    tell("자는 태스크", &naps(nap_task));
}

fn nesting() {
    println!("== 겹친 block_on ==");
    let runtime = Builder::new_current_thread()
        .build()
        .expect("런타임이 선다");
    let result = runtime.block_on(async { tokio::spawn(nested_block_on()).await });
    println!("[Rust] {}", describe(result.unwrap_err()));
}

fn crowding() {
    println!("== 한꺼번에 맡긴 계산 {JOBS}개 ==");
    println!(
        "[Rust] spawn_blocking: 동시에 {}",
        crowd::on_blocking_pool(None)
    );
    println!(
        "[Rust] 한도를 2로 한 spawn_blocking: 동시에 {}",
        crowd::on_blocking_pool(Some(2))
    );
    println!(
        "[Rust] 스레드 2개의 rayon: 동시에 {}",
        crowd::on_rayon_pool(2)
    );
}

fn inside_rayon() {
    println!("== 풀 안에서 기다리기 ==");
    let pool = rayon_pool(1);
    println!("[Rust] block_on으로: {:?}", faulty::wait_in_pool(&pool));
    println!("[Rust] scope로: {:?}", faulty::scope_in_pool(&pool));
}
