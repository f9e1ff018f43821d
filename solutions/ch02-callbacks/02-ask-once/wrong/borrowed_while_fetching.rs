// 목록을 빌린 채 `fetch`를 부릅니다. 서버가 나중에 답하는 동안에는 드러나지 않다가, 그 자리에서 답하는 날 `already borrowed`로 패닉합니다.
// 잡는 테스트: a_server_that_answers_at_once_is_no_exception

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
        let mut entries = self.entries.borrow_mut();
        match entries.get_mut(name) {
            Some(Entry::Known(value)) => {
                let value = value.clone();
                self.queue.later(Box::new(move || done(value)));
            }
            Some(Entry::Waiting(waiting)) => waiting.push(Box::new(done)),
            None => {
                entries.insert(name.to_owned(), Entry::Waiting(vec![Box::new(done)]));
                let (queue, entries) = (Rc::clone(&self.queue), Rc::clone(&self.entries));
                let asked = name.to_owned();
                let reply = move |value: String| {
                    let known = Entry::Known(value.clone());
                    let before = entries.borrow_mut().insert(asked, known);
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
    }
}
