//! 퓨처 하나를 끝까지 돌리는 값.

use std::future::ready;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use crate::case::{Case, Group, repeat};

pub const GROUP: Group = Group {
    name: "block_on",
    listing: "listings/ch03-promises-futures/07-block-on",
    also: &[],
};

pub fn cases() -> Vec<Case> {
    let once = || black_box(ready(black_box(1)));
    vec![
        Case::new(&GROUP, "ready", "준비된 퓨처")
            .ours("own", move |times| {
                repeat(times, || _ = black_box(ch03_07_block_on::block_on(once())))
            })
            .peer("futures", move |times| {
                repeat(times, || _ = black_box(futures::executor::block_on(once())))
            })
            .peer("pollster", move |times| {
                repeat(times, || _ = black_box(pollster::block_on(once())))
            }),
        Case::new(&GROUP, "pingpong", "다른 스레드와 주고받기")
            .ours("own", |times| {
                ping_pong(times, |turn| ch03_07_block_on::block_on(turn))
            })
            .peer("futures", |times| {
                ping_pong(times, |turn| futures::executor::block_on(turn))
            })
            .peer("pollster", |times| {
                ping_pong(times, |turn| pollster::block_on(turn))
            }),
    ]
}

/// 두 스레드가 번갈아 쥐는 차례. 한쪽이 넘기면 다른 쪽이 깨어난다.
#[derive(Default)]
struct Table(Mutex<Held>);

#[derive(Default)]
struct Held {
    turn: Side,
    waiting: Option<Waker>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Side {
    #[default]
    Near,
    Far,
}

/// 차례가 오기를 기다리는 퓨처.
struct Turn<'a>(&'a Table, Side);

impl Future for Turn<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut held = self.0.lock();
        if held.turn == self.1 {
            return Poll::Ready(());
        }
        held.waiting = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Table {
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().expect("락을 쥔 채 패닉하지 않는다")
    }

    fn pass(&self, to: Side) {
        let mut held = self.lock();
        held.turn = to;
        let waiting = held.waiting.take();
        drop(held);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// 차례를 `times`번 주고받는다. 두 스레드 모두 `block_on`으로 기다린다.
fn ping_pong(times: u64, block_on: impl Fn(Turn<'_>) + Sync) -> Duration {
    let table = Table::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..=times {
                block_on(Turn(&table, Side::Far));
                table.pass(Side::Near);
            }
        });
        let trip = || {
            table.pass(Side::Far);
            block_on(Turn(&table, Side::Near));
        };
        trip(); // 스레드가 뜨는 시간은 재지 않는다.
        repeat(times, trip)
    })
}
