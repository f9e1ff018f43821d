//! 이미터가 지키는 약속. 목록의 바뀜, 겹친 `emit`, 리스너의 패닉.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ch02_06_event_emitter::faulty::borrowed_while_called;
use ch02_06_event_emitter::{Emitter, Subscription};

/// 셋 가운데 하나가 셋 가운데 하나를 떼고 새것을 붙이는 아홉 경우를 모두 돌린다.
#[test]
fn every_change_follows_the_snapshot() {
    for (actor, removed) in (0..9).map(|case| (case / 3, case % 3)) {
        let orders = Rc::new(Emitter::<u32>::new());
        let heard = Rc::new(RefCell::new(Vec::new()));
        let guards: Rc<RefCell<Vec<Option<Subscription<u32>>>>> = Rc::default();
        for own in 0..3 {
            let (heard, guards_here) = (Rc::clone(&heard), Rc::clone(&guards));
            let orders_here = Rc::downgrade(&orders);
            let guard = orders.on(move |_| {
                heard.borrow_mut().push(own);
                if own == actor {
                    let late = Rc::clone(&heard);
                    let orders = orders_here.upgrade().expect("emit이 돈다");
                    let added = orders.on(move |_| late.borrow_mut().push(9));
                    let gone = guards_here.borrow_mut()[removed].replace(added);
                    drop(gone);
                }
            });
            guards.borrow_mut().push(Some(guard));
        }
        orders.emit(&1);
        let expected: Vec<usize> = (0..3)
            .filter(|own| *own != removed || removed <= actor)
            .collect();
        assert_eq!(heard.take(), expected, "{actor}가 {removed}를 떼었다");
        assert_eq!(orders.listener_count(), 3);
        guards.take().clear();
        assert_eq!(orders.listener_count(), 0);
    }
}

/// 기록이 도는 동안 안쪽 `emit`의 점장이 기록을 뗀다. 바깥의 기록이 아직 끝나지 않았어도 안쪽에서 불리지 않는다.
#[test]
fn a_running_listener_removed_by_a_nested_emit_is_not_called_again() {
    let orders = Rc::new(Emitter::<u32>::new());
    let heard = Rc::new(RefCell::new(Vec::new()));
    let record: Rc<RefCell<Option<Subscription<u32>>>> = Rc::default();
    let (noted, leaving) = (Rc::clone(&heard), Rc::clone(&record));
    let _manager = orders.on(move |order| {
        noted.borrow_mut().push(("점장", *order));
        if *order == 2 {
            leaving.take();
        }
    });
    let (noted, same_orders) = (Rc::clone(&heard), Rc::downgrade(&orders));
    record.replace(Some(orders.on(move |order| {
        noted.borrow_mut().push(("기록", *order));
        if *order == 1 {
            same_orders.upgrade().expect("emit이 돈다").emit(&2);
        }
    })));
    orders.emit(&1);
    assert_eq!(heard.take(), [("점장", 1), ("기록", 1), ("점장", 2)]);
    assert_eq!(orders.listener_count(), 1);
}

/// 첫 리스너는 주문 1을 들으면 주문 2를 낸다. `wrap`은 그 리스너를 감싼다. 둘이 들은 차례를 모은다.
fn nested_emit<L: Fn(&u32) + 'static>(
    wrap: impl FnOnce(Box<dyn Fn(&u32)>) -> L,
) -> Vec<(&'static str, u32)> {
    let orders = Rc::new(Emitter::<u32>::new());
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (noted, same_orders) = (Rc::clone(&heard), Rc::downgrade(&orders));
    let _kitchen = orders.on(wrap(Box::new(move |order| {
        noted.borrow_mut().push(("주방", *order));
        if *order == 1 {
            same_orders.upgrade().expect("emit이 돈다").emit(&2);
        }
    })));
    let noted = Rc::clone(&heard);
    let _log = orders.on(move |order| noted.borrow_mut().push(("기록", *order)));
    orders.emit(&1);
    heard.take()
}

// ANCHOR: nested
#[test]
fn a_listener_may_run_inside_itself() {
    let heard = nested_emit(|kitchen| kitchen);
    assert_eq!(heard, [("주방", 1), ("주방", 2), ("기록", 2), ("기록", 1)]);
}

#[test]
#[should_panic(expected = "already borrowed")]
fn a_listener_borrowed_while_called_cannot() {
    nested_emit(borrowed_while_called);
}
// ANCHOR_END: nested

/// `Fn`이어도 셀 수 있다. 값을 바꾸는 동안에만 만지고, 다른 것을 부르는 동안에는 쥐지 않는다.
#[test]
fn a_shared_listener_counts_with_a_cell() {
    let orders = Emitter::<u32>::new();
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    let _guard = orders.on(move |_| counted.set(counted.get() + 1));
    (1..=3).for_each(|order| orders.emit(&order));
    assert_eq!(count.get(), 3);
}

// ANCHOR: panic
#[test]
fn the_others_still_run_and_the_first_panic_comes_back() {
    let orders = Emitter::new();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (second, fourth) = (Rc::clone(&heard), Rc::clone(&heard));
    let _guards = [
        orders.on(|_| panic!("첫째가 넘어졌다")),
        orders.on(move |_| second.borrow_mut().push("둘째")),
        orders.on(|_| panic!("셋째도 넘어졌다")),
        orders.on(move |_| fourth.borrow_mut().push("넷째")),
    ];
    let thrown = catch_unwind(AssertUnwindSafe(|| orders.emit(&1)));
    let payload = thrown.expect_err("패닉은 사라지지 않는다");
    assert_eq!(payload.downcast_ref(), Some(&"첫째가 넘어졌다"));
    assert_eq!(heard.take(), ["둘째", "넷째"]);
    assert_eq!(orders.listener_count(), 4);
}
// ANCHOR_END: panic
