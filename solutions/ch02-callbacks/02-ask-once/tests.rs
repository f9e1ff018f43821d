//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use ex02_02_ask_once::{Callback, Loader, Queue};

#[derive(Default)]
struct Tasks(RefCell<VecDeque<Box<dyn FnOnce()>>>);

impl Queue for Tasks {
    fn later(&self, task: Box<dyn FnOnce()>) {
        self.0.borrow_mut().push_back(task);
    }
}

/// 테스트 하나의 무대. 물음을 모아 두었다가 테스트가 원할 때 답한다.
#[derive(Clone, Default)]
struct Stage {
    tasks: Rc<Tasks>,
    asked: Rc<RefCell<Vec<(String, Callback)>>>,
    told: Rc<RefCell<Vec<String>>>,
}

impl Stage {
    /// 물음을 모아 두기만 하는 서버에 묻는다.
    fn loader(&self) -> Rc<Loader> {
        let asked = Rc::clone(&self.asked);
        let fetch = move |name: &str, reply| asked.borrow_mut().push((name.to_owned(), reply));
        let tasks = Rc::clone(&self.tasks);
        Rc::new(Loader::new(tasks, Box::new(fetch)))
    }

    /// 받은 값을 `label`과 함께 적는 콜백.
    fn note(&self, label: &'static str) -> impl FnOnce(String) + 'static {
        let told = Rc::clone(&self.told);
        move |value| told.borrow_mut().push(format!("{label}: {value}"))
    }

    /// 모아 둔 물음에 모두 답하고, 미룬 일을 모두 한다.
    fn answer(&self) {
        let asked = self.asked.take();
        for (name, reply) in asked {
            reply(format!("{name}의 프로필"));
        }
        self.run();
    }

    fn run(&self) {
        loop {
            let task = self.tasks.0.borrow_mut().pop_front();
            let Some(task) = task else { break };
            task();
        }
    }

    fn asked_names(&self) -> Vec<String> {
        self.asked
            .borrow()
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }
}

/// 하나를 물으면 답이 온다
#[test]
fn basic_one_question_gets_its_answer() {
    let stage = Stage::default();
    stage.loader().load("지수", stage.note("화면"));
    assert_eq!(
        stage.asked_names(),
        ["지수"],
        "처음 묻는 이름은 서버에 물어야 합니다"
    );
    stage.answer();
    assert_eq!(
        stage.told.take(),
        ["화면: 지수의 프로필"],
        "서버가 답하면 done이 그 값을 받아야 합니다"
    );
}

/// 함께 물으면 서버에는 한 번만 묻고, 모두가 물은 차례대로 듣는다
#[test]
fn basic_two_questions_at_once_are_asked_once() {
    let stage = Stage::default();
    let loader = stage.loader();
    loader.load("지수", stage.note("첫째"));
    loader.load("지수", stage.note("둘째"));
    assert_eq!(
        stage.asked_names(),
        ["지수"],
        "답을 기다리는 이름은 다시 묻지 않아야 합니다"
    );
    stage.answer();
    assert_eq!(
        stage.told.take(),
        ["첫째: 지수의 프로필", "둘째: 지수의 프로필"],
        "함께 기다린 모두가 물은 차례대로 답을 들어야 합니다"
    );
}

/// 이름이 다르면 따로 묻는다
#[test]
fn different_names_are_asked_separately() {
    let stage = Stage::default();
    let loader = stage.loader();
    loader.load("지수", stage.note("첫째"));
    loader.load("민호", stage.note("둘째"));
    assert_eq!(
        stage.asked_names(),
        ["지수", "민호"],
        "이름이 다르면 다른 물음입니다"
    );
    stage.answer();
    assert_eq!(
        stage.told.take(),
        ["첫째: 지수의 프로필", "둘째: 민호의 프로필"],
        "저마다 제가 물은 이름의 답을 들어야 합니다"
    );
}

/// 아는 값도 load가 돌아온 뒤에 온다
#[test]
fn a_known_value_comes_after_load_returns() {
    let stage = Stage::default();
    let loader = stage.loader();
    loader.load("지수", stage.note("처음"));
    stage.answer();
    stage.told.take();
    loader.load("지수", stage.note("다시"));
    assert_eq!(
        stage.told.take(),
        [""; 0],
        "기억해 둔 값이라도 load가 돌아오기 전에 done을 부르면 안 됩니다"
    );
    stage.run();
    assert_eq!(
        (stage.asked_names().len(), stage.told.take()),
        (0, vec!["다시: 지수의 프로필".to_owned()]),
        "아는 값은 다시 묻지 않고, 큐에서 답해야 합니다"
    );
}

/// 서버가 그 자리에서 답해도 done은 load가 돌아온 뒤에 불린다
#[test]
fn a_server_that_answers_at_once_is_no_exception() {
    let stage = Stage::default();
    let fetch = |name: &str, reply: Callback| reply(format!("{name}의 프로필"));
    let loader = Loader::new(Rc::clone(&stage.tasks) as Rc<dyn Queue>, Box::new(fetch));
    loader.load("지수", stage.note("첫째"));
    loader.load("지수", stage.note("둘째"));
    assert_eq!(
        stage.told.take(),
        [""; 0],
        "서버가 빨라도 done은 load가 돌아온 뒤에 불려야 합니다"
    );
    stage.run();
    assert_eq!(
        stage.told.take(),
        ["첫째: 지수의 프로필", "둘째: 지수의 프로필"],
        "그 자리에서 온 답도 빠짐없이 전해야 합니다"
    );
}

/// done 안에서 또 물어도 된다
#[test]
fn done_may_ask_again() {
    let stage = Stage::default();
    let loader = stage.loader();
    let (again, inner) = (Rc::clone(&loader), stage.clone());
    let told = stage.note("겉");
    loader.load("지수", move |value| {
        told(value);
        again.load("지수", inner.note("아는 이름"));
        again.load("민호", inner.note("새 이름"));
    });
    stage.answer();
    stage.answer();
    assert_eq!(
        stage.told.take(),
        [
            "겉: 지수의 프로필",
            "아는 이름: 지수의 프로필",
            "새 이름: 민호의 프로필"
        ],
        "done이 도는 동안에도 load를 부를 수 있어야 합니다"
    );
}
