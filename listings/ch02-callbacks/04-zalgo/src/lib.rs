//! 미룬 일의 큐와, 그 위에 선 프로필 저장소. 모두 한 스레드에서만 쓴다.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

// ANCHOR: queue
/// 지금 하는 일이 끝난 뒤에 할 일의 큐. 먼저 미룬 일을 먼저 한다.
#[derive(Default)]
pub struct TaskQueue {
    tasks: RefCell<VecDeque<Box<dyn FnOnce()>>>,
}

impl TaskQueue {
    /// `task`를 큐의 맨 뒤에 세우고 곧바로 돌아온다.
    pub fn defer(&self, task: impl FnOnce() + 'static) {
        self.tasks.borrow_mut().push_back(Box::new(task));
    }

    /// 큐가 빌 때까지 하나씩 꺼내 부른다. 그사이 미룬 일도 부른다.
    pub fn run(&self) {
        loop {
            // 꺼내는 동안만 빌린다. 부르는 동안 빌리면 그 일이 다른 일을 미루지 못한다.
            let task = self.tasks.borrow_mut().pop_front();
            let Some(task) = task else { return };
            task();
        }
    }
}
// ANCHOR_END: queue

// ANCHOR: types
/// 프로필을 받을 콜백.
pub type Done = Box<dyn FnOnce(String)>;

/// 프로필을 읽는 함수의 모양. 저장소와 이름과 콜백을 받는다.
pub type Load = fn(&Store, &'static str, Done);

/// 한 번 받은 프로필을 캐시에 두는 저장소. 복제해도 같은 큐와 같은 캐시를 쓴다.
#[derive(Clone, Default)]
pub struct Store {
    queue: Rc<TaskQueue>,
    cache: Rc<RefCell<HashMap<&'static str, String>>>,
}
// ANCHOR_END: types

impl Store {
    // ANCHOR: sometimes
    /// 프로필을 읽는다. 캐시에 있으면 돌아오기 전에, 없으면 돌아온 뒤에 `done`을 부른다.
    pub fn load_now_or_later(&self, name: &'static str, done: Done) {
        match self.cached(name) {
            Some(profile) => done(profile),
            None => self.fetch(name, done),
        }
    }
    // ANCHOR_END: sometimes

    // ANCHOR: always
    /// 프로필을 읽는다. 캐시에 있든 없든 돌아온 뒤에 `done`을 부른다.
    pub fn load_later(&self, name: &'static str, done: Done) {
        match self.cached(name) {
            Some(profile) => self.queue.defer(move || done(profile)),
            None => self.fetch(name, done),
        }
    }
    // ANCHOR_END: always

    // ANCHOR: fetch
    /// 서버에 묻는다. 요청이 나가는 데 한 차례, 답이 오는 데 또 한 차례가 든다.
    fn fetch(&self, name: &'static str, done: Done) {
        let (queue, store) = (Rc::clone(&self.queue), self.clone());
        self.queue.defer(move || {
            queue.defer(move || {
                let profile = format!("{name}의 프로필");
                store.put(name, profile.clone());
                done(profile);
            });
        });
    }
    // ANCHOR_END: fetch

    fn cached(&self, name: &str) -> Option<String> {
        self.cache.borrow().get(name).cloned()
    }

    /// 캐시에 적는다. 이미 있으면 덮어쓴다.
    pub fn put(&self, name: &'static str, profile: String) {
        self.cache.borrow_mut().insert(name, profile);
    }

    /// 이 저장소가 답을 세워 두는 큐.
    pub fn queue(&self) -> &TaskQueue {
        &self.queue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    // ANCHOR: holding
    /// 한 줄로 줄인 반복. 조건에서 빌린 것이 본문이 끝날 때까지 산다.
    fn run_while_borrowed(queue: &TaskQueue) {
        while let Some(task) = queue.tasks.borrow_mut().pop_front() {
            task();
        }
    }

    /// 미룬 일이 또 하나를 미룬다. 둘째까지 불렸는가.
    fn second_runs(run: fn(&TaskQueue)) -> bool {
        let queue = Rc::new(TaskQueue::default());
        let (same_queue, ran) = (Rc::clone(&queue), Rc::new(Cell::new(false)));
        let report = Rc::clone(&ran);
        queue.defer(move || same_queue.defer(move || report.set(true)));
        run(&queue);
        ran.get()
    }
    // ANCHOR_END: holding

    #[test]
    fn a_deferred_task_may_defer() {
        assert!(second_runs(TaskQueue::run));
    }

    #[test]
    #[should_panic(expected = "already borrowed")]
    fn a_queue_borrowed_while_running_refuses_to_defer() {
        second_runs(run_while_borrowed);
    }

    #[test]
    fn a_panicking_task_leaves_the_rest_in_the_queue() {
        let queue = TaskQueue::default();
        let ran = Rc::new(Cell::new(false));
        let report = Rc::clone(&ran);
        queue.defer(|| panic!("일이 넘어졌다"));
        queue.defer(move || report.set(true));
        let run = || queue.run();
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        assert!(!ran.get());
        queue.run();
        assert!(ran.get());
    }

    /// `done`을 부를 때마다 받은 것을 적는 콜백과 그 기록.
    fn recorder() -> (impl Fn() -> Done, Rc<RefCell<Vec<String>>>) {
        let log = Rc::new(RefCell::new(Vec::new()));
        let record = Rc::clone(&log);
        let done = move || -> Done {
            let record = Rc::clone(&record);
            Box::new(move |profile| record.borrow_mut().push(profile))
        };
        (done, log)
    }

    // ANCHOR: later
    #[test]
    fn later_does_not_mean_in_the_order_of_asking() {
        let store = Store::default();
        store.put("지수", "지수의 프로필".into());
        let (done, log) = recorder();
        store.load_later("민호", done()); // 캐시에 없다.
        store.load_later("지수", done());
        store.queue().run();
        assert_eq!(log.take(), ["지수의 프로필", "민호의 프로필"]);
    }

    #[test]
    fn a_deferred_hit_carries_the_value_found_when_asking() {
        let store = Store::default();
        store.put("지수", "옛 프로필".into());
        let (done, log) = recorder();
        store.load_later("지수", done());
        store.put("지수", "새 프로필".into());
        store.queue().run();
        assert_eq!(log.take(), ["옛 프로필"]);
    }
    // ANCHOR_END: later
}
