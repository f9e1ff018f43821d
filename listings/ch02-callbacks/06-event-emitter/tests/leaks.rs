//! 리스너와 그것이 쥔 것이 제때 사라지는지. 산 것의 수와 바이트로 센다.

use std::cell::RefCell;
use std::rc::Rc;

use ch02_06_event_emitter::faulty::StrongSubscription;
use ch02_06_event_emitter::live_bytes::{Counting, live_bytes};
use ch02_06_event_emitter::{Emitter, Subscription};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// 세려고 리스너에 쥐여 주는 표. `Rc::strong_count`에서 시험의 몫 하나를 빼면 산 리스너의 수다.
type Token = Rc<()>;

/// 리스너를 붙이는 함수. 가드의 타입 `G`만 다르다.
type On<G> = fn(&Emitter<u32>, Box<dyn Fn(&u32)>) -> G;

#[test]
fn dropping_the_guard_drops_the_listener() {
    let (orders, token) = (Emitter::<u32>::new(), Token::default());
    let held = Rc::clone(&token);
    let guard = orders.on(move |_| _ = &held);
    assert_eq!((orders.listener_count(), Rc::strong_count(&token)), (1, 2));
    drop(guard);
    assert_eq!((orders.listener_count(), Rc::strong_count(&token)), (0, 1));
}

#[test]
fn an_underscore_drops_the_guard_at_once() {
    let orders = Emitter::<u32>::new();
    let _ = orders.on(|_| {});
    assert_eq!(orders.listener_count(), 0);
    let _guard = orders.on(|_| {});
    assert_eq!(orders.listener_count(), 1);
}

#[test]
fn a_guard_may_outlive_its_emitter() {
    let (orders, token) = (Emitter::<u32>::new(), Token::default());
    let held = Rc::clone(&token);
    let guard = orders.on(move |_| _ = &held);
    drop(orders);
    assert_eq!(Rc::strong_count(&token), 1);
    drop(guard);
}

#[test]
fn closing_more_windows_leaves_no_more_bytes() {
    let left_after = |windows: u32| {
        let orders = Emitter::<u32>::new();
        let before = live_bytes();
        for _ in 0..windows {
            let pixels = vec![0_u8; 1024];
            drop(orders.on(move |_| assert_eq!(pixels.len(), 1024)));
        }
        live_bytes() - before
    };
    assert_eq!(left_after(1), left_after(1000));
    let before = live_bytes();
    left_after(1000);
    assert_eq!(live_bytes() - before, 0);
}

// ANCHOR: cycle
/// 리스너가 제 가드를 쥔 채로 이미터를 버린다. 그러고도 살아 있는 리스너의 수를 센다.
fn listeners_left<G: 'static>(on: On<G>) -> usize {
    let orders = Emitter::new();
    let own_guard = Rc::new(RefCell::new(None));
    let (inside, left) = (Rc::clone(&own_guard), Rc::downgrade(&own_guard));
    let guard = on(&orders, Box::new(move |_| drop(inside.take())));
    own_guard.replace(Some(guard));
    drop((orders, own_guard));
    left.strong_count()
}

#[test]
fn a_strong_guard_and_its_listener_keep_each_other() {
    assert_eq!(
        listeners_left(|orders, f| StrongSubscription::on(orders, f)),
        1
    );
    assert_eq!(listeners_left(|orders, f| orders.on(f)), 0);
}
// ANCHOR_END: cycle

// ANCHOR: strong_window
struct Window {
    subscription: RefCell<Option<Subscription<u32>>>,
}

/// 리스너가 창을 강하게 붙잡는 꼴. 창은 가드를 쥐고 리스너는 창을 쥔다.
fn open_strongly(orders: &Emitter<u32>) -> Rc<Window> {
    let subscription = RefCell::new(None);
    let window = Rc::new(Window { subscription });
    let same_window = Rc::clone(&window);
    let guard = orders.on(move |_| assert!(same_window.subscription.borrow().is_some()));
    window.subscription.replace(Some(guard));
    window
}
// ANCHOR_END: strong_window

/// 리스너가 창을 약하게 붙잡는 꼴.
fn open_weakly(orders: &Emitter<u32>) -> Rc<Window> {
    Rc::new_cyclic(|window| {
        let window = window.clone();
        let guard = orders.on(move |_| drop(window.upgrade()));
        let subscription = RefCell::new(Some(guard));
        Window { subscription }
    })
}

// ANCHOR: window_test
#[test]
fn a_window_held_by_its_own_listener_lives_as_long_as_the_emitter() {
    let orders = Emitter::new();
    let closed = |_| Rc::downgrade(&open_strongly(&orders));
    let windows: Vec<_> = (0..1000).map(closed).collect();
    let alive = || windows.iter().filter(|w| w.strong_count() > 0).count();
    assert_eq!((orders.listener_count(), alive()), (1000, 1000));
    drop(orders);
    assert_eq!(alive(), 0);

    let orders = Emitter::new();
    for _ in 0..1000 {
        drop(open_weakly(&orders));
    }
    assert_eq!(orders.listener_count(), 0);
}
// ANCHOR_END: window_test

// ANCHOR: guard_in_listener
/// 리스너가 다른 리스너의 가드를 쥔다. 바깥 가드를 버리면 안쪽 가드도 버려진다.
fn drop_guard_held_by_listener<G: 'static>(on: On<G>) -> usize {
    let orders = Emitter::new();
    let inner = on(&orders, Box::new(|_| {}));
    let outer = on(&orders, Box::new(move |_| _ = &inner));
    drop(outer);
    orders.listener_count()
}

#[test]
#[should_panic(expected = "already borrowed")]
fn dropping_a_listener_inside_the_borrow_panics() {
    drop_guard_held_by_listener(|orders, f| StrongSubscription::on(orders, f));
}

#[test]
fn dropping_a_listener_after_the_borrow_removes_both() {
    assert_eq!(drop_guard_held_by_listener(|orders, f| orders.on(f)), 0);
}
// ANCHOR_END: guard_in_listener
