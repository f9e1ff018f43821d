//! 답할 때와 차례를 부르는 쪽이 정하는 가짜 서버.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::{Callback, Task};

/// 받은 요청의 콜백을 쥐고 있다가 [`Server::reply`]가 불릴 때 부르는 서버.
#[derive(Default)]
pub struct Server {
    waiting: RefCell<Vec<(&'static str, Callback)>>,
    peak: Cell<usize>,
}

impl Server {
    // ANCHOR: server
    /// `name`을 묻는 요청을 만든다. 아직 보내지는 않는다.
    pub fn request(self: &Rc<Self>, name: &'static str) -> Task {
        let server = Rc::clone(self);
        Box::new(move |callback| {
            let mut waiting = server.waiting.borrow_mut();
            waiting.push((name, callback));
            server.peak.set(server.peak.get().max(waiting.len()));
        })
    }

    /// 받아 둔 요청 `name`에 답한다. 돌아오기 전에 그 요청의 콜백이 불린다.
    ///
    /// # Panics
    ///
    /// `name`을 묻고 기다리는 요청이 없으면 패닉한다.
    pub fn reply(&self, name: &str, reply: Result<&str, &str>) {
        let callback = self.take(name);
        callback(reply.map(str::to_owned).map_err(str::to_owned));
    }
    // ANCHOR_END: server

    fn take(&self, name: &str) -> Callback {
        let mut waiting = self.waiting.borrow_mut();
        let found = waiting.iter().position(|(asked, _)| *asked == name);
        waiting.remove(found.expect("기다리는 요청에만 답한다")).1
    }

    /// 받았으나 아직 답하지 않은 요청의 이름. 받은 차례대로다.
    pub fn waiting(&self) -> Vec<&'static str> {
        self.waiting
            .borrow()
            .iter()
            .map(|(name, _)| *name)
            .collect()
    }

    /// 답을 기다리는 요청이 가장 많았을 때의 수.
    pub fn peak(&self) -> usize {
        self.peak.get()
    }
}
