//! 같은 물음을 한 번만 보내고 답을 나누어 준다.

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

/// 이름 하나에 대해 아는 것.
enum Entry {
    /// 물어보았고, 이 콜백들이 답을 기다린다.
    Waiting(Vec<Callback>),
    /// 답이 왔다.
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
        Loader {
            queue,
            fetch,
            entries: Rc::default(),
        }
    }

    /// `name`의 프로필을 읽는다. `done`은 돌아온 뒤에 불린다.
    pub fn load(&self, name: &str, done: impl FnOnce(String) + 'static) {
        if self.must_ask(name, Box::new(done)) {
            let (queue, entries) = (Rc::clone(&self.queue), Rc::clone(&self.entries));
            let asked = name.to_owned();
            let reply = move |value| settle(&*queue, &entries, asked, value);
            (self.fetch)(name, Box::new(reply));
        }
    }

    /// `done`이 답을 듣게 해 두고, 서버에 물어야 하는지 말한다.
    fn must_ask(&self, name: &str, done: Callback) -> bool {
        // 빌리는 일은 이 함수 안에서 끝난다. fetch가 그 자리에서 답해도 다시 빌릴 수 있다.
        let mut entries = self.entries.borrow_mut();
        match entries.get_mut(name) {
            Some(Entry::Known(value)) => {
                let value = value.clone();
                self.queue.later(Box::new(move || done(value)));
                false
            }
            Some(Entry::Waiting(waiting)) => {
                waiting.push(done);
                false
            }
            None => {
                entries.insert(name.to_owned(), Entry::Waiting(vec![done]));
                true
            }
        }
    }
}

fn settle(
    queue: &dyn Queue,
    entries: &RefCell<HashMap<String, Entry>>,
    name: String,
    value: String,
) {
    let before = entries
        .borrow_mut()
        .insert(name, Entry::Known(value.clone()));
    if let Some(Entry::Waiting(waiting)) = before {
        for done in waiting {
            let value = value.clone();
            queue.later(Box::new(move || done(value)));
        }
    }
}
