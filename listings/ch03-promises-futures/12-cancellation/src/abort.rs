//! 태스크의 취소.

use std::future::ready;
use std::sync::mpsc;

use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinError, spawn_blocking, yield_now};

use crate::story::paused;

// ANCHOR: own
/// 자기를 취소하고도 도는 태스크. `pause`면 취소한 뒤에 한 번 멈춘다.
async fn cancel_myself(me: oneshot::Receiver<AbortHandle>, pause: bool) -> &'static str {
    let me = me.await.expect("띄운 쪽이 준다");
    me.abort();
    println!("일: 취소를 부르고도 돈다");
    if pause {
        yield_now().await;
        println!("일: 멈췄다 돌아온다");
    } else {
        ready(()).await; // 이미 와 있어서 멈추지 않고 지나간다.
    }
    "끝"
}

async fn run_and_cancel(pause: bool) -> Result<&'static str, JoinError> {
    let (give, me) = oneshot::channel();
    let task = tokio::spawn(cancel_myself(me, pause));
    give.send(task.abort_handle()).expect("일이 받는다");
    task.await
}
// ANCHOR_END: own

pub fn own_abort() {
    for (name, pause) in [("멈추는 일", true), ("멈추지 않는 일", false)] {
        println!("== {name} ==");
        match paused().block_on(run_and_cancel(pause)) {
            Ok(result) => println!("main: {result}"),
            Err(error) => println!("main: 취소됨 {}", error.is_cancelled()),
        }
    }
}

// ANCHOR: blocking
async fn cancel_blocking() -> Result<&'static str, JoinError> {
    let (started, has_started) = oneshot::channel();
    let (go, may_go) = mpsc::channel();
    let task = spawn_blocking(move || {
        started.send(()).expect("main이 듣는다");
        may_go.recv().expect("main이 보낸다");
        "끝까지 갔다"
    });
    has_started.await.expect("일이 시작한다");
    task.abort();
    go.send(()).expect("일이 아직 기다린다");
    task.await
}
// ANCHOR_END: blocking

pub fn blocking() {
    println!("== spawn_blocking ==");
    match paused().block_on(cancel_blocking()) {
        Ok(result) => println!("[Rust] main: {result}"),
        Err(error) => println!("[Rust] main: 취소됨 {}", error.is_cancelled()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aborted_task_stops_where_it_returns_pending() {
        assert!(
            paused()
                .block_on(run_and_cancel(true))
                .is_err_and(|error| error.is_cancelled())
        );
        assert_eq!(paused().block_on(run_and_cancel(false)).unwrap(), "끝");
    }

    #[test]
    fn a_started_blocking_closure_runs_to_its_end() {
        assert_eq!(paused().block_on(cancel_blocking()).unwrap(), "끝까지 갔다");
    }
}
