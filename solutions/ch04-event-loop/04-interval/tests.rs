//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch04_03_phases::EventLoop;
use ex04_04_interval::{Interval, set_interval};

/// 언제 불렸는지 적는 곳. 복제해도 같은 곳이다.
#[derive(Clone, Default)]
struct Calls(Rc<RefCell<Vec<u64>>>);

impl Calls {
    fn note(&self, on: &EventLoop) -> usize {
        self.0.borrow_mut().push(on.now());
        self.0.borrow().len()
    }

    fn times(&self) -> Vec<u64> {
        self.0.borrow().clone()
    }
}

/// `count`번 부르고 나서 스스로 멈추는 것을 건다. 부를 때마다 `block`밀리초를 막는다.
fn beat(on: &EventLoop, ms: u64, count: usize, block: u64) -> (Calls, Interval) {
    let calls = Calls::default();
    let (inner, note) = (on.clone(), calls.clone());
    let interval = set_interval(on, ms, move |me| {
        let called = note.note(&inner);
        inner.block(block * 1_000);
        if called == count {
            me.clear();
        }
    });
    (calls, interval)
}

/// 멈출 때까지 되풀이한다
#[test]
fn basic_it_repeats_until_cleared() {
    let on = EventLoop::default();
    let (calls, _interval) = beat(&on, 10, 3, 0);
    assert_eq!(
        calls.times(),
        [],
        "거는 자리에서 곧바로 부르면 안 됩니다. 첫 번째는 10밀리초 뒤입니다"
    );
    on.run();
    assert_eq!(
        calls.times(),
        [10, 20, 30],
        "10밀리초마다 부르고, 세 번째에서 스스로 멈추었으니 더 부르지 않아야 합니다"
    );
}

/// 스스로 멈추면 루프도 끝난다
#[test]
fn clearing_itself_lets_the_loop_end() {
    let on = EventLoop::default();
    let (_, _interval) = beat(&on, 10, 2, 0);
    on.run();
    assert_eq!(
        on.now(),
        20,
        "멈춘 다음에 또 걸면, 부르지 않을 것을 기다리느라 루프가 끝나지 못합니다"
    );
}

/// 건 때부터 센다
#[test]
fn it_counts_from_when_it_was_set() {
    let on = EventLoop::default();
    let started = Rc::new(RefCell::new(None));
    let (inner, keep) = (on.clone(), Rc::clone(&started));
    on.set_timeout(7, move || *keep.borrow_mut() = Some(beat(&inner, 10, 2, 0)));
    on.run();
    let calls = started
        .borrow()
        .as_ref()
        .map(|(calls, _): &(Calls, Interval)| calls.times());
    assert_eq!(
        calls,
        Some(vec![17, 27]),
        "7밀리초에 걸었으면 17밀리초와 27밀리초입니다"
    );
}

/// 느린 콜백이 다음 때를 밀지 않는다
#[test]
fn a_slow_callback_does_not_shift_the_rest() {
    let on = EventLoop::default();
    let (calls, _interval) = beat(&on, 10, 4, 3);
    on.run();
    assert_eq!(
        calls.times(),
        [10, 20, 30, 40],
        "콜백이 3밀리초씩 걸려도 때는 10밀리초마다입니다. 끝난 때부터 세면 조금씩 밀립니다"
    );
}

/// 남이 막아 늦게 불러도 다음 때는 그대로이다
#[test]
fn a_late_call_does_not_shift_the_rest() {
    let on = EventLoop::default();
    let (calls, _interval) = beat(&on, 10, 3, 0);
    let inner = on.clone();
    on.set_timeout(5, move || inner.block(8_000));
    on.run();
    assert_eq!(
        calls.times(),
        [13, 20, 30],
        "13밀리초까지 막혀 늦게 불렀어도 다음은 20밀리초입니다"
    );
}

/// 이미 지난 때는 건너뛴다
#[test]
fn missed_ones_are_skipped() {
    let on = EventLoop::default();
    let (calls, _interval) = beat(&on, 10, 3, 0);
    let inner = on.clone();
    on.set_timeout(5, move || inner.block(30_000));
    on.run();
    assert_eq!(
        calls.times(),
        [35, 40, 50],
        "35밀리초에는 10, 20, 30밀리초가 모두 지났습니다. 밀린 것은 한 번만 부르고 다음은 40밀리초입니다"
    );
}

/// 콜백이 오래 걸려 지난 때도 건너뛴다
#[test]
fn ones_missed_by_the_callback_are_skipped() {
    for (block, expected) in [(25, [10, 40, 70]), (10, [10, 30, 50])] {
        let on = EventLoop::default();
        let (calls, _interval) = beat(&on, 10, 3, block);
        on.run();
        assert_eq!(
            calls.times(),
            expected,
            "콜백이 {block}밀리초 걸리면, 끝난 시각보다 뒤인 첫 때가 다음입니다"
        );
    }
}

/// 밖에서도 멈춘다
#[test]
fn it_can_be_cleared_from_outside() {
    let on = EventLoop::default();
    let (calls, interval) = beat(&on, 10, 100, 0);
    let copy = interval.clone();
    on.set_timeout(25, move || {
        copy.clear();
        copy.clear();
    });
    on.run();
    assert_eq!(
        calls.times(),
        [10, 20],
        "25밀리초에 복제한 손잡이로 멈추었으니 30밀리초에는 부르지 않아야 합니다"
    );
    interval.clear();
}

/// 걸자마자 멈추면 한 번도 부르지 않는다
#[test]
fn clearing_before_the_first_call() {
    let on = EventLoop::default();
    let (calls, interval) = beat(&on, 10, 1, 0);
    interval.clear();
    on.run();
    assert_eq!(calls.times(), [], "첫 번째를 부르기 전에 멈추었습니다");
}

/// 같은 바퀴에 때가 된 것도 멈출 수 있다
#[test]
fn one_due_in_the_same_turn_can_be_cleared() {
    let on = EventLoop::default();
    let second = Rc::new(RefCell::new(None::<Interval>));
    let victim = Rc::clone(&second);
    let _first = set_interval(&on, 10, move |me| {
        me.clear();
        if let Some(victim) = victim.borrow().as_ref() {
            victim.clear();
        }
    });
    let (calls, interval) = beat(&on, 10, 1, 0);
    *second.borrow_mut() = Some(interval);
    on.run();
    assert_eq!(
        calls.times(),
        [],
        "둘 다 10밀리초가 되었어도, 먼저 불린 것이 멈춘 것은 부르지 않아야 합니다"
    );
}

/// 마이크로태스크가 멈춘 것도 부르지 않는다
#[test]
fn a_microtask_can_clear_the_next_one() {
    let on = EventLoop::default();
    let second = Rc::new(RefCell::new(None::<Interval>));
    let (inner, victim) = (on.clone(), Rc::clone(&second));
    let _first = set_interval(&on, 10, move |me| {
        me.clear();
        let victim = Rc::clone(&victim);
        inner.microtask(move || victim.borrow().iter().for_each(Interval::clear));
    });
    let (calls, interval) = beat(&on, 10, 1, 0);
    *second.borrow_mut() = Some(interval);
    on.run();
    assert_eq!(
        calls.times(),
        [],
        "앞의 콜백이 미룬 마이크로태스크는 다음 콜백보다 먼저 돌고, 그때 멈춘 것은 부르지 않아야 합니다"
    );
}

/// 콜백 사이에 마이크로태스크가 돈다
#[test]
fn microtasks_run_between_calls() {
    let on = EventLoop::default();
    let story = Rc::new(RefCell::new(Vec::new()));
    for (call, after) in [("가", "가의 뒤"), ("나", "나의 뒤")] {
        let (inner, story) = (on.clone(), Rc::clone(&story));
        set_interval(&on, 10, move |me| {
            me.clear();
            story.borrow_mut().push(call);
            let story = Rc::clone(&story);
            inner.microtask(move || story.borrow_mut().push(after));
        });
    }
    on.run();
    assert_eq!(
        *story.borrow(),
        ["가", "가의 뒤", "나", "나의 뒤"],
        "콜백을 한꺼번에 부르지 않고 하나씩 루프에 걸어야 그 사이에 마이크로태스크가 돕니다"
    );
}

/// 손잡이를 버려도 계속 부른다
#[test]
fn dropping_the_handle_does_not_stop_it() {
    let on = EventLoop::default();
    let (calls, interval) = beat(&on, 10, 3, 0);
    drop(interval);
    on.run();
    assert_eq!(
        calls.times(),
        [10, 20, 30],
        "멈추는 것은 clear뿐입니다. 손잡이를 버리는 것은 멈추겠다는 뜻이 아닙니다"
    );
}

/// 콜백 안에서 다른 것을 건다
#[test]
fn a_callback_may_set_another() {
    let on = EventLoop::default();
    let calls = Calls::default();
    let (inner, note) = (on.clone(), calls.clone());
    set_interval(&on, 10, move |me| {
        me.clear();
        let (deeper, note, count) = (inner.clone(), note.clone(), Cell::new(0));
        set_interval(&inner, 4, move |me| {
            count.set(note.note(&deeper));
            if count.get() == 2 {
                me.clear();
            }
        });
    });
    on.run();
    assert_eq!(
        calls.times(),
        [14, 18],
        "10밀리초에 건 4밀리초짜리는 14밀리초와 18밀리초에 불려야 합니다"
    );
}

/// 간격이 다른 둘은 서로를 밀지 않는다
#[test]
fn two_intervals_keep_their_own_times() {
    let on = EventLoop::default();
    let (short, _short) = beat(&on, 10, 4, 0);
    let (long, _long) = beat(&on, 15, 2, 0);
    on.run();
    assert_eq!(
        (short.times(), long.times()),
        (vec![10, 20, 30, 40], vec![15, 30]),
        "10밀리초짜리와 15밀리초짜리는 저마다 건 때부터 셉니다"
    );
}

/// 0은 1로 여긴다
#[test]
fn zero_is_one() {
    let on = EventLoop::default();
    let (calls, _interval) = beat(&on, 0, 3, 0);
    on.run();
    assert_eq!(
        calls.times(),
        [1, 2, 3],
        "0밀리초마다 부르면 시간이 흐르지 않으므로 1밀리초로 여깁니다"
    );
}
