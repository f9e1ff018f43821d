//! 시간을 기다리는 퓨처를 만들 때의 흔한 잘못.

use std::mem::ManuallyDrop;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch03_11_join_select::{Either, select};

use crate::{Elapsed, Sleep, sleep};

// ANCHOR: first_waker
/// 처음 폴링할 때의 `Waker`만 맡기는 잠.
pub struct FirstWaker {
    sleep: Sleep,
    first: Option<Waker>,
}

impl Future for FirstWaker {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let FirstWaker { sleep, first } = &mut *self;
        let first = first.get_or_insert_with(|| cx.waker().clone());
        Pin::new(sleep).poll(&mut Context::from_waker(first))
    }
}
// ANCHOR_END: first_waker

impl FirstWaker {
    /// `duration`이 지나면 끝난다.
    pub fn new(duration: Duration) -> FirstWaker {
        FirstWaker {
            sleep: sleep(duration),
            first: None,
        }
    }
}

// ANCHOR: left_behind
/// 버려도 타이머를 거두지 않는 타임아웃. `Sleep`에 `Drop`이 없는 셈이다.
pub async fn left_behind<F: Future>(duration: Duration, future: F) -> Result<F::Output, Elapsed> {
    let mut sleep = ManuallyDrop::new(sleep(duration));
    match select(pin!(future), &mut *sleep).await {
        Either::Left((output, _)) => Ok(output),
        Either::Right(_) => Err(Elapsed),
    }
}
// ANCHOR_END: left_behind

// ANCHOR: by_select
/// 비동기 함수로 쓴 타임아웃. 하는 일은 옳지만 커진다.
pub async fn by_select<F: Future>(duration: Duration, future: F) -> Result<F::Output, Elapsed> {
    match select(pin!(future), sleep(duration)).await {
        Either::Left((output, _)) => Ok(output),
        Either::Right(_) => Err(Elapsed),
    }
}
// ANCHOR_END: by_select

// ANCHOR: timer_first
/// 시계부터 묻는 타임아웃.
pub async fn timer_first<F: Future>(duration: Duration, future: F) -> Result<F::Output, Elapsed> {
    match select(sleep(duration), pin!(future)).await {
        Either::Left(_) => Err(Elapsed),
        Either::Right((output, _)) => Ok(output),
    }
}
// ANCHOR_END: timer_first
