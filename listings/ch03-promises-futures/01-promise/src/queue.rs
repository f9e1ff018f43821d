//! 마이크로태스크 큐.

use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::Tracker;

type Task = Box<dyn FnOnce()>;

// ANCHOR: queue
/// 지금 도는 코드가 끝난 뒤에 부를 콜백의 큐. 복제해도 같은 큐를 가리킨다.
#[derive(Clone, Default)]
pub struct Microtasks {
    tasks: Rc<RefCell<VecDeque<Task>>>,
    tracker: Rc<OnceCell<Box<dyn Tracker>>>,
}

impl Microtasks {
    /// `task`를 큐의 맨 뒤에 세우고 곧바로 돌아온다.
    pub fn defer(&self, task: impl FnOnce() + 'static) {
        self.tasks.borrow_mut().push_back(Box::new(task));
    }

    /// 큐가 빌 때까지 앞에서부터 부른다. 그사이 선 것도 부른다.
    ///
    /// 콜백이 패닉하면 그 패닉이 그대로 나온다. 남은 콜백은 큐에 남아 다음 `run`이 부른다.
    pub fn run(&self) {
        loop {
            let task = self.tasks.borrow_mut().pop_front();
            let Some(task) = task else { return };
            task();
        }
    }
}
// ANCHOR_END: queue

impl Microtasks {
    // ANCHOR: track
    /// 이제부터 이 큐의 프로미스가 거부되는 것을 `tracker`에게 알린다.
    ///
    /// # Panics
    ///
    /// 큐에 이미 지켜보는 쪽이 있으면 패닉한다.
    pub fn track(&self, tracker: impl Tracker + 'static) {
        let set = self.tracker.set(Box::new(tracker));
        assert!(set.is_ok(), "지켜보는 쪽은 큐에 하나뿐이다");
    }

    pub(crate) fn rejected(&self, promise: Rc<dyn Any>, reason: &dyn Any) {
        if let Some(tracker) = self.tracker.get() {
            tracker.rejected(promise, reason);
        }
    }

    pub(crate) fn handled(&self, promise: Rc<dyn Any>) {
        if let Some(tracker) = self.tracker.get() {
            tracker.handled(promise);
        }
    }
    // ANCHOR_END: track
}
