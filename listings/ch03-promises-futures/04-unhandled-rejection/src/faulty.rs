//! 틀린 감시자들. 무엇이 틀렸는지는 `tests/faulty.rs`가 보인다.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use ch03_01_promise::Tracker;

/// 알린 까닭의 기록.
pub type Reports = Rc<RefCell<Vec<&'static str>>>;

// ANCHOR: hasty
/// 큐가 비기를 기다리지 않고, 거부한 그 자리에서 알린다.
pub struct Hasty(pub Reports);

impl Tracker for Hasty {
    fn rejected(&self, _: Rc<dyn Any>, reason: &dyn Any) {
        let reason = reason.downcast_ref().expect("까닭은 문자열이다");
        self.0.borrow_mut().push(*reason);
    }

    fn handled(&self, _: Rc<dyn Any>) {}
}
// ANCHOR_END: hasty

// ANCHOR: by-address
/// 들은 거부를 적되, 프로미스를 주소로만 가린다.
pub struct ByAddress {
    missed: RefCell<Vec<(usize, &'static str)>>,
    handled: Reports,
}

impl Tracker for ByAddress {
    fn rejected(&self, promise: Rc<dyn Any>, reason: &dyn Any) {
        let reason = reason.downcast_ref().expect("까닭은 문자열이다");
        let address = Rc::as_ptr(&promise).addr();
        self.missed.borrow_mut().push((address, *reason));
    }

    fn handled(&self, promise: Rc<dyn Any>) {
        let address = Rc::as_ptr(&promise).addr();
        let mut missed = self.missed.borrow_mut();
        let at = missed.iter().position(|(known, _)| *known == address);
        if let Some(at) = at {
            self.handled.borrow_mut().push(missed.remove(at).1);
        }
    }
}
// ANCHOR_END: by-address

impl ByAddress {
    /// `handled`에 들은 거부를 적는다.
    pub fn new(handled: Reports) -> ByAddress {
        let missed = RefCell::default();
        ByAddress { missed, handled }
    }
}
