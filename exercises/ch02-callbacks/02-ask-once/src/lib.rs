//! 화면 여럿이 같은 사람의 프로필을 한꺼번에 청합니다. 서버에는 이름마다 한 번만 묻고, 그 답을 기다리는
//! 모두에게 나누어 주는 `Loader`를 완성하세요.
//!
//! - 처음 묻는 이름이면 `fetch`로 서버에 묻습니다.
//! - 답을 기다리는 동안 같은 이름을 또 물으면 서버에 다시 묻지 않고 함께 기다립니다.
//! - 답이 온 이름을 나중에 물으면 기억해 둔 값으로 답합니다.
//! - 어느 길이든 `done`은 `load`가 돌아온 뒤에 `queue`에서 불립니다. 서버가 그 자리에서 답해도 그렇습니다. 같은
//!   이름을 물은 것끼리는 물은 차례대로 불립니다.
//! - `done` 안에서 `load`를 또 불러도 됩니다.

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

/// 같은 물음을 한 번만 보내는 쪽.
pub struct Loader {
    queue: Rc<dyn Queue>,
    fetch: Fetch,
    // 이름마다 무엇을 알고 누가 기다리는지 적어 둘 곳이 필요합니다.
}

impl Loader {
    /// `fetch`로 묻고 `queue`에서 답하는 것을 만든다.
    pub fn new(queue: Rc<dyn Queue>, fetch: Fetch) -> Loader {
        Loader { queue, fetch }
    }

    /// `name`의 프로필을 읽는다. `done`은 돌아온 뒤에 불린다.
    pub fn load(&self, name: &str, done: impl FnOnce(String) + 'static) {
        let (_, _) = (&self.queue, &self.fetch);
        let _: Callback = Box::new(done);
        todo!("{name}의 프로필을 읽으세요")
    }
}
