//! 같은 일을 프로미스와 퓨처로 시키고, 일이 언제 시작되는지 가상 시간으로 본다.

mod counting;
mod shop;
#[cfg(test)]
mod tests;
mod timing;

use counting::{
    asked_once, asked_twice, calls_async, calls_head, dropped_future, dropped_handle,
    dropped_promise, retries,
};
use shop::{Shop, run};
use timing::{eager, joined, lazy, one_by_one, promises, sleeps, spawned};

fn main() {
    tell("성급한 프로미스", async |shop| eager(shop).await);
    tell("게으른 퓨처", async |shop| lazy(shop).await);
    tell("프로미스 둘을 차례로", async |shop| {
        promises(shop).await
    });
    tell("퓨처 둘을 차례로", async |shop| {
        one_by_one(shop).await
    });
    tell("퓨처 둘을 함께", async |shop| joined(shop).await);
    tell("띄우고 차례로", async |shop| spawned(shop).await);
    println!("== 기다리지 않은 것 ==");
    println!("[Rust] 한 번 폴링하고 버린 퓨처: {}", asked_once());
    for (name, counts) in [
        ("버린 프로미스", dropped_promise()),
        ("버린 퓨처", dropped_future()),
        ("띄우고 버린 손잡이", dropped_handle()),
    ] {
        println!("{name}: {counts}");
    }
    println!("== 부를 때 도는 것 ==");
    for (name, lines) in [("async fn", calls_async()), ("impl Future", calls_head())] {
        println!("[Rust] {name}: {lines}");
    }
    println!("== 두 번 묻기 ==");
    for (name, sent) in asked_twice() {
        println!("{name}: 요청 {sent}개");
    }
    println!("== 다시 시도하기 ==");
    for (name, price) in retries() {
        println!("{name}: {price}");
    }
    println!("== 만들 때 정해지는 기한 ==");
    for (name, took) in sleeps() {
        println!("[Rust] {name}: {took:?}");
    }
}

fn tell(title: &str, story: impl AsyncFnOnce(&Shop)) {
    println!("== {title} ==\n{}", run(story).1.join("\n"));
}
