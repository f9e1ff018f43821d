//! 이벤트를 여러 리스너에게 알리는 이미터와, 버리면 리스너를 떼어 주는 가드.
//!
//! 한 스레드 안에서만 쓴다. 일부러 틀리게 만든 꼴은 [`faulty`]에 있다.

pub mod faulty;
pub mod live_bytes;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::{Rc, Weak};

// ANCHOR: emitter
type Listener<E> = Rc<dyn Fn(&E)>;

/// 리스너의 목록. 번호는 붙은 차례대로 커지고 다시 쓰이지 않는다.
struct Registry<E> {
    next_id: u64,
    listeners: BTreeMap<u64, Listener<E>>,
}

/// 이벤트 `E`를 알리는 쪽.
pub struct Emitter<E> {
    registry: Rc<RefCell<Registry<E>>>,
}

/// 리스너 하나를 붙여 두는 가드. 버리면 리스너가 떨어지고, 그 뒤로는 불리지 않는다.
///
/// 이미터를 살려 두지 않는다. 이미터가 먼저 사라졌으면 버려도 아무 일도 없다.
#[must_use = "버리면 바로 떨어지므로 듣는 동안 쥐고 있어야 합니다"]
pub struct Subscription<E> {
    registry: Weak<RefCell<Registry<E>>>,
    id: u64,
}
// ANCHOR_END: emitter

impl<E> Registry<E> {
    fn add(&mut self, listener: Listener<E>) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.listeners.insert(id, listener);
        id
    }
}

impl<E> Emitter<E> {
    /// 리스너가 없는 이미터를 만든다.
    pub fn new() -> Emitter<E> {
        let registry = Registry {
            next_id: 0,
            listeners: BTreeMap::new(),
        };
        Emitter {
            registry: Rc::new(RefCell::new(registry)),
        }
    }

    // ANCHOR: on
    /// 리스너를 목록의 끝에 붙인다. 지금 도는 `emit`이 있으면 그다음 것부터 듣는다.
    pub fn on(&self, listener: impl Fn(&E) + 'static) -> Subscription<E> {
        let id = self.registry.borrow_mut().add(Rc::new(listener));
        let registry = Rc::downgrade(&self.registry);
        Subscription { registry, id }
    }
    // ANCHOR_END: on

    // ANCHOR: emit
    /// 지금 붙어 있는 리스너를 붙은 차례대로 부르고, 다 부른 뒤에 돌아온다.
    ///
    /// 도는 동안 붙은 리스너는 부르지 않고, 도는 동안 떨어진 리스너도 부르지 않는다.
    ///
    /// # Panics
    ///
    /// 리스너가 패닉하면 나머지를 마저 부른 뒤 처음 것을 다시 던진다.
    pub fn emit(&self, event: &E) {
        let snapshot: Vec<u64> = self.registry.borrow().listeners.keys().copied().collect();
        let mut first_panic = None;
        for id in snapshot {
            // 앞의 리스너가 떼었을 수 있으므로 차례가 올 때마다 다시 찾는다.
            let listener = self.registry.borrow().listeners.get(&id).cloned();
            let Some(listener) = listener else { continue };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| listener(event))) {
                first_panic.get_or_insert(panic);
            }
        }
        if let Some(panic) = first_panic {
            resume_unwind(panic);
        }
    }
    // ANCHOR_END: emit

    /// 지금 붙어 있는 리스너의 수.
    pub fn listener_count(&self) -> usize {
        self.registry.borrow().listeners.len()
    }
}

impl<E> Default for Emitter<E> {
    fn default() -> Emitter<E> {
        Emitter::new()
    }
}

// ANCHOR: drop
impl<E> Drop for Subscription<E> {
    fn drop(&mut self) {
        let Some(registry) = self.registry.upgrade() else {
            return;
        };
        let listener = registry.borrow_mut().listeners.remove(&self.id);
        // 리스너를 버리면 그것이 쥔 가드도 버려져 목록을 또 고칠 수 있다. 대여가 끝난 뒤에 버린다.
        drop(listener);
    }
}
// ANCHOR_END: drop
