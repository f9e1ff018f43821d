//! 이벤트를 한 번만 듣는다.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch02_06_event_emitter::{Emitter, Subscription};

/// 한 번만 듣는 리스너를 붙여 두는 가드. 이벤트가 오기 전에 버리면 떨어진다.
#[must_use = "버리면 바로 떨어지므로 듣는 동안 쥐고 있어야 합니다"]
pub struct Once<E>(Rc<RefCell<Option<Subscription<E>>>>);

/// 다음 이벤트 하나만 듣는다.
pub fn once<E, F>(emitter: &Emitter<E>, listener: F) -> Once<E>
where
    E: 'static,
    F: FnOnce(&E) + 'static,
{
    let once = Once(Rc::default());
    // 리스너가 이 자리를 살려 두면 Once를 버려도 떨어지지 않는다.
    let own = Rc::downgrade(&once.0);
    let listener = Cell::new(Some(listener));
    let subscription = emitter.on(move |event| {
        let taken = own.upgrade().and_then(|slot| slot.borrow_mut().take());
        // 부르기 전에 떨어진다. 리스너가 또 알리든 패닉하든 목록에는 이미 없다.
        drop(taken);
        if let Some(listener) = listener.take() {
            listener(event);
        }
    });
    once.0.replace(Some(subscription));
    once
}
