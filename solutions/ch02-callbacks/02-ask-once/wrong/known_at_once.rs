// 아는 값으로는 그 자리에서 `done`을 부릅니다. 같은 `load`가 어떤 때는 돌아오기 전에, 어떤 때는 돌아온 뒤에 콜백을 불러서 부른 쪽의 순서가 캐시에 따라 달라집니다.
// 잡는 테스트: a_known_value_comes_after_load_returns

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
    Waiting(Vec<Callback>),
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
        let known = match self.entries.borrow().get(name) {
            Some(Entry::Known(value)) => Some(value.clone()),
            _ => None,
        };
        if let Some(value) = known {
            return done(value);
        }
        if let Some(Entry::Waiting(waiting)) = self.entries.borrow_mut().get_mut(name) {
            waiting.push(Box::new(done));
            return;
        }
        let first = Entry::Waiting(vec![Box::new(done)]);
        self.entries.borrow_mut().insert(name.to_owned(), first);
        let (queue, entries) = (Rc::clone(&self.queue), Rc::clone(&self.entries));
        let asked = name.to_owned();
        let reply = move |value: String| {
            let before = entries
                .borrow_mut()
                .insert(asked, Entry::Known(value.clone()));
            if let Some(Entry::Waiting(waiting)) = before {
                for done in waiting {
                    let value = value.clone();
                    queue.later(Box::new(move || done(value)));
                }
            }
        };
        (self.fetch)(name, Box::new(reply));
    }
}
