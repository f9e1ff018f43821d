//! 두 서버의 대화가 같은지, 스레드가 몇인지, 막으면 어떻게 되는지 본다.

use std::cell::Cell;

use tokio::runtime::Builder;

use super::*;
use crate::measure::within;

// ANCHOR: same
#[test]
fn the_same_conversation_takes_three_threads_or_one() {
    let threads = slow_guest(serve_with_threads).unwrap();
    let tasks = slow_guest(serve_with_tasks).unwrap();
    assert_eq!(threads.answered(), ["3", "2", "1"]);
    assert_eq!(tasks.answered(), threads.answered());
    assert_eq!((threads.threads(), tasks.threads()), (3, 1));
}
// ANCHOR_END: same

// ANCHOR: block
#[test]
fn blocking_inside_async_makes_the_earlier_order_wait() {
    let desk = impatient_guest(serve_but_block).unwrap();
    assert_eq!(desk.answered(), ["1", "2"]); // 먼저 주문한 쪽은 2였다.
}
// ANCHOR_END: block

// ANCHOR: lazy
#[test]
fn an_async_fn_does_nothing_until_it_is_awaited() {
    async fn count(calls: &Cell<u32>) {
        calls.set(calls.get() + 1);
    }
    let calls = Cell::new(0);
    drop(count(&calls)); // 부르고 버린다.
    assert_eq!(calls.get(), 0);
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(count(&calls));
    assert_eq!(calls.get(), 1);
}
// ANCHOR_END: lazy

#[test]
fn the_number_of_connections_stays_within_the_limit() {
    assert_eq!(within(None), 10_000);
    assert_eq!(within(Some(20_000)), 10_000);
    assert_eq!(within(Some(1024)), 924);
}
