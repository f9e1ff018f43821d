//! 두 쪽이 늘 준비되어 있을 때 어느 쪽이 몇 번 뽑히는지 센다.

#[cfg(test)]
use std::future::pending;
use std::future::ready;

use ch03_07_block_on::block_on;
use ch03_11_join_select::{Either, Turns, select};
use futures::FutureExt;

pub const ROUNDS: usize = 10_000;

/// 메시지와 종료 신호.
#[derive(Clone, Copy, PartialEq)]
pub enum Event {
    Message,
    Stop,
}
use Event::{Message, Stop};

// ANCHOR: count
/// 메시지도 종료 신호도 늘 와 있다. 뽑힌 횟수를 센다.
pub fn count(mut choose: impl AsyncFnMut() -> Event) -> [usize; 2] {
    block_on(async {
        let mut stops = 0;
        for _ in 0..ROUNDS {
            stops += usize::from(choose().await == Stop);
        }
        [ROUNDS - stops, stops]
    })
}

pub fn left_first() -> [usize; 2] {
    count(async || match select(ready(Message), ready(Stop)).await {
        Either::Left((event, _)) | Either::Right((event, _)) => event,
    })
}

pub fn in_turns() -> [usize; 2] {
    let turns = Turns::default();
    count(
        async || match turns.select(ready(Message), ready(Stop)).await {
            Either::Left((event, _)) | Either::Right((event, _)) => event,
        },
    )
}
// ANCHOR_END: count

// ANCHOR: libraries
pub fn futures_select() -> [usize; 2] {
    count(async || {
        let chosen = futures::future::select(ready(Message), ready(Stop));
        chosen.await.factor_first().0
    })
}

pub fn futures_macro() -> [usize; 2] {
    count(async || {
        let (mut message, mut stop) = (ready(Message).fuse(), ready(Stop).fuse());
        futures::select! { event = message => event, event = stop => event }
    })
}

pub fn tokio_biased() -> [usize; 2] {
    count(async || {
        tokio::select! { biased; event = ready(Message) => event, event = ready(Stop) => event }
    })
}

pub fn tokio_macro() -> [usize; 2] {
    count(async || {
        tokio::select! { event = ready(Message) => event, event = ready(Stop) => event }
    })
}
// ANCHOR_END: libraries

/// 갈래가 셋이고 첫째는 늘 `Pending`일 때, 둘째와 셋째가 뽑힌 횟수.
#[cfg(test)]
pub fn tokio_after_pending() -> [usize; 2] {
    count(async || {
        tokio::select! {
            event = pending() => event,
            event = ready(Message) => event,
            event = ready(Stop) => event,
        }
    })
}

#[cfg(test)]
pub fn futures_after_pending() -> [usize; 2] {
    count(async || {
        let (mut never, mut message, mut stop) =
            (pending().fuse(), ready(Message).fuse(), ready(Stop).fuse());
        futures::select! { event = never => event, event = message => event, event = stop => event }
    })
}

pub fn table() -> Vec<String> {
    let exact = |name, [messages, stops]: [usize; 2]| {
        format!("[Rust] {name}: 메시지 {messages}번, 종료 {stops}번")
    };
    // 무작위라 횟수는 매번 다르다. 양쪽이 모두 나왔는지만 적는다.
    let random = |name, counts: [usize; 2]| {
        let both = counts.iter().all(|&count| count > 0);
        format!("[Rust] {name}: 둘 다 나왔는가? {both}")
    };
    vec![
        exact("select", left_first()),
        exact("Turns", in_turns()),
        exact("futures의 select 함수", futures_select()),
        random("futures::select!", futures_macro()),
        exact("tokio::select!, biased", tokio_biased()),
        random("tokio::select!", tokio_macro()),
    ]
}
