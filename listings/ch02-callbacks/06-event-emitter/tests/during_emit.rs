//! `emit`이 도는 동안 목록이 바뀔 때. 같은 각본을 옳은 이미터와 틀린 두 꼴에 돌린다.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use ch02_06_event_emitter::Emitter;
use ch02_06_event_emitter::faulty::ByHand;

type Listener = Box<dyn Fn(&u32)>;

/// 부르면 리스너 하나를 뗀다.
type Off = Box<dyn FnOnce()>;

/// 각본이 쓰는 것만 추린 이미터.
struct Bus {
    on: Box<dyn Fn(Listener) -> Off>,
    emit: Box<dyn Fn(u32)>,
}

// ANCHOR: buses
fn right() -> Rc<Bus> {
    let orders = Rc::new(Emitter::new());
    let same_orders = Rc::clone(&orders);
    let on = move |listener: Listener| -> Off {
        let guard = orders.on(listener);
        Box::new(move || drop(guard))
    };
    let (on, emit) = (
        Box::new(on),
        Box::new(move |order| same_orders.emit(&order)),
    );
    Rc::new(Bus { on, emit })
}

fn by_hand(emit: fn(&ByHand<u32>, &u32)) -> Rc<Bus> {
    let orders = Rc::new(ByHand::default());
    let same_orders = Rc::clone(&orders);
    let on = move |listener: Listener| -> Off {
        let (orders, id) = (Rc::clone(&orders), orders.on(listener));
        Box::new(move || orders.off(id))
    };
    let (on, emit) = (
        Box::new(on),
        Box::new(move |order| emit(&same_orders, &order)),
    );
    Rc::new(Bus { on, emit })
}
// ANCHOR_END: buses

// ANCHOR: leave
/// 손님은 한 번 듣고 스스로 떨어지고, 기록은 계속 듣는다. 주문 둘에 불린 이름을 모은다.
fn guest_leaves(orders: Rc<Bus>) -> Vec<&'static str> {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let guest: Rc<RefCell<Option<Off>>> = Rc::default();
    let (noted, own_off) = (Rc::clone(&heard), Rc::clone(&guest));
    let off = (orders.on)(Box::new(move |_| {
        noted.borrow_mut().push("손님");
        own_off.take().expect("한 번만 불린다")();
    }));
    guest.replace(Some(off));
    let noted = Rc::clone(&heard);
    let _off = (orders.on)(Box::new(move |_| noted.borrow_mut().push("기록")));
    (orders.emit)(1);
    (orders.emit)(2);
    heard.take()
}
// ANCHOR_END: leave

// ANCHOR: leave-tests
#[test]
fn leaving_makes_the_index_skip_the_next_listener() {
    let by_index = guest_leaves(by_hand(ByHand::emit_by_index));
    assert_eq!(by_index, ["손님", "기록"]);
    assert_eq!(guest_leaves(right()), ["손님", "기록", "기록"]);
}

#[test]
#[should_panic(expected = "already borrowed")]
fn leaving_panics_while_the_list_is_borrowed() {
    guest_leaves(by_hand(ByHand::emit_borrowed));
}
// ANCHOR_END: leave-tests

// ANCHOR: multiply
/// 불릴 때마다 저와 같은 리스너를 하나 더 붙인다. 끝나지 않을 수 있으므로 백 번째에서 멈춘다.
fn multiply(orders: Weak<Bus>, calls: Rc<Cell<u32>>) -> Listener {
    Box::new(move |_| {
        calls.set(calls.get() + 1);
        if calls.get() < 100 {
            let bus = orders.upgrade().expect("emit이 도는 동안은 산다");
            let again = multiply(Weak::clone(&orders), Rc::clone(&calls));
            std::mem::forget((bus.on)(again)); // 떼지 않는다.
        }
    })
}

fn calls_in_one_emit(orders: Rc<Bus>) -> u32 {
    let calls = Rc::new(Cell::new(0));
    let _off = (orders.on)(multiply(Rc::downgrade(&orders), Rc::clone(&calls)));
    (orders.emit)(1);
    calls.get()
}

#[test]
fn a_listener_that_adds_another_is_called_once() {
    let by_index = calls_in_one_emit(by_hand(ByHand::emit_by_index));
    assert_eq!((by_index, calls_in_one_emit(right())), (100, 1));
}
// ANCHOR_END: multiply

#[test]
#[should_panic(expected = "already borrowed")]
fn adding_panics_while_the_list_is_borrowed() {
    calls_in_one_emit(by_hand(ByHand::emit_borrowed));
}
