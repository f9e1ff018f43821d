// 기다리는 콜백을 이름마다 하나만 둡니다. 나중에 물은 콜백이 먼저 물은 콜백을 밀어내고, 밀려난 콜백은 영영 불리지 않습니다.
// 잡는 테스트: basic_two_questions_at_once_are_asked_once

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// 값을 한 번 받아 가는 콜백.
pub type Callback = Box<dyn FnOnce(String)>;

/// 서버에 묻는 함수. 답이 오면 콜백을 한 번 부른다.
pub type Fetch = Box<dyn Fn(&str, Callback)>;

/// 지금 하는 일이 끝난 뒤에 할 일을 맡는 큐.
pub trait Queue {
    /// `task`를 맨 뒤에 세운다.
    fn later(&self, task: Box<dyn FnOnce()>);
}

enum Entry {
    Waiting(Callback),
    Known(String),
}

/// 같은 물음을 한 번만 보내는 쪽.
pub struct Loader {
    queue: Rc<dyn Queue>,
    fetch: Fetch,
    entries: Rc<RefCell<HashMap<String, Entry>>>,
}

impl Loader {
    /// `fetch`로 묻고 `queue`에서 답하는 것을 만든다.
    pub fn new(queue: Rc<dyn Queue>, fetch: Fetch) -> Loader {
        let entries = Rc::default();
        Loader {
            queue,
            fetch,
            entries,
        }
    }

    /// `name`의 프로필을 읽는다.
    pub fn load(&self, name: &str, done: impl FnOnce(String) + 'static) {
        let mut entries = self.entries.borrow_mut();
        if let Some(Entry::Known(value)) = entries.get(name) {
            let value = value.clone();
            return self.queue.later(Box::new(move || done(value)));
        }
        let before = entries.insert(name.to_owned(), Entry::Waiting(Box::new(done)));
        drop(entries);
        if before.is_some() {
            return;
        }
        let (queue, entries) = (Rc::clone(&self.queue), Rc::clone(&self.entries));
        let asked = name.to_owned();
        let reply = move |value: String| {
            let known = Entry::Known(value.clone());
            let before = entries.borrow_mut().insert(asked, known);
            if let Some(Entry::Waiting(done)) = before {
                queue.later(Box::new(move || done(value)));
            }
        };
        (self.fetch)(name, Box::new(reply));
    }
}
