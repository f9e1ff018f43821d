//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use ch02_06_event_emitter::Emitter;
use ex02_04_once::once;

/// 받은 것을 모두 적는 리스너와 그 기록.
fn recorder() -> (impl Fn(&u32), Rc<RefCell<Vec<u32>>>) {
    let log: Rc<RefCell<Vec<u32>>> = Rc::default();
    let record = Rc::clone(&log);
    (move |event: &u32| record.borrow_mut().push(*event), log)
}

/// 첫 이벤트만 듣는다
#[test]
fn basic_only_the_first_event_is_heard() {
    let emitter = Emitter::new();
    let (listener, log) = recorder();
    let _once = once(&emitter, listener);
    emitter.emit(&1);
    emitter.emit(&2);
    assert_eq!(log.take(), [1], "첫 이벤트만 한 번 들어야 합니다");
}

/// 다른 리스너는 계속 듣는다
#[test]
fn basic_others_keep_listening() {
    let emitter = Emitter::new();
    let (listener, log) = recorder();
    let _always = emitter.on(listener);
    let _once = once(&emitter, |_| {});
    emitter.emit(&1);
    emitter.emit(&2);
    assert_eq!(
        log.take(),
        [1, 2],
        "once는 다른 리스너에 손대지 않아야 합니다"
    );
}

/// 들은 다음에는 목록에 남지 않는다
#[test]
fn nothing_is_left_after_hearing() {
    let emitter = Emitter::new();
    let guards: Vec<_> = (0..100).map(|_| once(&emitter, |_: &u32| {})).collect();
    assert_eq!(
        emitter.listener_count(),
        100,
        "듣기 전에는 붙어 있어야 합니다"
    );
    emitter.emit(&1);
    assert_eq!(
        emitter.listener_count(),
        0,
        "가드를 쥐고 있어도, 들은 리스너는 목록에서 떨어져야 합니다"
    );
    drop(guards);
}

/// 부르기 전에 떨어진다
#[test]
fn it_is_detached_before_the_call() {
    let emitter = Rc::new(Emitter::new());
    let (inside, count) = (Rc::clone(&emitter), Rc::new(Cell::new(None)));
    let report = Rc::clone(&count);
    let _once = once(&emitter, move |_: &u32| {
        report.set(Some(inside.listener_count()));
    });
    emitter.emit(&1);
    assert_eq!(
        count.get(),
        Some(0),
        "listener가 도는 동안 목록에 남아 있으면 안 됩니다"
    );
}

/// 듣는 동안 또 알려도 된다
#[test]
fn emitting_inside_does_not_call_again() {
    let emitter = Rc::new(Emitter::new());
    let (record, log) = recorder();
    let inside = Rc::clone(&emitter);
    let _once = once(&emitter, move |event: &u32| {
        record(event);
        inside.emit(&(event + 1));
    });
    emitter.emit(&1);
    assert_eq!(
        log.take(),
        [1],
        "listener가 같은 이미터에 또 알려도 다시 불리지 않아야 합니다"
    );
}

/// 패닉해도 목록에 남지 않는다
#[test]
fn a_panicking_listener_is_detached_too() {
    let emitter = Emitter::new();
    let _once = once(&emitter, |_: &u32| panic!("듣다가 일부러 패닉합니다"));
    let emit = || emitter.emit(&1);
    assert!(
        catch_unwind(AssertUnwindSafe(emit)).is_err(),
        "listener의 패닉은 emit을 부른 쪽에 전해져야 합니다"
    );
    assert_eq!(
        emitter.listener_count(),
        0,
        "패닉한 리스너도 목록에서 떨어져야 합니다"
    );
}

/// 듣기 전에 가드를 버리면 듣지 않는다
#[test]
fn dropping_the_guard_first_cancels() {
    let emitter = Emitter::new();
    let (record, log) = recorder();
    let held = Rc::new(());
    let captured = Rc::clone(&held);
    let guard = once(&emitter, move |event: &u32| {
        record(event);
        drop(captured);
    });
    drop(guard);
    assert_eq!(
        emitter.listener_count(),
        0,
        "가드를 버리면 목록에서 떨어져야 합니다"
    );
    assert_eq!(
        Rc::strong_count(&held),
        1,
        "가드를 버리면 listener가 쥔 것도 버려져야 합니다"
    );
    emitter.emit(&1);
    assert_eq!(log.take(), [0; 0], "버린 다음에는 듣지 않아야 합니다");
}
