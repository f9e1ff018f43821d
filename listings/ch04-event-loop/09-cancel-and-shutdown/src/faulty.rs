//! 틀린 꼴들. 테스트와 이야기가 무엇이 잘못되는지 보인다.

use std::future::poll_fn;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::abort::{AbortHandle, spawn};
use crate::channel::{Receiver, SendError, Sender, Turn};
use crate::select::{Either, select};
use crate::shop::{Order, Tell, cook, serve};
use crate::shutdown::{Guard, Phase, Shutdown, Wait};

// ANCHOR: leaves
/// 종료를 알리면 곧바로 돌아간다. 요리하던 태스크를 기다리지 않는다.
pub async fn leaves(mut door: Receiver<Order>, stop: Shutdown, tell: Tell) {
    while let Either::Right(Some(order)) = select(stop.requested(), door.recv()).await {
        tell(format!("가게: {}번 주문을 받음", order.number));
        spawn(cook(order, Rc::clone(&tell)));
    }
    tell("가게: 문을 닫음".into());
}
// ANCHOR_END: leaves

// ANCHOR: cuts
/// 가드를 쥐고 세지만, 받는 일과 요리하는 일을 통째로 `select`에 넣는다.
pub async fn cuts(mut door: Receiver<Order>, stop: Shutdown, tell: Tell) {
    let Some(_guard) = stop.enter() else { return };
    let receive_and_cook = async {
        while let Some(order) = door.recv().await {
            tell(format!("가게: {}번 주문을 받음", order.number));
            cook(order, Rc::clone(&tell)).await;
        }
    };
    select(stop.requested(), receive_and_cook).await;
    tell("가게: 문을 닫음".into());
}
// ANCHOR_END: cuts

// ANCHOR: forgets_queue
/// 종료를 알리면 `door`에 들어와 있는 주문을 꺼내지 않고 닫는다.
pub async fn forgets_queue(mut door: Receiver<Order>, stop: Shutdown, tell: Tell) {
    let Some(guard) = stop.enter() else { return };
    while let Either::Right(Some(order)) = select(stop.requested(), door.recv()).await {
        tell(format!("가게: {}번 주문을 받음", order.number));
        let (guard, cooking) = (guard.clone(), cook(order, Rc::clone(&tell)));
        spawn(async move {
            let _guard = guard;
            cooking.await;
        });
    }
    tell("가게: 문을 닫음".into());
}
// ANCHOR_END: forgets_queue

// ANCHOR: enters_late
/// `async fn`이라 처음 폴링될 때에야 `serve`를 부르고 가드를 얻는다.
pub async fn enters_late(door: Receiver<Order>, stop: Shutdown, tell: Tell) {
    serve(door, stop, tell).await;
}
// ANCHOR_END: enters_late

// ANCHOR: silent
/// 그만두라고 적기만 하고 깨우지 않는다.
pub fn abort_silently(handle: &AbortHandle) {
    drop(handle.mark());
}
// ANCHOR_END: silent

// ANCHOR: keeps_turn
/// 줄에서 빠지며 다음 쪽을 깨우지 않는 번호표.
struct KeepsTurn<'a, T>(Turn<'a, T>);

impl<T> Drop for KeepsTurn<'_, T> {
    fn drop(&mut self) {
        drop(self.0.leave());
    }
}

/// 줄에서 빠질 때 차례를 넘기지 않는 `send`.
pub async fn send_and_keep_turn<T>(to: &Sender<T>, value: T) -> Result<(), SendError<T>> {
    let turn = KeepsTurn(to.turn());
    poll_fn(|cx| turn.0.poll(cx)).await;
    to.push(value)
}
// ANCHOR_END: keeps_turn

// ANCHOR: late_count
/// 단계를 보는 일과 세는 일 사이에 락을 놓는다.
pub fn look_then_count(shutdown: &Shutdown) -> Option<Guard> {
    match shutdown.phase() {
        Phase::Open => Some(shutdown.count()),
        _ => None,
    }
}
// ANCHOR_END: late_count

// ANCHOR: left_behind
/// 버려도 맡긴 `Waker`를 거두지 않는 퓨처. `Wait`에 `Drop`이 없는 셈이다.
pub struct LeftBehind(ManuallyDrop<Wait>);

impl LeftBehind {
    /// `wait`를 감싼다.
    pub fn new(wait: Wait) -> LeftBehind {
        LeftBehind(ManuallyDrop::new(wait))
    }
}

impl Future for LeftBehind {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut *self.0).poll(cx)
    }
}
// ANCHOR_END: left_behind
