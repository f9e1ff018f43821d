//! 조합자의 약속을 검사로 적고, 틀린 함수는 걸리고 고친 함수는 지나는지 본다.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::rc::Rc;

use ch03_01_promise::naive::Naive;
use ch03_01_promise::{Microtasks, Promise};
use ch03_03_combinators::faulty::{
    Source, all_by_arrival, all_counting_up, any_by_flipping, any_with_last_reason,
};
use ch03_03_combinators::{AggregateError, all, all_settled, any, race};

type P<T, E> = Promise<T, E>;
type Text = &'static str;

/// 큐를 비울 때까지 들은 결과. 비우고도 대기이면 `None`이다.
fn heard<T: Clone + 'static, E: Clone + 'static>(
    queue: &Microtasks,
    promise: P<T, E>,
) -> Option<Result<T, E>> {
    let heard = Rc::new(Cell::new(None));
    let hear = Rc::clone(&heard);
    promise.done(move |result| hear.set(Some(result)));
    queue.run();
    heard.take()
}

/// 셋에게 묻고 `order`의 순서로 답하게 한다. `n`번째의 답은 `answers[n]`이다.
fn answered<T: Clone + 'static, E: Clone + 'static, U: Clone + 'static, F: Clone + 'static>(
    combine: impl Fn(&Microtasks, Vec<P<T, E>>) -> P<U, F>,
    answers: [Result<T, E>; 3],
    order: [usize; 3],
) -> Option<Result<U, F>> {
    let queue = Microtasks::default();
    let (promises, resolvers) = (0..3)
        .map(|_| P::pending(&queue))
        .collect::<(Vec<_>, Vec<_>)>();
    let combined = combine(&queue, promises);
    let mut resolvers: Vec<_> = resolvers.into_iter().map(Some).collect();
    for at in order {
        let resolver = resolvers[at].take().expect("한 번씩 답한다");
        resolver.resolve(answers[at].clone());
        queue.run();
    }
    heard(&queue, combined)
}

const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

// ANCHOR: by-arrival
type All = fn(&Microtasks, Vec<P<Text, Text>>) -> P<Vec<Text>, Text>;

/// 목록의 순서대로 놓이지 않는 답의 순서.
fn misplaced(all: All) -> Vec<[usize; 3]> {
    let answers = ["가", "나", "다"];
    let placed =
        |order: &[usize; 3]| answered(all, answers.map(Ok), *order) == Some(Ok(answers.to_vec()));
    ORDERS.into_iter().filter(|order| !placed(order)).collect()
}

#[test]
fn only_slots_keep_the_order_of_the_list() {
    assert_eq!(misplaced(all_by_arrival), ORDERS[1..]);
    assert_eq!(misplaced(all), [[0; 3]; 0]);
}
// ANCHOR_END: by-arrival

// ANCHOR: last-reason
#[test]
fn any_keeps_every_reason_in_the_order_of_the_list() {
    let answers = [Err::<(), _>("가"), Err("나"), Err("다")];
    for order in ORDERS {
        let all_of_them = AggregateError(vec!["가", "나", "다"]);
        assert_eq!(answered(any, answers, order), Some(Err(all_of_them)));
        let last = answers[order[2]];
        assert_eq!(answered(any_with_last_reason, answers, order), Some(last));
    }
}
// ANCHOR_END: last-reason

// ANCHOR: counting-up
/// 이미 이행한 셋을 세어 올리며 기다린다. `done`이 불릴 때마다 들은 값을 모은다.
fn counted(sources: Vec<Source<Text>>) -> Rc<RefCell<Vec<Vec<Text>>>> {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let call = Rc::clone(&calls);
    all_counting_up(sources, move |values| call.borrow_mut().push(values));
    calls
}

#[test]
fn counting_up_ends_early_where_callbacks_come_at_once() {
    let naive = |value| -> Source<Text> {
        Box::new(move |callback| {
            let answer = Naive::default();
            answer.settle(value);
            answer.then(callback);
        })
    };
    let calls = counted(["가", "나", "다"].map(naive).into());
    assert_eq!(calls.take(), [["가"], ["나"], ["다"]]);
}

// ANCHOR_END: counting-up

// ANCHOR: counting-saved
#[test]
fn counting_up_is_saved_by_the_queue_but_not_for_an_empty_list() {
    let queue = Microtasks::default();
    let promise = |value| -> Source<Text> {
        let answer = P::<_, Infallible>::settled(&queue, Ok(value));
        Box::new(move |callback| answer.done(|Ok(value)| callback(value)))
    };
    let calls = counted(["가", "나", "다"].map(promise).into());
    queue.run();
    assert_eq!(calls.take(), [["가", "나", "다"]]);
    assert!(counted(Vec::new()).take().is_empty());
}
// ANCHOR_END: counting-saved

/// 이미 정해진 것들을 모은 결과가 몇째 차례에 들리는가.
fn turn<T: Clone + 'static, E: Clone + 'static>(
    combine: impl FnOnce(&Microtasks, Vec<P<(), Text>>) -> P<T, E>,
    result: Result<(), Text>,
) -> usize {
    let queue = Microtasks::default();
    let given = (0..3).map(|_| P::settled(&queue, result)).collect();
    let (passed, heard) = (Rc::new(Cell::new(1)), Rc::new(Cell::new(0)));
    let (now, hear) = (Rc::clone(&passed), Rc::clone(&heard));
    combine(&queue, given).done(move |_| hear.set(now.get()));
    let mut ruler = P::<(), Infallible>::settled(&queue, Ok(()));
    for _ in 0..9 {
        let passed = Rc::clone(&passed);
        ruler.done(move |_| passed.set(passed.get() + 1));
        ruler = ruler.then(Ok);
    }
    queue.run();
    heard.get()
}

#[test]
fn a_combinator_costs_one_turn_and_flipping_two_more() {
    for result in [Ok(()), Err("까닭")] {
        assert_eq!(turn(all, result), 2);
        assert_eq!(turn(all_settled, result), 2);
        assert_eq!(turn(race, result), 2);
        assert_eq!(turn(any, result), 2);
        assert_eq!(turn(any_by_flipping, result), 4);
    }
}

#[test]
fn flipping_gives_the_same_result() {
    for answers in [
        [Err("가"), Err("나"), Err("다")],
        [Err("가"), Ok("나"), Ok("다")],
    ] {
        for order in ORDERS {
            let right = answered(any, answers, order);
            assert_eq!(answered(any_by_flipping, answers, order), right);
        }
    }
}

// ANCHOR: empty
#[test]
fn an_empty_race_waits_for_ever() {
    let queue = Microtasks::default();
    let none = Vec::<P<(), Text>>::new;
    assert_eq!(heard(&queue, all(&queue, none())), Some(Ok(vec![])));
    assert_eq!(heard(&queue, all_settled(&queue, none())), Some(Ok(vec![])));
    let nothing = AggregateError(vec![]);
    assert_eq!(heard(&queue, any(&queue, none())), Some(Err(nothing)));
    // 큐가 비었는데도 대기이다. 이것을 깨울 것은 아무것도 없다.
    assert_eq!(heard(&queue, race(&queue, none())), None);
}
// ANCHOR_END: empty

/// 목록에 늘 정해지는 것을 하나 더 넣으면 빈 목록도 기다리지 않는다.
// ANCHOR: empty-cured
#[test]
fn a_race_with_one_that_always_settles_ends() {
    let queue = Microtasks::default();
    for mut promises in [vec![], vec![P::<(), Text>::pending(&queue).0]] {
        promises.push(P::settled(&queue, Err("시간 초과")));
        let ended = heard(&queue, race(&queue, promises));
        assert_eq!(ended, Some(Err("시간 초과")));
    }
}
// ANCHOR_END: empty-cured

#[test]
fn losers_run_to_their_end() {
    let queue = Microtasks::default();
    let (slow, resolver) = P::<(), Text>::pending(&queue);
    let charged = Rc::new(Cell::new(false));
    let charge = Rc::clone(&charged);
    let card = slow.then(move |()| {
        charge.set(true);
        Ok(())
    });
    let timer = P::settled(&queue, Err("시간 초과"));
    let first = heard(&queue, race(&queue, vec![card, timer]));
    assert_eq!((first, charged.get()), (Some(Err("시간 초과")), false));
    resolver.resolve(Ok(()));
    queue.run();
    assert!(charged.get());
}

#[test]
fn the_first_settled_decides_all_and_race() {
    let answers = [Err("가"), Ok("나"), Err("다")];
    for order in ORDERS {
        assert_eq!(answered(race, answers, order), Some(answers[order[0]]));
        let first = order.into_iter().find_map(|at| answers[at].err());
        assert_eq!(
            answered(all, answers, order),
            Some(Err(first.expect("둘이 거부한다")))
        );
        assert_eq!(answered(any, answers, order), Some(Ok("나")));
        let every = answered(all_settled, answers, order);
        assert_eq!(every, Some(Ok(answers.to_vec())));
    }
}
