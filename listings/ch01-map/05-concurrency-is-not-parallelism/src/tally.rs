//! 스레드가 하나여도 잃어버리는 수.

use std::cell::Cell;

use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::task::yield_now;

use crate::board::Board;

// ANCHOR: lossy
/// 읽고, 기다리고, 쓴다.
async fn count_lossy(who: &str, sold: &Cell<u32>, board: &Board) {
    let seen = sold.get();
    board.note(who, &format!("읽기 {seen}"));
    ask_the_guest().await;
    sold.set(seen + 1);
    board.note(who, &format!("쓰기 {}", seen + 1));
}
// ANCHOR_END: lossy

// ANCHOR: tight
/// 먼저 기다린다. 읽기와 쓰기 사이에는 `.await`가 없다.
async fn count_tight(who: &str, sold: &Cell<u32>, board: &Board) {
    ask_the_guest().await;
    let seen = sold.get();
    board.note(who, &format!("읽기 {seen}"));
    sold.set(seen + 1);
    board.note(who, &format!("쓰기 {}", seen + 1));
}
// ANCHOR_END: tight

// ANCHOR: locked
/// 읽고 쓰는 사이에 꼭 기다려야 한다면 락을 쥔 채로 기다린다.
async fn count_locked(who: &str, sold: &Mutex<u32>, board: &Board) {
    let mut sold = sold.lock().await;
    let seen = *sold;
    board.note(who, &format!("읽기 {seen}"));
    ask_the_guest().await;
    *sold = seen + 1;
    board.note(who, &format!("쓰기 {}", seen + 1));
}
// ANCHOR_END: locked

/// 손님의 말을 기다린다. 그동안 스레드는 다른 일을 한다.
async fn ask_the_guest() {
    yield_now().await;
}

// ANCHOR: two
/// 하나와 두리가 한 스레드에서 함께 센다. 적힌 일과 남은 수를 돌려준다.
pub fn lossy() -> (Vec<String>, u32) {
    let (sold, board) = (Cell::new(0), Board::default());
    run(async {
        futures::join!(
            count_lossy("하나", &sold, &board),
            count_lossy("두리", &sold, &board)
        )
    });
    (board.lines(), sold.get())
}
// ANCHOR_END: two

pub fn tight() -> (Vec<String>, u32) {
    let (sold, board) = (Cell::new(0), Board::default());
    run(async {
        futures::join!(
            count_tight("하나", &sold, &board),
            count_tight("두리", &sold, &board)
        )
    });
    (board.lines(), sold.get())
}

pub fn locked() -> (Vec<String>, u32) {
    let (sold, board) = (Mutex::new(0), Board::default());
    run(async {
        futures::join!(
            count_locked("하나", &sold, &board),
            count_locked("두리", &sold, &board)
        )
    });
    (board.lines(), sold.into_inner())
}

fn run(both: impl Future) {
    let runtime = Builder::new_current_thread().build();
    runtime.expect("런타임이 선다").block_on(both);
}
