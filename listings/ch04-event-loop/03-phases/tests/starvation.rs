//! 끝없이 다음 일을 미루는 코드가 타이머를 얼마나 밀어내는지 센다.

use std::cell::Cell;
use std::rc::Rc;

use ch04_03_phases::EventLoop;

type Defer = fn(&EventLoop, Box<dyn FnOnce()>);

const LIMIT: u32 = 1000;

// ANCHOR: late
/// 10밀리초 타이머가 울린 시각. 걸음마다 1밀리초가 흐르고 `LIMIT`걸음에서 멈춘다.
fn rings_at(defer: Defer) -> u64 {
    let (on, rang) = (EventLoop::default(), Rc::new(Cell::new(0)));
    let (clock, slot) = (on.clone(), Rc::clone(&rang));
    on.set_timeout(10, move || slot.set(clock.now()));
    step(on.clone(), LIMIT, defer);
    on.run();
    rang.get()
}

fn step(on: EventLoop, left: u32, defer: Defer) {
    let next = on.clone();
    let walk = move || {
        on.block(1000);
        step(on, left - 1, defer);
    };
    if left > 0 {
        defer(&next, Box::new(walk));
    }
}

// ANCHOR_END: late

// ANCHOR: starve
#[test]
fn the_gap_starves_the_loop_and_the_phases_do_not() {
    assert_eq!(rings_at(|on, step| on.next_tick(step)), 1000);
    assert_eq!(rings_at(|on, step| on.microtask(step)), 1000);
    assert_eq!(rings_at(|on, step| on.set_immediate(step)), 10);
    assert_eq!(rings_at(|on, step| on.io(step)), 10);
    assert_eq!(rings_at(|on, step| on.close(step)), 10);
}
// ANCHOR_END: starve
