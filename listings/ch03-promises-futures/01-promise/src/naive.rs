//! 처음 떠오르는 대로 만든 프로미스. 정해진 값을 또 바꾸고, 콜백을 그 자리에서 부른다.

use std::cell::RefCell;

/// 결과와, 결과를 기다리는 콜백.
pub struct Naive<T> {
    state: RefCell<State<T>>,
}

// ANCHOR: naive
struct State<T> {
    value: Option<T>,
    callbacks: Vec<Box<dyn FnOnce(T)>>,
}

impl<T: Clone> Naive<T> {
    /// 값이 있으면 곧바로 부르고, 없으면 적어 둔다.
    pub fn then(&self, callback: impl FnOnce(T) + 'static) {
        let value = self.state.borrow().value.clone();
        match value {
            Some(value) => callback(value),
            None => self.state.borrow_mut().callbacks.push(Box::new(callback)),
        }
    }

    /// 값을 적고, 기다리던 콜백을 부른다.
    pub fn settle(&self, value: T) {
        self.state.borrow_mut().value = Some(value.clone());
        let callbacks = std::mem::take(&mut self.state.borrow_mut().callbacks);
        for callback in callbacks {
            callback(value.clone());
        }
    }
}
// ANCHOR_END: naive

impl<T> Default for Naive<T> {
    fn default() -> Self {
        let (value, callbacks) = (None, Vec::new());
        let state = RefCell::new(State { value, callbacks });
        Naive { state }
    }
}
