//! 첫 주문이 들어오면 축하 문구를 띄우고, 그 뒤로는 듣지 않으려 합니다. 6절의 이미터에는 `on`만 있습니다.
//! 한 번만 듣는 `once`를 완성하세요. 이미터는 고치지 않습니다.
//!
//! - 이벤트가 오면 목록에서 먼저 떨어진 다음 `listener`를 부릅니다. 다시는 부르지 않습니다.
//! - `listener`가 도는 동안 같은 이미터에 또 알려도 됩니다.
//! - `listener`가 패닉해도 목록에 남지 않습니다.
//! - 돌려받은 `Once`를 이벤트가 오기 전에 버리면 듣지 않습니다. `listener`도 곧바로 버려집니다.

use ch02_06_event_emitter::Emitter;

/// 한 번만 듣는 리스너를 붙여 두는 가드. 이벤트가 오기 전에 버리면 떨어진다.
#[must_use = "버리면 바로 떨어지므로 듣는 동안 쥐고 있어야 합니다"]
pub struct Once<E> {
    // 무엇을 쥐고 있어야 할까요? 아래 줄은 E를 쓰려고 둔 것이니 지워도 됩니다.
    _events: std::marker::PhantomData<E>,
}

/// 다음 이벤트 하나만 듣는다.
pub fn once<E, F>(emitter: &Emitter<E>, listener: F) -> Once<E>
where
    E: 'static,
    F: FnOnce(&E) + 'static,
{
    let _ = (emitter, listener);
    todo!("다음 이벤트 하나만 들으세요")
}
