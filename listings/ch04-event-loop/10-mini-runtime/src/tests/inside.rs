//! 밖에서 보이지 않는 것을 세는 테스트.

#[path = "../../tests/storm/mod.rs"]
mod storm;

use std::cell::Cell;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use crate::net::UdpSocket;
use crate::runtime::{Core, MAIN, current};
use crate::time::sleep;
use crate::{Runtime, block_on, select, spawn, yield_now};

/// 태스크, 소켓, 타이머의 수.
fn census(runtime: &Runtime) -> [usize; 3] {
    let core = &runtime.0;
    [
        core.tasks.borrow().len(),
        core.reactor.sockets.borrow().len(),
        core.time.timers.borrow().len(),
    ]
}

#[test]
fn no_slot_is_left_after_cut_connections() {
    let runtime = Runtime::new().unwrap();
    let alive = Rc::new(());
    runtime.block_on(storm::storm(7, &alive));
    assert_eq!(census(&runtime), [0, 0, 0]);
}

#[test]
fn what_is_dropped_leaves_its_slot() {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let any = "127.0.0.1:0".parse().unwrap();
        let mut socket = UdpSocket::bind(any).unwrap();
        let waits = async move {
            let mut buf = [0; 1];
            let hour = sleep(Duration::from_secs(3600));
            select(socket.recv_from(&mut buf), hour).await;
        };
        let task = spawn(waits);
        yield_now().await;
        assert_eq!(census(&runtime), [1, 1, 1]);
        task.abort();
        _ = task.await;
        assert_eq!(census(&runtime), [0, 0, 0]);
    });
}

/// 옛 열쇠는 그 칸을 물려받은 태스크를 돌리지 않는다.
#[test]
fn a_stale_key_runs_nobody() {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let first = spawn(async {});
        yield_now().await;
        let second = spawn(std::future::pending::<()>());
        yield_now().await;
        first.abort(); // 끝난 태스크의 열쇠가 줄에 선다.
        assert_eq!(runtime.0.ready.borrow().len(), 1);
        yield_now().await;
        assert_eq!(census(&runtime), [1, 0, 0]);
        assert!(!second.is_finished());
    });
}

// ANCHOR: stops_at_main
/// `block_on`의 차례가 올 때마다 묶음을 끊는 루프. `block_on`의 퓨처는 폴링될 때마다 다시 줄을 선다.
fn stops_at_main(core: &Core, polls: usize) {
    for _ in 0..polls {
        while let Some(key) = { core.ready.borrow_mut().pop_front() }.filter(|key| *key != MAIN) {
            core.run(key);
        }
        core.ready.borrow_mut().push_back(MAIN); // 폴링된 퓨처가 바로 양보했다.
    }
}
// ANCHOR_END: stops_at_main

// ANCHOR: starved
#[test]
fn a_loop_that_stops_at_main_never_looks_up() {
    block_on(async {
        let (core, ran) = (current(), Rc::new(Cell::new(false)));
        let (sender, receiver) = futures::channel::oneshot::channel();
        let seen = Rc::clone(&ran);
        drop(spawn(async move { seen.set(receiver.await.is_ok()) }));
        yield_now().await;
        thread::spawn(|| sender.send(())).join().unwrap().unwrap(); // 우편함에 열쇠가 왔다.
        stops_at_main(&core, 10_000);
        assert!(!ran.get());
        core.turn().unwrap();
        stops_at_main(&core, 2);
        assert!(ran.get());
    });
}
// ANCHOR_END: starved
