//! 화면에 내려받은 양을 보입니다. 양은 쉴 새 없이 바뀌지만 화면에 필요한 것은 마지막 값뿐입니다. 값을 쌓지 않고
//! 덮어쓰는 채널을 완성하세요. 받는 쪽은 하나입니다.
//!
//! - `send`는 아직 꺼내지 않은 값이 있으면 버리고 새 값을 둡니다. 기다리지 않습니다.
//! - `poll_changed`는 꺼내지 않은 값이 있으면 꺼내 줍니다. 기다리기 전에 보낸 값도 마찬가지입니다. 같은 값을 두 번
//!   주지 않습니다.
//! - 값이 없으면 `Pending`을 돌려주고, 값이 오거나 송신자가 버려지면 깨웁니다. 여러 번 폴링했으면 마지막에 온
//!   `Waker`를 깨웁니다.
//! - 송신자가 버려졌고 꺼낼 값도 없으면 `Err(Closed)`입니다. 버려지기 전에 보낸 마지막 값은 꺼내 줍니다.
//! - 락을 쥔 채 남의 코드를 부르지 않습니다. 깨우는 것도, 옛 값과 옛 `Waker`를 버리는 것도 남의 코드입니다.
//!   `T`의 `drop`이나 `Waker`가 이 채널을 써도 멈추지 않아야 합니다.
//!
//! 수신자가 먼저 버려진 다음의 일은 다루지 않습니다.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::task::{Context, Poll};

/// 값을 보내는 쪽.
pub struct Sender<T> {
    // 여기에 필요한 것을 적으세요. PhantomData는 지워도 됩니다.
    value: PhantomData<T>,
}

/// 마지막 값을 기다리는 쪽.
pub struct Receiver<T> {
    // 여기에 필요한 것을 적으세요. PhantomData는 지워도 됩니다.
    value: PhantomData<T>,
}

/// 송신자가 버려졌고 꺼낼 값도 없다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// 이어진 한 쌍을 만든다.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let value = PhantomData;
    (Sender { value }, Receiver { value })
}

impl<T> Sender<T> {
    /// 아직 꺼내지 않은 값을 `value`로 덮어쓴다.
    pub fn send(&self, value: T) {
        let _ = (self.value, value);
        todo!("값을 두고 기다리는 쪽을 깨우세요")
    }
}

impl<T> Receiver<T> {
    /// 꺼내지 않은 값을 꺼낸다. 없으면 값이 오거나 송신자가 버려질 때 깨운다.
    pub fn poll_changed(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, Closed>> {
        let _ = (self.value, cx);
        todo!("값을 꺼내거나 Waker를 맡기세요")
    }

    /// 꺼내지 않은 값을 기다린다. 끝나기 전에 버려도 잃는 값이 없다.
    pub async fn changed(&mut self) -> Result<T, Closed> {
        poll_fn(|cx| self.poll_changed(cx)).await
    }
}
