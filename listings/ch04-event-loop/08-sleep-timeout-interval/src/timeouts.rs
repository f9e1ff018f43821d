//! 타임아웃의 이야기.

use std::future::pending;
use std::pin::Pin;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::faulty::by_select;
use ch04_08_sleep_timeout_interval::{
    Elapsed, advance, block_on_virtual, now, sleep, spawn, timeout, timers, yield_now,
};

use crate::ms;
use crate::story::since;

// ANCHOR: two
/// `millis` 뒤에 나오는 음식.
async fn food(millis: u64) -> &'static str {
    sleep(ms(millis)).await;
    "파스타"
}

/// 5밀리초와 15밀리초가 걸리는 음식을 10밀리초까지 기다린다.
pub fn two() {
    block_on_virtual(async {
        for millis in [5, 15] {
            let start = now();
            match timeout(ms(10), food(millis)).await {
                Ok(food) => println!("{millis}ms짜리: {}ms에 {food}", since(start)),
                Err(Elapsed) => println!("{millis}ms짜리: {}ms에 포기함", since(start)),
            }
        }
    });
}
// ANCHOR_END: two

// ANCHOR: left
/// 바로 답하는 요청 10,000개에 1분짜리 타임아웃을 걸고, 남은 타이머를 센다.
pub fn left<T>(timeout: impl Fn(Duration, Answer) -> T) -> usize
where
    T: Future<Output = Result<(), Elapsed>>,
{
    block_on_virtual(async {
        for _ in 0..10_000 {
            let answered = timeout(ms(60_000), Box::pin(yield_now())).await;
            answered.expect("바로 답한다");
        }
        timers()
    })
}
// ANCHOR_END: left

type Answer = Pin<Box<dyn Future<Output = ()>>>;

// ANCHOR: tie
/// 답은 5밀리초에 오는데, 다른 태스크가 25밀리초를 막아 10밀리초의 기한과 함께 보인다.
pub fn tie<T>(timeout: impl Fn(Duration, Answer) -> T) -> Result<(), Elapsed>
where
    T: Future<Output = Result<(), Elapsed>>,
{
    block_on_virtual(async {
        drop(spawn(async { advance(ms(25)) }));
        timeout(ms(10), Box::pin(sleep(ms(5)))).await
    })
}
// ANCHOR_END: tie

// ANCHOR: loser
/// 버려질 때 알린다.
struct Table;

impl Drop for Table {
    fn drop(&mut self) {
        println!("[Rust] 손님: 자리를 돌려줌");
    }
}
// ANCHOR_END: loser

// ANCHOR: losers
/// 타임아웃이 퓨처를 버린다. 띄운 태스크는 버려지지 않는다.
pub fn losers() {
    block_on_virtual(async {
        let guest = async {
            let _table = Table;
            pending::<()>().await;
        };
        _ = timeout(ms(10), guest).await;
        let kitchen = spawn(async {
            sleep(ms(30)).await;
            println!("주방: 요리를 끝냄");
        });
        if timeout(ms(10), kitchen).await.is_err() {
            println!("main: 요리를 포기함");
        }
        sleep(ms(30)).await;
    });
}
// ANCHOR_END: losers

// ANCHOR: sizes
/// 1,000바이트를 쥐고 기다리는 퓨처.
async fn order() {
    let order = [0u8; 1_000];
    pending::<()>().await;
    assert_eq!(order.len(), 1_000);
}

// ANCHOR_END: sizes

// ANCHOR: nested
/// 타임아웃을 한 겹씩 씌운 퓨처의 바이트.
pub fn sizes() -> [[usize; 4]; 2] {
    let minute = ms(60_000);
    block_on_virtual(async {
        let by_select = [
            size_of_val(&order()),
            size_of_val(&by_select(minute, order())),
            size_of_val(&by_select(minute, by_select(minute, order()))),
            size_of_val(&by_select(
                minute,
                by_select(minute, by_select(minute, order())),
            )),
        ];
        let timeout = [
            size_of_val(&order()),
            size_of_val(&timeout(minute, order())),
            size_of_val(&timeout(minute, timeout(minute, order()))),
            size_of_val(&timeout(minute, timeout(minute, timeout(minute, order())))),
        ];
        [by_select, timeout]
    })
}
// ANCHOR_END: nested
