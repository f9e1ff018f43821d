// 부른 다음에 떨어집니다. `listener`가 도는 동안 목록에 남아 있고, `listener`가 패닉하면 떨어지는 줄에 닿지 못해 그대로 남습니다.
// 잡는 테스트: it_is_detached_before_the_call, a_panicking_listener_is_detached_too

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch02_06_event_emitter::{Emitter, Subscription};

/// 한 번만 듣는 리스너를 붙여 두는 가드.
#[must_use = "버리면 바로 떨어지므로 듣는 동안 쥐고 있어야 합니다"]
pub struct Once<E>(Rc<RefCell<Option<Subscription<E>>>>);

/// 다음 이벤트 하나만 듣는다.
pub fn once<E, F>(emitter: &Emitter<E>, listener: F) -> Once<E>
where
    E: 'static,
    F: FnOnce(&E) + 'static,
{
    let once = Once(Rc::default());
    let own = Rc::downgrade(&once.0);
    let listener = Cell::new(Some(listener));
    let subscription = emitter.on(move |event| {
        if let Some(listener) = listener.take() {
            listener(event);
        }
        let taken = own.upgrade().and_then(|slot| slot.borrow_mut().take());
        drop(taken);
    });
    once.0.replace(Some(subscription));
    once
}
