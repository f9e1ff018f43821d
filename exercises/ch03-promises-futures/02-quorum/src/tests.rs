//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise, Resolver, Tracker};
use ex03_02_quorum::quorum;

type Text = &'static str;
type Reply = Promise<u32, Text>;
type Heard = Result<Vec<u32>, Vec<Text>>;

/// 서버들에 물은 것. 답은 테스트가 넣는다.
struct Asked {
    queue: Microtasks,
    servers: Vec<Option<Resolver<u32, Text>>>,
    heard: Rc<RefCell<Option<Heard>>>,
}

/// 서버 `count`곳에 묻고 `n`개를 기다린다.
fn asked(count: usize, n: usize) -> Asked {
    let queue = Microtasks::default();
    let pairs = (0..count).map(|_| Reply::pending(&queue));
    let (promises, resolvers): (Vec<Reply>, Vec<_>) = pairs.unzip();
    let heard = Rc::new(RefCell::new(None));
    let tell = Rc::clone(&heard);
    quorum(&queue, promises, n).done(move |result| *tell.borrow_mut() = Some(result));
    let asked = Asked {
        queue,
        servers: resolvers.into_iter().map(Some).collect(),
        heard,
    };
    asked.queue.run();
    asked
}

impl Asked {
    /// `at`번 서버가 답한다. 큐가 빌 때까지 기다린다.
    fn answer(&mut self, at: usize, result: Result<u32, Text>) {
        let resolver = self.servers[at].take().expect("한 번만 답한다");
        resolver.resolve(result);
        self.queue.run();
    }

    fn heard(&self) -> Option<Heard> {
        self.heard.borrow().clone()
    }
}

/// 정한 수만큼 이행하면 그 값들로 이행한다
#[test]
fn basic_enough_values_fulfil() {
    let mut asked = asked(3, 2);
    assert_eq!(asked.heard(), None, "아직 아무도 답하지 않았습니다");
    for (at, value) in [(0, 10), (1, 11), (2, 12)] {
        asked.answer(at, Ok(value));
    }
    assert_eq!(
        asked.heard(),
        Some(Ok(vec![10, 11])),
        "셋 가운데 둘을 기다리므로 먼저 온 두 값으로 이행해야 합니다"
    );
}

/// 마지막으로 필요한 값이 오면 나머지를 기다리지 않는다
#[test]
fn fulfils_with_the_last_needed_value() {
    let mut asked = asked(5, 3);
    for (at, value) in [(0, 10), (1, 11)] {
        asked.answer(at, Ok(value));
        assert_eq!(asked.heard(), None, "아직 세 값이 모이지 않았습니다");
    }
    asked.answer(2, Ok(12));
    assert_eq!(
        asked.heard(),
        Some(Ok(vec![10, 11, 12])),
        "세 값이 모였으니 나머지 두 서버를 기다리지 않고 이행해야 합니다"
    );
    asked.answer(3, Ok(13));
    asked.answer(4, Err("고장"));
    assert_eq!(
        asked.heard(),
        Some(Ok(vec![10, 11, 12])),
        "늦게 온 결과는 무시해야 합니다"
    );
}

/// 값은 이행한 차례로 놓인다
#[test]
fn values_stand_in_the_order_of_fulfilment() {
    let mut asked = asked(4, 3);
    for (at, value) in [(3, 13), (0, 10), (2, 12)] {
        asked.answer(at, Ok(value));
    }
    assert_eq!(
        asked.heard(),
        Some(Ok(vec![13, 10, 12])),
        "3번, 0번, 2번의 차례로 답했으니 값도 그 차례여야 합니다"
    );
}

/// 거부는 이행의 수에 들지 않는다
#[test]
fn a_rejection_is_not_a_vote() {
    let mut asked = asked(5, 3);
    for (at, result) in [(0, Ok(10)), (1, Err("고장")), (2, Ok(12)), (3, Err("느림"))] {
        asked.answer(at, result);
        assert_eq!(
            asked.heard(),
            None,
            "이행한 것이 셋이 되지 않았고 아직 될 수 있으므로 대기여야 합니다"
        );
    }
    asked.answer(4, Ok(14));
    assert_eq!(
        asked.heard(),
        Some(Ok(vec![10, 12, 14])),
        "거부가 둘 있어도 셋이 이행했으니 이행해야 합니다"
    );
}

/// 닿을 수 없게 되면 나머지를 기다리지 않고 거부한다
#[test]
fn rejects_as_soon_as_it_is_out_of_reach() {
    let mut asked = asked(5, 3);
    for (at, result) in [(1, Err("고장")), (0, Ok(10)), (4, Err("느림"))] {
        asked.answer(at, result);
        assert_eq!(
            asked.heard(),
            None,
            "남은 것이 모두 이행하면 셋이 되므로 아직 대기여야 합니다"
        );
    }
    asked.answer(2, Err("가득"));
    assert_eq!(
        asked.heard(),
        Some(Err(vec!["고장", "느림", "가득"])),
        "마지막 하나가 이행해도 둘이므로 기다리지 말고 그때까지의 까닭으로 거부해야 합니다"
    );
    asked.answer(3, Ok(13));
    assert_eq!(
        asked.heard(),
        Some(Err(vec!["고장", "느림", "가득"])),
        "늦게 온 값은 무시해야 합니다"
    );
}

/// 까닭은 거부한 차례로 놓인다
#[test]
fn reasons_stand_in_the_order_of_rejection() {
    let mut asked = asked(3, 2);
    asked.answer(2, Err("느림"));
    asked.answer(0, Err("고장"));
    assert_eq!(
        asked.heard(),
        Some(Err(vec!["느림", "고장"])),
        "2번이 먼저 거부했으니 그 까닭이 앞에 있어야 합니다"
    );
}

/// 0개를 기다리면 곧바로 이행한다
#[test]
fn zero_is_fulfilled_at_once() {
    for count in [0, 3] {
        assert_eq!(
            asked(count, 0).heard(),
            Some(Ok(vec![])),
            "기다릴 것이 없으니 서버 {count}곳의 답을 기다리지 않고 이행해야 합니다"
        );
    }
}

/// 있는 것보다 많이 기다리면 곧바로 거부한다
#[test]
fn more_than_there_are_is_rejected_at_once() {
    for count in [0, 3] {
        assert_eq!(
            asked(count, count + 1).heard(),
            Some(Err(vec![])),
            "서버 {count}곳이 모두 이행해도 모자라니 기다리지 않고 거부해야 합니다"
        );
    }
}

/// 놓친 거부의 수를 세는 감시자.
struct Missed(Rc<Cell<i32>>);

impl Tracker for Missed {
    fn rejected(&self, _promise: Rc<dyn Any>, _reason: &dyn Any) {
        self.0.set(self.0.get() + 1);
    }

    fn handled(&self, _promise: Rc<dyn Any>) {
        self.0.set(self.0.get() - 1);
    }
}

/// 건네받은 프로미스는 언제나 모두 듣는다
#[test]
fn every_promise_is_heard() {
    for n in 0..=4 {
        let queue = Microtasks::default();
        let missed = Rc::new(Cell::new(0));
        queue.track(Missed(Rc::clone(&missed)));
        let early = Reply::settled(&queue, Err("이른 거부"));
        let (late, resolver) = Reply::pending(&queue);
        let (last, last_resolver) = Reply::pending(&queue);
        quorum(&queue, vec![early, late, last], n).done(drop);
        queue.run();
        resolver.resolve(Err("늦은 거부"));
        queue.run();
        last_resolver.resolve(Err("더 늦은 거부"));
        queue.run();
        assert_eq!(
            missed.get(),
            0,
            "셋 가운데 {n}개를 기다릴 때에도 모든 프로미스에 콜백을 걸어야 합니다. 걸지 않은 프로미스가 거부하면 놓친 거부가 됩니다"
        );
    }
}
