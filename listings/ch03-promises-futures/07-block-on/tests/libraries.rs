//! 깨우고 나서 `park`를 부르는 퓨처를 라이브러리의 `block_on`에 맡겨 본다.
#![cfg(not(feature = "loom"))]

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

/// 처음에는 저를 깨운 다음 `park`로 깨움의 토큰을 써 버린다. 둘째 물음에 끝난다.
struct WakesThenParks {
    asked: bool,
    tell: Sender<Waker>,
}

impl WakesThenParks {
    fn new() -> (WakesThenParks, Receiver<Waker>) {
        let (tell, told) = channel();
        (WakesThenParks { asked: false, tell }, told)
    }
}

impl Future for WakesThenParks {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.tell.send(cx.waker().clone()).expect("테스트가 듣는다");
        if std::mem::replace(&mut self.asked, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        thread::park();
        Poll::Pending
    }
}

#[test]
fn a_flag_remembers_the_wake_whose_token_is_gone() {
    for block_on in [ch03_07_block_on::block_on, futures::executor::block_on] {
        let (future, told) = WakesThenParks::new();
        block_on(future);
        assert_eq!(told.iter().count(), 2);
    }
}

#[test]
fn pollster_has_only_the_token() {
    let (future, told) = WakesThenParks::new();
    let waiter = thread::spawn(|| pollster::block_on(future));
    let waker = told.recv().expect("첫 물음");
    // 깃발이 있었다면 곧바로 다시 물었을 것이다.
    assert!(told.recv_timeout(Duration::from_millis(300)).is_err());
    waker.wake();
    waiter.join().expect("밖에서 깨우면 끝난다");
}

/// 남은 `Waker`가 세운 깃발을 같은 스레드의 다음 `block_on`이 집어, 아무도 깨우지 않았는데 다시 묻는다.
#[test]
fn futures_has_one_flag_for_the_thread() {
    use futures::executor::block_on;

    let left_over = block_on(poll_fn(|cx| Poll::Ready(cx.waker().clone())));
    left_over.wake();
    let mut turn = 0;
    let turns = block_on(poll_fn(|_| {
        turn += 1;
        if turn == 2 {
            return Poll::Ready(turn);
        }
        Poll::Pending
    }));
    assert_eq!(turns, 2);
}
