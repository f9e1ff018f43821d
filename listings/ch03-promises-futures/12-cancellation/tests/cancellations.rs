//! 취소할 수 있는 자리마다 취소해 보고, 지킬 것이 지켜지는지 본다.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use ch03_12_cancellation::bank::{self, Bank, at_once, detached, refunding};
use ch03_12_cancellation::{cleanup, faulty, for_each_cancellation, poll_times};
use tokio::runtime::Builder;
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio::task::{LocalSet, spawn_local, yield_now};
use tokio::time::sleep;

/// 취소한 자리마다 두 계좌의 합.
fn totals(transfer: impl AsyncFn(&Bank, i64)) -> Vec<i64> {
    let mut totals = Vec::new();
    for_each_cancellation(
        Bank::open,
        async |bank| transfer(bank, 30).await,
        |_, _, bank| totals.push(bank.balances().iter().sum()),
    );
    totals
}

// ANCHOR: transfers
#[test]
fn money_is_lost_between_debit_and_credit() {
    assert_eq!(totals(faulty::transfer), [100, 100, 70, 100, 100]);
}

#[test]
fn money_moved_without_a_pause_is_never_lost() {
    assert_eq!(totals(at_once), [100; 5]);
}

#[test]
fn a_guard_gives_the_money_back() {
    assert_eq!(totals(refunding), [100; 5]);
}
// ANCHOR_END: transfers

// ANCHOR: detached
#[test]
fn a_detached_transfer_goes_on_after_its_waiter_is_dropped() {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    let polls = for_each_cancellation(
        || Arc::new(Bank::open()),
        async |bank| {
            let _inside = runtime.enter();
            let mut waiting = pin!(detached(Arc::clone(bank), 30));
            poll_fn(|cx| {
                runtime.block_on(yield_now()); // 태스크가 한 걸음 나아간다.
                waiting.as_mut().poll(cx)
            })
            .await;
        },
        |polls, _, bank| {
            runtime.block_on(async { sleep(Duration::from_millis(1)).await });
            let moved = if polls == 0 { [100, 0] } else { [70, 30] };
            assert_eq!(bank.balances(), moved, "{polls}번 묻고 취소했을 때");
        },
    );
    assert!(polls > 3, "이체의 자리마다 취소해 보았다");
}
// ANCHOR_END: detached

/// 떨어진 태스크도 런타임보다 오래 살지는 못한다.
#[test]
fn a_detached_transfer_does_not_outlive_its_runtime() {
    let bank = Arc::new(Bank::open());
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let waiting = detached(Arc::clone(&bank), 30);
        assert!(poll_times(waiting, 1).is_none());
        yield_now().await; // 승인을 기다린다.
        yield_now().await; // 돈을 빼고 장부를 기다린다.
    });
    drop(runtime);
    assert_eq!(bank.balances(), [70, 0]);
}

type Counts = (Semaphore, Cell<u32>);

/// 취소한 자리마다 (처리 중인 요청, 남은 허가).
fn leaks(handle: impl AsyncFn(&Semaphore, &Cell<u32>)) -> Vec<(u32, usize)> {
    let mut leaks = Vec::new();
    for_each_cancellation(
        || (Semaphore::new(2), Cell::new(0)),
        async |(limit, in_flight): &mut Counts| handle(limit, in_flight).await,
        |_, _, (limit, in_flight)| leaks.push((in_flight.get(), limit.available_permits())),
    );
    leaks
}

#[test]
fn counts_undone_by_hand_leak() {
    assert_eq!(leaks(faulty::counted), [(0, 2), (1, 1), (0, 2)]);
}

/// 허가 둘을 취소로 써 버린 다음의 요청은 끝나는가.
fn third_ends(handle: impl AsyncFn(&Semaphore, &Cell<u32>)) -> bool {
    let (limit, in_flight) = (Semaphore::new(2), Cell::new(0));
    for _ in 0..2 {
        assert!(poll_times(handle(&limit, &in_flight), 1).is_none());
    }
    poll_times(handle(&limit, &in_flight), 100).is_some()
}

#[test]
fn leaked_permits_stop_the_next_request() {
    assert!(!third_ends(faulty::counted));
    assert!(third_ends(cleanup::guarded));
}

#[test]
fn counts_undone_by_guards_come_back() {
    assert_eq!(leaks(cleanup::guarded), [(0, 2); 3]);
}

// ANCHOR: janitor
#[test]
fn an_unfinished_upload_is_handed_to_the_janitor() {
    let polls = for_each_cancellation(
        mpsc::unbounded_channel,
        async |(janitor, _)| cleanup::upload("사진.tmp", janitor.clone()).await,
        |polls, output, (_, mut thrown)| {
            let expected = (polls > 0 && output.is_none()).then(|| String::from("사진.tmp"));
            assert_eq!(thrown.try_recv().ok(), expected);
        },
    );
    assert_eq!(polls, 3);
}
// ANCHOR_END: janitor

// ANCHOR: locked
/// 취소한 자리마다 락 안에 남은 잔액.
fn left_behind(transfer: impl AsyncFn(&Mutex<[i64; 2]>, i64)) -> Vec<[i64; 2]> {
    let mut left = Vec::new();
    for_each_cancellation(
        || Mutex::new([100, 0]),
        async |accounts| transfer(accounts, 30).await,
        |_, _, accounts| left.push(*accounts.try_lock().expect("락은 풀려 있다")),
    );
    left
}

#[test]
fn a_lock_held_across_a_pause_is_freed_with_half_the_work() {
    assert_eq!(left_behind(faulty::locked), [[100, 0], [70, 0], [70, 30]]);
    assert_eq!(left_behind(bank::locked), [[100, 0], [100, 0], [70, 30]]);
}
// ANCHOR_END: locked

/// 표준 뮤텍스의 가드를 쥔 채 멈춘다.
#[expect(clippy::await_holding_lock, reason = "쥔 채로 멈추는 것을 보인다")]
async fn holding_std_guard(accounts: Rc<std::sync::Mutex<[i64; 2]>>) {
    let mut accounts = accounts.lock().unwrap();
    accounts[0] -= 30;
    yield_now().await;
    accounts[1] += 30;
}

#[test]
fn spawn_local_takes_a_std_guard_and_cancelling_leaves_half_the_work() {
    let accounts = Rc::new(std::sync::Mutex::new([100, 0]));
    let runtime = Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let task = spawn_local(holding_std_guard(Rc::clone(&accounts)));
        yield_now().await;
        assert!(accounts.try_lock().is_err(), "멈춘 태스크가 쥐고 있다");
        task.abort();
        assert!(task.await.is_err_and(|error| error.is_cancelled()));
    });
    let left = accounts.lock().expect("오염되지 않았다");
    assert_eq!(*left, [70, 0]);
}
