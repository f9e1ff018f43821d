//! 놓친 거부를 옳게 찾는지의 검사. 틀린 감시자는 걸리고 고친 쪽은 지난다.

use std::rc::Rc;

use ch03_01_promise::{Microtasks, Promise};
use ch03_02_chaining::{OrderError, Step};
use ch03_03_combinators::{all, all_settled, any, race};
use ch03_04_unhandled_rejection::faulty::{ByAddress, Hasty, Reports};
use ch03_04_unhandled_rejection::{Notice, Rejections};

type Text = &'static str;
type Reply = Promise<Text, Text>;
type Program = fn(&Microtasks);

fn rejected(queue: &Microtasks) -> Reply {
    Promise::settled(queue, Err("오류 503"))
}

fn hasty(program: Program) -> Vec<Text> {
    let (queue, reports) = (Microtasks::default(), Reports::default());
    queue.track(Hasty(Rc::clone(&reports)));
    program(&queue);
    queue.run();
    reports.take()
}

fn cured(program: Program) -> Vec<Text> {
    let (queue, mut reports) = (Microtasks::default(), Vec::new());
    let rejections = Rejections::track(&queue);
    program(&queue);
    rejections.run(|notice| match notice {
        Notice::Unhandled { reason, .. } => reports.push(reason),
        Notice::Handled(reason) => panic!("알리지 않은 거부이다: {reason}"),
    });
    reports
}

// ANCHOR: hasty
const CAUGHT: Program = |queue| rejected(queue).catch(|_| Ok::<_, ()>("")).done(drop);
const MISSED: Program = |queue| drop(rejected(queue).then(Ok).then(Ok).then(Ok));

#[test]
fn only_after_the_queue_is_empty_is_it_known() {
    assert_eq!((cured(CAUGHT), cured(MISSED)), (vec![], vec!["오류 503"]));
    // 받은 거부도 알리고, 사슬 하나를 두 번 알린다.
    let (caught, missed) = (vec!["오류 503"], vec!["오류 503", "오류 503"]);
    assert_eq!((hasty(CAUGHT), hasty(MISSED)), (caught, missed));
}
// ANCHOR_END: hasty

// ANCHOR: by-address
/// 하나를 놓치고 하나를 받는다. 버려진 앞의 것의 자리에 뒤의 것이 올 수 있다.
fn miss_and_hear(queue: &Microtasks) {
    drop(Reply::settled(queue, Err("놓친 쪽")));
    Reply::settled(queue, Err("받은 쪽")).done(drop);
}

#[test]
fn an_address_is_not_an_identity() {
    let (queue, handled) = (Microtasks::default(), Reports::default());
    queue.track(ByAddress::new(Rc::clone(&handled)));
    // 할당자가 같은 자리를 다시 줄 때까지 해 본다.
    let mixed_up = (0..1000).any(|_| {
        miss_and_hear(&queue);
        handled.take() == ["놓친 쪽"]
    });
    assert!(mixed_up);

    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    for _ in 0..1000 {
        miss_and_hear(&queue);
        assert_eq!(notices(&rejections), ["놓침 놓친 쪽, 버려짐"]);
    }
}
// ANCHOR_END: by-address

fn notices(rejections: &Rejections<Text>) -> Vec<String> {
    let mut lines = Vec::new();
    rejections.run(|notice| {
        lines.push(match notice {
            Notice::Unhandled { reason, gone: true } => format!("놓침 {reason}, 버려짐"),
            Notice::Unhandled { reason, .. } => format!("놓침 {reason}"),
            Notice::Handled(reason) => format!("늦음 {reason}"),
        });
    });
    lines
}

#[test]
fn a_late_handler_is_told_once() {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    let reply = rejected(&queue);
    queue.run(); // 표에 적힐 뿐 알리지 않는다.
    assert_eq!(rejections.remembered(), 1);
    assert_eq!(notices(&rejections), ["놓침 오류 503"]);
    assert_eq!(notices(&rejections), [""; 0]);
    reply.done(drop);
    reply.done(drop);
    assert_eq!(notices(&rejections), ["늦음 오류 503"]);
}

#[test]
fn what_a_notice_defers_is_run_and_watched_too() {
    let queue = Microtasks::default();
    let rejections = Rejections::<Text>::track(&queue);
    let (_first, second) = (rejected(&queue), Reply::settled(&queue, Err("오류 500")));
    let mut reasons = Vec::new();
    rejections.run(|notice| {
        let Notice::Unhandled { reason, .. } = notice else {
            panic!("알린 뒤에 들은 것은 없다");
        };
        reasons.push(reason);
        // 첫 알림이 둘째 거부를 듣고, 그 처리 함수가 새 오류를 낸다.
        if reason == "오류 503" {
            drop(second.catch(|_| Err("새 오류")));
        }
    });
    assert_eq!(reasons, ["오류 503", "새 오류"]);
}

#[test]
fn a_combinator_hears_every_promise_it_is_given() {
    let two: fn(&Microtasks) -> Vec<Reply> =
        |queue| vec![rejected(queue), Promise::settled(queue, Err("오류 500"))];
    let queue = Microtasks::default();
    let rejections = Rejections::<Text>::track(&queue);
    all(&queue, two(&queue)).done(drop);
    all_settled(&queue, two(&queue)).done(drop);
    race(&queue, two(&queue)).done(drop);
    any(&queue, two(&queue)).done(drop);
    assert_eq!(notices(&rejections), [""; 0]);
    // 모은 프로미스를 듣지 않으면 그 하나만 알린다.
    drop(all(&queue, two(&queue)));
    assert_eq!(notices(&rejections), ["놓침 오류 503, 버려짐"]);
}

#[test]
fn a_reason_of_another_type_is_not_seen() {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    drop(Promise::<(), i32>::settled(&queue, Err(503)));
    assert_eq!(notices(&rejections), [""; 0]);
}

#[test]
fn the_aggregate_error_of_any_is_another_type() {
    let queue = Microtasks::default();
    let rejections = Rejections::<OrderError>::track(&queue);
    let failed = || Promise::<(), _>::settled(&queue, Err(OrderError(Step::Payment)));
    drop(any(&queue, vec![failed()]));
    rejections.run(|notice| panic!("보지 못한다: {notice:?}"));
    drop(all(&queue, vec![failed()]));
    let mut seen = 0;
    rejections.run(|_| seen += 1);
    assert_eq!(seen, 1);
}

#[test]
#[should_panic(expected = "지켜보는 쪽은 큐에 하나뿐이다")]
fn a_queue_has_one_watcher() {
    let queue = Microtasks::default();
    let _first = Rejections::<Text>::track(&queue);
    let _second = Rejections::<Text>::track(&queue);
}

#[test]
fn the_table_forgets_what_can_no_longer_be_heard() {
    let queue = Microtasks::default();
    let rejections = Rejections::track(&queue);
    for _ in 0..100 {
        drop(rejected(&queue));
    }
    assert_eq!(notices(&rejections).len(), 100);
    assert_eq!(rejections.remembered(), 0);
    let reply = rejected(&queue);
    assert_eq!(notices(&rejections).len(), 1);
    assert_eq!(rejections.remembered(), 1);
    drop(reply);
    notices(&rejections);
    assert_eq!(rejections.remembered(), 0);
}
