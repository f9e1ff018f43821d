//! 이벤트 루프의 단계마다 콜백을 하나씩 걸고, 불리는 차례를 본다. 차례는 모두 Node와 같다.

use std::cell::Cell;
use std::rc::Rc;

use ch03_01_promise::Promise;
use ch04_03_phases::EventLoop;

type Story = fn(&EventLoop);

const STORIES: [(&str, Story); 9] = [
    ("한 바퀴", lap),
    ("틈", gaps),
    ("두 큐", two_queues),
    ("프로미스", promise),
    ("다음 바퀴", next_lap),
    ("시작이 느릴 때", slow_start),
    ("입출력 콜백에서", from_io),
    ("굶는 타이머", |on| {
        chain(on, |on, step| on.next_tick(step))
    }),
    ("양보하는 일", |on| {
        chain(on, |on, step| on.set_immediate(step))
    }),
];

/// 시간이 흐르는 것을 정할 수 있는 가상 시간에서만 늘 같은 이야기들.
const ONLY_HERE: [(&str, Story); 2] = [
    ("시작이 빠를 때", fast_start),
    ("자지 않는 poll", sleepless),
];

fn main() {
    for (title, story) in STORIES.into_iter().chain(ONLY_HERE) {
        println!("== {title} ==");
        let event_loop = EventLoop::default();
        story(&event_loop);
        event_loop.run();
    }
}

/// 불리면 `line`을 찍는 콜백.
fn say(line: impl Into<String>) -> impl FnOnce() {
    let line = line.into();
    move || println!("{line}")
}

// ANCHOR: lap
fn lap(on: &EventLoop) {
    on.close(say("close: 닫힘"));
    on.set_immediate(say("check: setImmediate"));
    on.io(say("poll: 읽을 것이 옴"));
    on.pending(say("pending: 미뤄 둔 오류"));
    on.set_timeout(1, say("timers: 타이머가 울림"));
    on.microtask(say("틈: 마이크로태스크"));
    on.next_tick(say("틈: nextTick"));
    on.block(2_000); // 타이머가 울릴 때가 된다.
    println!("main: 끝");
}
// ANCHOR_END: lap

// ANCHOR: gaps
fn gaps(on: &EventLoop) {
    for name in ["첫째", "둘째"] {
        let queues = on.clone();
        on.set_timeout(1, move || {
            println!("timers: {name} 타이머");
            queues.microtask(say(format!("틈: {name}가 건 마이크로태스크")));
            queues.next_tick(say(format!("틈: {name}가 건 nextTick")));
        });
    }
    on.block(2_000);
}
// ANCHOR_END: gaps

// ANCHOR: two-queues
fn two_queues(on: &EventLoop) {
    let (first, queues) = (on.clone(), on.clone());
    on.next_tick(move || {
        println!("nextTick 하나");
        first.microtask(say("마이크로태스크 둘"));
        first.next_tick(say("nextTick 둘"));
    });
    on.microtask(move || {
        println!("마이크로태스크 하나");
        queues.next_tick(say("nextTick 셋"));
        queues.microtask(say("마이크로태스크 셋"));
    });
}
// ANCHOR_END: two-queues

// ANCHOR: promise
fn promise(on: &EventLoop) {
    let (answer, resolver) = Promise::<_, ()>::pending(on.microtasks());
    let told = answer.then(|text| Ok(format!("답은 {text}")));
    told.done(|text| println!("틈: {}", text.unwrap_or_default()));
    on.set_immediate(say("check: setImmediate"));
    on.io(move || {
        println!("poll: 읽을 것이 옴");
        resolver.resolve(Ok("42"));
    });
}
// ANCHOR_END: promise

// ANCHOR: next-lap
fn next_lap(on: &EventLoop) {
    let again = on.clone();
    on.set_immediate(move || {
        println!("check: 첫 바퀴");
        again.set_immediate(say("check: 둘째 바퀴"));
        again.io(say("poll: 둘째 바퀴"));
        again.close(say("close: 첫 바퀴, 나중에 닫은 것"));
    });
    on.close(say("close: 첫 바퀴, 먼저 닫은 것"));
}
// ANCHOR_END: next-lap

// ANCHOR: start
fn race(on: &EventLoop) {
    on.set_timeout(0, say("timers: setTimeout 0"));
    on.set_immediate(say("check: setImmediate"));
}

fn slow_start(on: &EventLoop) {
    race(on);
    on.block(2_000);
}
// ANCHOR_END: start

// ANCHOR: fast-start
fn fast_start(on: &EventLoop) {
    let line = |text| say(format!("[Rust] {text}"));
    on.set_timeout(0, line("timers: setTimeout 0"));
    on.set_immediate(line("check: setImmediate"));
    on.block(200); // 1밀리초가 되지 않았다.
}
// ANCHOR_END: fast-start

// ANCHOR: from-io
fn from_io(on: &EventLoop) {
    let inside = on.clone();
    on.io(move || {
        race(&inside);
        inside.block(2_000);
    });
}
// ANCHOR_END: from-io

// ANCHOR: sleepless
fn sleepless(on: &EventLoop) {
    let at = |on: &EventLoop, name| {
        let on = on.clone();
        move || println!("[Rust] {name}: {}ms", on.now())
    };
    on.set_timeout(10, at(on, "timers"));
    on.io_after(4, at(on, "poll"));
    on.set_immediate(at(on, "check"));
}
// ANCHOR_END: sleepless

// ANCHOR: chain
const STEPS: u32 = 1000;

/// 한 걸음마다 `defer`로 다음 걸음을 미루고, 그사이 울린 타이머를 본다.
fn chain(on: &EventLoop, defer: fn(&EventLoop, Box<dyn FnOnce()>)) {
    let walked = Rc::new(Cell::new(0));
    let seen = Rc::clone(&walked);
    on.set_timeout(1, move || println!("timers: {}걸음 뒤에 울림", seen.get()));
    step(on.clone(), walked, defer);
    on.block(2_000);
}

fn step(on: EventLoop, walked: Rc<Cell<u32>>, defer: fn(&EventLoop, Box<dyn FnOnce()>)) {
    if walked.get() == STEPS {
        return println!("{STEPS}걸음을 다 감");
    }
    let next = on.clone();
    defer(
        &next,
        Box::new(move || {
            walked.update(|steps| steps + 1);
            step(on, walked, defer);
        }),
    );
}
// ANCHOR_END: chain
