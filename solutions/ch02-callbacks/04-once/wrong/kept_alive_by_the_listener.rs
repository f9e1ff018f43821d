// 리스너가 가드의 자리를 `Rc`로 쥡니다. 자리는 리스너가, 리스너는 목록이 살려 두므로 가드를 버려도 떨어지지 않고 이벤트를 듣습니다.
// 잡는 테스트: dropping_the_guard_first_cancels

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
    let own = Rc::clone(&once.0);
    let listener = Cell::new(Some(listener));
    let subscription = emitter.on(move |event| {
        let taken = own.borrow_mut().take();
        drop(taken);
        if let Some(listener) = listener.take() {
            listener(event);
        }
    });
    once.0.replace(Some(subscription));
    once
}
