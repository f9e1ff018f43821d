// 깃발로 두 번째 호출을 막기만 하고 목록에서 떨어지지 않습니다. 가드를 쥐고 있는 동안 죽은 리스너가 쌓여서 알릴 때마다 모두 불립니다.
// 잡는 테스트: nothing_is_left_after_hearing, it_is_detached_before_the_call

use std::cell::Cell;

use ch02_06_event_emitter::{Emitter, Subscription};

/// 한 번만 듣는 리스너를 붙여 두는 가드.
#[must_use = "버리면 바로 떨어지므로 듣는 동안 쥐고 있어야 합니다"]
pub struct Once<E> {
    _subscription: Subscription<E>,
}

/// 다음 이벤트 하나만 듣는다.
pub fn once<E, F>(emitter: &Emitter<E>, listener: F) -> Once<E>
where
    E: 'static,
    F: FnOnce(&E) + 'static,
{
    let listener = Cell::new(Some(listener));
    let subscription = emitter.on(move |event| {
        if let Some(listener) = listener.take() {
            listener(event);
        }
    });
    Once {
        _subscription: subscription,
    }
}
