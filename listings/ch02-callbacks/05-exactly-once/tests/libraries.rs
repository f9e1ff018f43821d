//! 쪽의 표에 적은 라이브러리의 동작.

use std::thread;

use futures::executor::block_on;

#[test]
fn tokio_oneshot_tells_a_dropped_sender_and_hands_back_a_late_value() {
    let (sender, receiver) = tokio::sync::oneshot::channel::<u32>();
    let worker = thread::spawn(move || {
        let _sender = sender;
        panic!("일이 넘어졌다");
    });
    assert!(receiver.blocking_recv().is_err());
    assert!(worker.join().is_err());

    let (sender, receiver) = tokio::sync::oneshot::channel();
    drop(receiver);
    assert_eq!(sender.send(7), Err(7));
}

#[test]
fn futures_oneshot_tells_a_dropped_sender_and_hands_back_a_late_value() {
    let (sender, receiver) = futures::channel::oneshot::channel::<u32>();
    let worker = thread::spawn(move || {
        let _sender = sender;
        panic!("일이 넘어졌다");
    });
    assert_eq!(block_on(receiver), Err(futures::channel::oneshot::Canceled));
    assert!(worker.join().is_err());

    let (sender, receiver) = futures::channel::oneshot::channel();
    drop(receiver);
    assert_eq!(sender.send(7), Err(7));
}

#[test]
fn tokio_tells_a_panic_or_a_cancel_to_whoever_awaits_the_task() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let ended =
        runtime.block_on(async { tokio::spawn(async { panic!("일이 넘어졌다") }).await });
    assert!(ended.is_err_and(|error: tokio::task::JoinError| error.is_panic()));
    let cancelled = runtime.block_on(async {
        let task = tokio::spawn(std::future::pending::<()>());
        task.abort();
        task.await
    });
    assert!(cancelled.is_err_and(|error| error.is_cancelled()));
}
