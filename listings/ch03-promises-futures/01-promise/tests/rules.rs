//! Promises/A+ 2.1~2.3절의 규칙마다 테스트 하나, 또는 타입이 대신하는 이유 하나.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ch03_01_promise::{Microtasks, Next, Promise, Resolver, Tracker};

type Answer = Promise<i32, &'static str>;

// ANCHOR: rules
/// 규칙 하나를 무엇이 확인하는가.
enum By {
    /// 이름이 `rule_<번호>_`로 시작하는 테스트.
    Test,
    /// 역시 테스트. 다만 규칙과 다르게 하고, 그 이유를 적는다.
    Differs(&'static str),
    /// 타입. 어기는 코드가 컴파일되지 않거나, 어길 것이 없다.
    Type(&'static str),
}
use By::{Differs, Test, Type};

#[rustfmt::skip]
const RULES: [(&str, &str, By); 34] = [
    ("2.1.1.1", "대기에서 이행이나 거부로 간다", Test),
    ("2.1.2.1", "이행한 뒤에는 상태가 바뀌지 않는다", Type("`resolve`가 `Resolver`를 가져간다. `settled_twice.rs`")),
    ("2.1.2.2", "이행한 값은 바뀌지 않는다", Test),
    // ANCHOR_END: rules
    ("2.1.3.1", "거부한 뒤에는 상태가 바뀌지 않는다", Type("`resolve`가 `Resolver`를 가져간다. `settled_twice.rs`")),
    ("2.1.3.2", "거부한 까닭은 바뀌지 않는다", Test),
    ("2.2.1.1", "함수가 아닌 `onFulfilled`는 무시한다", Type("함수만 받는다. `not_a_function.rs`")),
    ("2.2.1.2", "함수가 아닌 `onRejected`는 무시한다", Type("함수만 받는다. `not_a_function.rs`")),
    ("2.2.2.1", "`onFulfilled`는 이행한 뒤에 그 값으로 불린다", Test),
    ("2.2.2.2", "`onFulfilled`는 이행하기 전에 불리지 않는다", Test),
    ("2.2.2.3", "`onFulfilled`는 한 번만 불린다", Type("`FnOnce`이다")),
    ("2.2.3.1", "`onRejected`는 거부한 뒤에 그 까닭으로 불린다", Test),
    ("2.2.3.2", "`onRejected`는 거부하기 전에 불리지 않는다", Test),
    ("2.2.3.3", "`onRejected`는 한 번만 불린다", Type("`FnOnce`이다")),
    ("2.2.4", "지금 도는 코드가 끝나기 전에는 부르지 않는다", Test),
    ("2.2.5", "`this` 없이 함수로 부른다", Type("클로저에는 `this`가 없다")),
    ("2.2.6.1", "`onFulfilled`는 건 순서로 불린다", Test),
    ("2.2.6.2", "`onRejected`는 건 순서로 불린다", Test),
    ("2.2.7.1", "처리 함수가 돌려준 것으로 새 프로미스를 정한다", Test),
    ("2.2.7.2", "처리 함수가 던지면 새 프로미스는 그 까닭으로 거부한다", Test),
    ("2.2.7.3", "`onFulfilled`가 없으면 값이 지나간다", Test),
    ("2.2.7.4", "`onRejected`가 없으면 까닭이 지나간다", Test),
    ("2.3.1", "자기 자신으로 정하면 `TypeError`로 거부한다", Differs("패닉한다. `E`는 쓰는 쪽의 타입이라 `TypeError`를 만들 수 없다")),
    ("2.3.2.1", "대기 중인 프로미스를 받으면 함께 기다린다", Test),
    ("2.3.2.2", "이행한 프로미스를 받으면 그 값으로 이행한다", Test),
    ("2.3.2.3", "거부한 프로미스를 받으면 그 까닭으로 거부한다", Test),
    ("2.3.3.1", "`x.then`을 한 번만 읽는다", Type("프로미스인지는 타입이 안다")),
    ("2.3.3.2", "`x.then`을 읽다가 던지면 그 까닭으로 거부한다", Type("메서드는 읽다가 실패하지 않는다")),
    ("2.3.3.3.1", "남의 프로미스가 준 값도 이 절의 절차로 정한다", Test),
    ("2.3.3.3.2", "남의 프로미스가 준 까닭으로 거부한다", Test),
    ("2.3.3.3.3", "남의 프로미스가 여러 번 알리면 처음 것만 듣는다", Type("`resolve`가 `Resolver`를 가져간다. `settled_twice.rs`")),
    ("2.3.3.3.4.1", "알린 뒤에 던진 것은 무시한다", Differs("패닉이 부른 쪽으로 나간다. 정해진 결과는 그대로이다")),
    ("2.3.3.3.4.2", "알리기 전에 던지면 그 까닭으로 거부한다", Differs("패닉이 부른 쪽으로 나가고 거부는 되지 않는다. 패닉은 `E`가 아니다")),
    ("2.3.3.4", "`then`이 함수가 아니면 그 값으로 이행한다", Type("`Promise`만 프로미스로 다룬다")),
    ("2.3.4", "객체도 함수도 아닌 값으로는 그대로 이행한다", Test),
];

// ANCHOR: coverage
#[test]
fn every_rule_has_one_test_or_one_reason() {
    let source = include_str!("rules.rs");
    let tests = source
        .lines()
        .filter_map(|line| line.strip_prefix("fn rule_"));
    let mut tests: Vec<_> = tests.collect();
    for (number, _, by) in &RULES {
        let prefix = format!("{}_", number.replace('.', "_"));
        let before = tests.len();
        tests.retain(|test| !test.starts_with(&prefix));
        let expected = !matches!(by, Type(_)) as usize;
        assert_eq!(before - tests.len(), expected, "{number}");
    }
    assert_eq!(tests, [""; 0], "규칙에 없는 테스트");
}
// ANCHOR_END: coverage

#[test]
fn the_table_of_the_page_is_this_one() {
    let mut table = String::from("| 규칙 | 줄이면 | 확인 |\n|---|---|---|\n");
    for (number, rule, by) in &RULES {
        let by = match by {
            Test => String::from("테스트"),
            Differs(reason) => format!("테스트. 규칙과 달리 {reason}"),
            Type(reason) => format!("타입. {reason}"),
        };
        table += &format!("| {number} | {rule} | {by} |\n");
    }
    let page = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../src/ch03-promises-futures/01-promise.md"
    );
    let text = std::fs::read_to_string(page).expect("쪽이 있다");
    let start = text.find("| 규칙 |").expect("쪽에 표가 있다");
    let end = start + text[start..].find("\n\n").expect("표가 끝난다") + 1;
    if std::env::var_os("RULES_WRITE").is_some() {
        let text = [&text[..start], &table, &text[end..]].concat();
        return std::fs::write(page, text).expect("쪽을 쓸 수 있다");
    }
    assert_eq!(text[start..end], table, "RULES_WRITE=1로 다시 적는다");
}

/// 큐 하나와, 콜백이 들은 것의 기록.
#[derive(Clone, Default)]
struct Bench {
    queue: Microtasks,
    log: Rc<RefCell<Vec<String>>>,
}

impl Bench {
    fn pending(&self) -> (Answer, Resolver<i32, &'static str>) {
        Promise::pending(&self.queue)
    }

    fn settled(&self, result: Result<i32, &'static str>) -> Answer {
        Promise::settled(&self.queue, result)
    }

    fn add(&self, line: impl ToString) {
        self.log.borrow_mut().push(line.to_string());
    }

    /// 들은 값을 적고 그대로 돌려주는 처리 함수.
    fn hear<T: ToString>(&self) -> impl FnOnce(T) -> T + use<T> {
        let bench = self.clone();
        move |heard| {
            bench.add(heard.to_string());
            heard
        }
    }

    /// 결과를 적는다.
    fn watch(&self, answer: &Answer) {
        let bench = self.clone();
        answer.done(move |result| bench.add(format!("{result:?}")));
    }

    /// 큐를 비우고 그동안 적힌 것을 꺼낸다.
    fn run(&self) -> Vec<String> {
        self.queue.run();
        self.log.take()
    }
}

#[test]
fn rule_2_1_1_1_pending_goes_to_either() {
    for (result, heard) in [(Ok(1), "Ok(1)"), (Err("둘"), "Err(\"둘\")")] {
        let bench = Bench::default();
        let (answer, resolver) = bench.pending();
        bench.watch(&answer);
        assert!(bench.run().is_empty());
        resolver.resolve(result);
        assert_eq!(bench.run(), [heard]);
    }
}

/// 여러 번 물어도 같은 대답인가. 처리 함수가 바꾼 것은 새 프로미스의 것이다.
fn same_answer_twice(result: Result<i32, &'static str>, heard: &str) {
    let bench = Bench::default();
    let answer = bench.settled(result);
    let other = answer.then_both(|value| Ok(value + 1), |_| Err("바꾼 까닭"));
    bench.watch(&answer);
    bench.queue.run();
    bench.watch(&answer);
    bench.queue.run();
    assert_eq!(bench.run(), [heard, heard]);
    bench.watch(&other);
    assert_ne!(bench.run(), [heard]);
}

#[test]
fn rule_2_1_2_2_the_value_stays() {
    same_answer_twice(Ok(1), "Ok(1)");
}

#[test]
fn rule_2_1_3_2_the_reason_stays() {
    same_answer_twice(Err("까닭"), "Err(\"까닭\")");
}

#[test]
fn rule_2_2_2_1_on_fulfilled_gets_the_value() {
    let bench = Bench::default();
    let (hear, wrong) = (bench.hear::<i32>(), bench.hear::<&str>());
    let answer = bench.settled(Ok(5));
    answer
        .then_both(|value| Ok(hear(value)), |reason| Err(wrong(reason)))
        .done(drop);
    assert_eq!(bench.run(), ["5"]);
}

#[test]
fn rule_2_2_2_2_on_fulfilled_waits() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    let hear = bench.hear();
    answer.then(|value| Ok(hear(value))).done(drop);
    assert!(bench.run().is_empty());
    resolver.resolve(Ok(5));
    assert_eq!(bench.run(), ["5"]);
}

#[test]
fn rule_2_2_3_1_on_rejected_gets_the_reason() {
    let bench = Bench::default();
    let (wrong, hear) = (bench.hear::<i32>(), bench.hear::<&str>());
    let answer = bench.settled(Err("까닭"));
    answer
        .then_both(|value| Ok(wrong(value)), |reason| Err(hear(reason)))
        .done(drop);
    assert_eq!(bench.run(), ["까닭"]);
}

#[test]
fn rule_2_2_3_2_on_rejected_waits() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    let hear = bench.hear();
    answer.catch(|reason| Err(hear(reason))).done(drop);
    assert!(bench.run().is_empty());
    resolver.resolve(Err("까닭"));
    assert_eq!(bench.run(), ["까닭"]);
}

// ANCHOR: rule-2-2-4
#[test]
fn rule_2_2_4_only_after_the_running_code() {
    let bench = Bench::default();
    let (late, resolver) = bench.pending();
    bench.watch(&late);
    resolver.resolve(Ok(1));
    bench.watch(&bench.settled(Ok(2)));
    bench.add("걸고 정하기를 마침");
    // 콜백 안에서 걸어도 그 콜백이 끝난 뒤이다.
    let inside = bench.clone();
    late.done(move |_| {
        inside.watch(&inside.settled(Ok(3)));
        inside.add("콜백을 마침");
    });
    let heard = [
        "걸고 정하기를 마침",
        "Ok(1)",
        "Ok(2)",
        "콜백을 마침",
        "Ok(3)",
    ];
    assert_eq!(bench.run(), heard);
}
// ANCHOR_END: rule-2-2-4

/// 대기 중에 셋, 정해진 뒤에 하나를 건다.
fn called_in_order(result: Result<i32, &'static str>) {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    let hang = |name: &'static str| {
        let (good, bad) = (bench.clone(), bench.clone());
        let answer = answer.then_both(
            move |_| {
                good.add(name);
                Ok::<_, &str>(())
            },
            move |_| {
                bad.add(name);
                Ok(())
            },
        );
        answer.done(drop);
    };
    ["하나", "둘", "셋"].into_iter().for_each(hang);
    resolver.resolve(result);
    hang("넷");
    assert_eq!(bench.run(), ["하나", "둘", "셋", "넷"]);
}

#[test]
fn rule_2_2_6_1_fulfilled_in_order() {
    called_in_order(Ok(1));
}

#[test]
fn rule_2_2_6_2_rejected_in_order() {
    called_in_order(Err("까닭"));
}

#[test]
fn rule_2_2_7_1_the_returned_thing_decides() {
    let bench = Bench::default();
    let other = bench.settled(Ok(7));
    bench.watch(&bench.settled(Ok(1)).then(|value| Ok(value + 1)));
    bench.watch(&bench.settled(Ok(1)).then(|_| other));
    bench.watch(&bench.settled(Err("까닭")).catch(|_| Ok::<_, &str>(9)));
    assert_eq!(bench.run(), ["Ok(2)", "Ok(9)", "Ok(7)"]);
}

#[test]
fn rule_2_2_7_2_an_error_rejects() {
    let bench = Bench::default();
    bench.watch(&bench.settled(Ok(1)).then(|_| Err::<i32, _>("던졌다")));
    bench.watch(&bench.settled(Err("까닭")).catch(|_| Err("또 던졌다")));
    assert_eq!(bench.run(), ["Err(\"던졌다\")", "Err(\"또 던졌다\")"]);
}

#[test]
fn rule_2_2_7_3_a_value_passes_catch() {
    let bench = Bench::default();
    bench.watch(&bench.settled(Ok(1)).catch(|_| Err("불리지 않는다")));
    assert_eq!(bench.run(), ["Ok(1)"]);
}

#[test]
fn rule_2_2_7_4_a_reason_passes_then() {
    let bench = Bench::default();
    bench.watch(&bench.settled(Err("까닭")).then(|_| Ok(1)));
    assert_eq!(bench.run(), ["Err(\"까닭\")"]);
}

// ANCHOR: itself
#[test]
#[should_panic(expected = "프로미스를 자기 자신으로 정했다")]
fn rule_2_3_1_itself_panics_for_want_of_a_type_error() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    resolver.resolve(answer);
}
// ANCHOR_END: itself

#[test]
fn rule_2_3_2_1_waits_with_a_pending_one() {
    let bench = Bench::default();
    let (inner, decide) = bench.pending();
    let (outer, resolver) = bench.pending();
    bench.watch(&outer);
    resolver.resolve(inner);
    assert!(bench.run().is_empty());
    decide.resolve(Ok(1));
    assert_eq!(bench.run(), ["Ok(1)"]);
}

#[test]
fn rule_2_3_2_2_takes_the_value() {
    let bench = Bench::default();
    let (outer, resolver) = bench.pending();
    bench.watch(&outer);
    resolver.resolve(bench.settled(Ok(1)));
    assert_eq!(bench.run(), ["Ok(1)"]);
}

#[test]
fn rule_2_3_2_3_takes_the_reason() {
    let bench = Bench::default();
    let (outer, resolver) = bench.pending();
    bench.watch(&outer);
    resolver.resolve(bench.settled(Err("까닭")));
    assert_eq!(bench.run(), ["Err(\"까닭\")"]);
}

/// 콜백으로 알리는 남의 프로미스. 알리는 일을 `Resolver`에 맡긴다.
fn foreign(bench: &Bench, tell: impl FnOnce(Resolver<i32, &'static str>)) -> Answer {
    let (answer, resolver) = bench.pending();
    tell(resolver);
    answer
}

#[test]
fn rule_2_3_3_3_1_a_foreign_value_may_be_a_promise() {
    let bench = Bench::default();
    let inner = bench.settled(Ok(3));
    bench.watch(&foreign(&bench, |resolver| resolver.resolve(inner)));
    bench.watch(&foreign(&bench, |resolver| {
        resolver.resolve(Next::Value(4))
    }));
    assert_eq!(bench.run(), ["Ok(4)", "Ok(3)"]);
}

#[test]
fn rule_2_3_3_3_2_a_foreign_reason_rejects() {
    let bench = Bench::default();
    bench.watch(&foreign(&bench, |resolver| resolver.resolve(Err("까닭"))));
    assert_eq!(bench.run(), ["Err(\"까닭\")"]);
}

#[test]
fn rule_2_3_3_3_4_1_a_panic_after_telling_changes_nothing() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    bench.watch(&answer);
    let tell = || {
        resolver.resolve(Ok(1));
        std::panic::resume_unwind(Box::new(()));
    };
    assert!(catch_unwind(AssertUnwindSafe(tell)).is_err());
    assert_eq!(bench.run(), ["Ok(1)"]);
}

#[test]
fn rule_2_3_3_3_4_2_a_panic_before_telling_is_no_rejection() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    bench.watch(&answer);
    let tell = move || {
        let _never_told = resolver;
        std::panic::resume_unwind(Box::new(()));
    };
    assert!(catch_unwind(AssertUnwindSafe(tell)).is_err());
    assert!(bench.run().is_empty());
}

#[test]
fn rule_2_3_4_a_plain_value_fulfills() {
    let bench = Bench::default();
    let (outer, resolver) = bench.pending();
    bench.watch(&outer);
    resolver.resolve(Ok(1));
    assert_eq!(bench.run(), ["Ok(1)"]);
}

// ANCHOR: panic
#[test]
fn a_panic_leaves_run_and_the_promise_pending() {
    let bench = Bench::default();
    let broken = bench.settled(Ok(1)).then(|_| -> Result<i32, &str> {
        // panic!과 같지만 패닉 메시지를 찍지 않는다.
        std::panic::resume_unwind(Box::new("넘어졌다"));
    });
    bench.watch(&broken);
    bench.watch(&bench.settled(Ok(2)));
    assert!(catch_unwind(AssertUnwindSafe(|| bench.queue.run())).is_err());
    // 남은 콜백은 다음에 불린다. 패닉한 쪽의 결과는 영영 오지 않는다.
    assert_eq!(bench.run(), ["Ok(2)"]);
}
// ANCHOR_END: panic

#[test]
fn finally_passes_the_result_and_its_error_wins() {
    let bench = Bench::default();
    let cleaned = Rc::new(Cell::new(0));
    let count = || {
        let cleaned = Rc::clone(&cleaned);
        move || {
            cleaned.set(cleaned.get() + 1);
            Ok(())
        }
    };
    bench.watch(&bench.settled(Ok(1)).finally(count()));
    bench.watch(&bench.settled(Err("까닭")).finally(count()));
    bench.watch(&bench.settled(Ok(1)).finally(|| Err::<(), _>("뒷정리 실패")));
    let heard = ["Err(\"뒷정리 실패\")", "Ok(1)", "Err(\"까닭\")"];
    assert_eq!(
        (bench.run(), cleaned.get()),
        (heard.map(String::from).to_vec(), 2)
    );
}

#[test]
fn a_dropped_resolver_leaves_it_pending() {
    let bench = Bench::default();
    let (answer, resolver) = bench.pending();
    bench.watch(&answer);
    drop(resolver);
    assert!(bench.run().is_empty());
}

#[test]
fn a_promise_may_be_a_plain_value() {
    let bench = Bench::default();
    let (inner, watcher) = (bench.settled(Ok(3)), bench.clone());
    let outer = Promise::<Answer, &str>::settled(&bench.queue, Ok(inner));
    outer.done(move |result| watcher.watch(&result.expect("이행했다")));
    assert_eq!(bench.run(), ["Ok(3)"]);
}

/// 거부를 듣거나 누가 들었다고 하면, 그 자리에서 같은 프로미스에 콜백을 하나 더 건다.
struct HearsAgain {
    bench: Bench,
    answer: Rc<RefCell<Option<Answer>>>,
}

impl HearsAgain {
    fn hear(&self) {
        let answer = self.answer.take();
        answer.iter().for_each(|answer| self.bench.watch(answer));
    }
}

impl Tracker for HearsAgain {
    fn rejected(&self, _: Rc<dyn Any>, _: &dyn Any) {
        self.hear();
    }

    fn handled(&self, _: Rc<dyn Any>) {
        self.hear();
    }
}

#[test]
fn a_tracker_may_hang_a_callback_on_the_promise_it_is_told_of() {
    let (bench, answer) = (Bench::default(), Rc::default());
    bench.queue.track(HearsAgain {
        bench: bench.clone(),
        answer: Rc::clone(&answer),
    });
    let (rejected, resolver) = bench.pending();
    answer.replace(Some(rejected.clone()));
    resolver.resolve(Err("까닭"));
    assert_eq!(bench.run(), ["Err(\"까닭\")"]);

    answer.replace(Some(rejected.clone()));
    bench.watch(&rejected);
    assert_eq!(bench.run(), ["Err(\"까닭\")"; 2]);
}

#[test]
fn two_that_follow_each_other_stay_pending() {
    let bench = Bench::default();
    let ((one, first), (other, second)) = (bench.pending(), bench.pending());
    bench.watch(&one);
    first.resolve(other);
    second.resolve(one);
    assert!(bench.run().is_empty());
}
