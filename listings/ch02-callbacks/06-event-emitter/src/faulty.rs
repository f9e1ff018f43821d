//! 일부러 틀리게 만든 것들. 저마다 이름에 적힌 곳에서 틀리고, `tests/`의 시험이 그것을 보인다.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::{Emitter, Listener, Registry};

// ANCHOR: by_hand
/// 먼저 떠오르는 꼴. 뗄 때에 쓸 번호를 돌려주고, 떼는 일은 쓰는 쪽에 맡긴다.
pub struct ByHand<E> {
    next_id: Cell<u64>,
    listeners: RefCell<Vec<(u64, Listener<E>)>>,
}

impl<E> ByHand<E> {
    /// 리스너를 목록의 끝에 붙이고, 뗄 때에 쓸 번호를 돌려준다.
    pub fn on(&self, listener: impl Fn(&E) + 'static) -> u64 {
        let id = self.next_id.replace(self.next_id.get() + 1);
        self.listeners.borrow_mut().push((id, Rc::new(listener)));
        id
    }

    /// 번호가 `id`인 리스너를 뗀다.
    pub fn off(&self, id: u64) {
        self.listeners
            .borrow_mut()
            .retain(|(found, _)| *found != id);
    }
    // ANCHOR_END: by_hand

    // ANCHOR: emit_borrowed
    /// 목록을 빌린 채 부른다. 리스너가 목록을 고치려 하면 패닉한다.
    pub fn emit_borrowed(&self, event: &E) {
        for (_, listener) in self.listeners.borrow().iter() {
            listener(event);
        }
    }

    /// 자리를 세며 부른다. 리스너가 목록을 고치면 건너뛰거나, 방금 붙은 것까지 부른다.
    pub fn emit_by_index(&self, event: &E) {
        let mut index = 0;
        while index < self.listener_count() {
            let listener = Rc::clone(&self.listeners.borrow()[index].1);
            listener(event);
            index += 1;
        }
    }
    // ANCHOR_END: emit_borrowed

    /// 지금 붙어 있는 리스너의 수.
    pub fn listener_count(&self) -> usize {
        self.listeners.borrow().len()
    }
}

impl<E> Default for ByHand<E> {
    fn default() -> ByHand<E> {
        ByHand {
            next_id: Cell::new(0),
            listeners: RefCell::default(),
        }
    }
}

// ANCHOR: fn_mut
/// `FnMut` 리스너를 `Fn` 자리에 넣는다. 부르는 동안 빌려 두므로, 불린 리스너가 다시 불리면 패닉한다.
pub fn borrowed_while_called<E>(listener: impl FnMut(&E)) -> impl Fn(&E) {
    let listener = RefCell::new(listener);
    move |event| (listener.borrow_mut())(event)
}
// ANCHOR_END: fn_mut

// ANCHOR: strong
/// 목록을 `Weak`이 아니라 `Rc`로 쥔 가드. 리스너가 이 가드를 쥐면 둘이 서로를 살린다.
pub struct StrongSubscription<E> {
    registry: Rc<RefCell<Registry<E>>>,
    id: u64,
}
// ANCHOR_END: strong

impl<E> StrongSubscription<E> {
    /// `emitter`에 리스너를 붙인다.
    pub fn on(emitter: &Emitter<E>, listener: impl Fn(&E) + 'static) -> StrongSubscription<E> {
        let registry = Rc::clone(&emitter.registry);
        let id = registry.borrow_mut().add(Rc::new(listener));
        StrongSubscription { registry, id }
    }
}

impl<E> Drop for StrongSubscription<E> {
    fn drop(&mut self) {
        // ANCHOR: drop_borrowed
        // 한 문장으로 줄인 꼴. 떼어 낸 리스너가 목록을 빌린 채 버려진다.
        self.registry.borrow_mut().listeners.remove(&self.id);
        // ANCHOR_END: drop_borrowed
    }
}
