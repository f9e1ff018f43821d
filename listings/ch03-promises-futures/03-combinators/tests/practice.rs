//! `futures`의 같은 조합자. 진 쪽이 버려지는 것과 잃는 까닭을 본다.

use std::cell::Cell;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use futures::FutureExt;
use futures::executor::block_on;
use futures::future::{LocalBoxFuture, join_all, select_all, select_ok, try_join_all};

type Reply = LocalBoxFuture<'static, Result<&'static str, &'static str>>;

/// 버려지면 그것을 적는다.
struct Dropped(Rc<Cell<bool>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

/// 영영 오지 않는 답과, 그 퓨처가 버려졌는지.
fn endless() -> (Reply, Rc<Cell<bool>>) {
    let dropped = Rc::new(Cell::new(false));
    let guard = Dropped(Rc::clone(&dropped));
    let reply = async move {
        let _guard = guard;
        pending().await
    };
    (reply.boxed_local(), dropped)
}

// ANCHOR: dropped
#[test]
fn try_join_all_drops_the_losers() {
    let (loser, dropped) = endless();
    let failed = ready(Err("오류 503")).boxed_local();
    let result = block_on(try_join_all([loser, failed]));
    assert_eq!((result, dropped.get()), (Err("오류 503"), true));
}
// ANCHOR_END: dropped

// ANCHOR: select
#[test]
fn select_all_gives_the_losers_back() {
    let (loser, dropped) = endless();
    let (first, at, losers) = block_on(select_all([loser, ready(Ok("답")).boxed_local()]));
    assert_eq!((first, at, losers.len()), (Ok("답"), 1, 1));
    assert!(!dropped.get());
    drop(losers);
    assert!(dropped.get());

    let replies = [endless().0, ready(Ok("답")).boxed_local()];
    let (first, losers) = block_on(select_ok(replies)).expect("하나는 성공한다");
    assert_eq!((first, losers.len()), ("답", 1));
}

#[test]
fn select_ok_keeps_only_the_last_reason() {
    let reasons = ["오류 503", "오류 500", "시간 초과"];
    let result = block_on(select_ok(reasons.map(|reason| ready(Err::<(), _>(reason)))));
    assert_eq!(result.map(|_| ()), Err("시간 초과"));
}
// ANCHOR_END: select

// ANCHOR: empty
#[test]
fn an_empty_select_panics_instead_of_waiting() {
    let none = Vec::<Reply>::new;
    assert!(catch_unwind(AssertUnwindSafe(|| select_all(none()))).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| select_ok(none()))).is_err());
    assert_eq!(block_on(try_join_all(none())), Ok(vec![]));
    assert_eq!(block_on(join_all(none())), vec![]);
}
// ANCHOR_END: empty
