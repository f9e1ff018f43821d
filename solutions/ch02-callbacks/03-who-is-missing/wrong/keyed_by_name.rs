// 답을 이름으로 찾는 맵에 모읍니다. 같은 이름으로 두 번 물으면 두 답이 한자리에 겹치고, 차례도 이름의 차례가 아니라 맵의 차례가 됩니다.
// 잡는 테스트: the_same_name_twice_is_two_requests, answers_stand_in_the_order_of_names

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// 지점 하나의 답을 받는 콜백.
pub type Callback<T> = Box<dyn FnOnce(T) + Send>;

/// 이름과 답의 짝. 답하지 않았으면 `None`이다.
pub type Answers<T> = Vec<(String, Option<T>)>;

struct Gathering<T, D: FnOnce(Answers<T>)> {
    answers: Mutex<BTreeMap<String, Option<T>>>,
    done: Mutex<Option<D>>,
}

impl<T, D: FnOnce(Answers<T>)> Drop for Gathering<T, D> {
    fn drop(&mut self) {
        let answers = std::mem::take(self.answers.get_mut().unwrap());
        if let Some(done) = self.done.get_mut().unwrap().take() {
            done(answers.into_iter().collect());
        }
    }
}

/// `names`마다 콜백을 하나씩 만든다.
pub fn gather<T, D>(names: &[&str], done: D) -> Vec<Callback<T>>
where
    T: Send + 'static,
    D: FnOnce(Answers<T>) + Send + 'static,
{
    let gathering = Arc::new(Gathering {
        answers: Mutex::new(
            names
                .iter()
                .map(|name| ((*name).to_owned(), None))
                .collect(),
        ),
        done: Mutex::new(Some(done)),
    });
    let callback = |name: &&str| -> Callback<T> {
        let (gathering, name) = (Arc::clone(&gathering), (*name).to_owned());
        Box::new(move |value| {
            gathering.answers.lock().unwrap().insert(name, Some(value));
        })
    };
    names.iter().map(callback).collect()
}
