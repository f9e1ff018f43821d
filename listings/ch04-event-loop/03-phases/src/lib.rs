//! 가상 시간으로 도는 Node의 이벤트 루프. 콜백의 차례는 Node 20(libuv 1.46)과 같다.
//!
//! 시간은 [`EventLoop::block`]으로 막을 때와, 할 일이 없어 `poll`에서 잘 때만 흐른다.
//! 콜백이 패닉하면 그 패닉이 [`EventLoop::run`]을 부른 쪽으로 나간다.

mod timers;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use ch03_01_promise::Microtasks;

use timers::Timers;

type Callback = Box<dyn FnOnce()>;

// ANCHOR: loop
/// 스레드 하나에서 도는 이벤트 루프. 복제해도 같은 루프를 가리킨다.
#[derive(Clone, Default)]
pub struct EventLoop(Rc<Inner>);

#[derive(Default)]
struct Inner {
    clock: Cell<u64>, // 마이크로초. 지금의 시각
    time: Cell<u64>,  // 밀리초. 루프가 마지막으로 시계를 본 시각
    ticks: RefCell<VecDeque<Callback>>,
    microtasks: Microtasks,
    timers: RefCell<Timers>,
    pending: RefCell<Vec<Callback>>,
    arrivals: RefCell<VecDeque<(u64, Callback)>>,
    immediates: RefCell<Vec<Callback>>,
    closing: RefCell<Vec<Callback>>,
}
// ANCHOR_END: loop

impl EventLoop {
    // ANCHOR: run
    /// 할 일이 없어질 때까지 돈다. 이제까지 부른 코드를 `main`으로 여긴다.
    pub fn run(&self) {
        self.drain();
        while self.alive() {
            self.run_timers();
            self.run_pending();
            self.sleep(); // idle, prepare: 콜백은 없고, 얼마나 잘지가 정해진다.
            self.run_arrived();
            self.run_immediates();
            self.run_closing();
        }
    }

    fn alive(&self) -> bool {
        !self.0.arrivals.borrow().is_empty()
            || self.0.timers.borrow().alarm().is_some()
            || self.must_not_sleep()
    }
    // ANCHOR_END: run

    // ANCHOR: drain
    /// nextTick 큐를 비우고, 마이크로태스크 큐를 비우고, 그사이 온 것이 있으면 되풀이한다.
    fn drain(&self) {
        loop {
            while let Some(tick) = pop(&self.0.ticks) {
                tick();
            }
            self.0.microtasks.run();
            if self.0.ticks.borrow().is_empty() {
                return;
            }
        }
    }

    /// 콜백마다 뒤따라 두 큐를 비운다.
    fn call_all(&self, callbacks: impl IntoIterator<Item = Callback>) {
        for callback in callbacks {
            callback();
            self.drain();
        }
    }
    // ANCHOR_END: drain

    // ANCHOR: timers
    fn run_timers(&self) {
        self.update_time();
        let alarm = || self.0.timers.borrow().alarm();
        while alarm().is_some_and(|alarm| alarm <= self.0.time.get()) {
            self.ring();
        }
    }

    fn ring(&self) {
        let now = self.update_time(); // 끝날 때까지 이 시각으로 고른다.
        let next = || self.0.timers.borrow_mut().pop_due(now);
        // 다음 것을 고른 다음에 앞의 콜백이 미룬 것을 비운다.
        while let Some(callback) = next() {
            self.drain();
            callback();
        }
        self.0.timers.borrow_mut().set_alarm(self.0.time.get());
        self.drain();
    }
    // ANCHOR_END: timers

    // ANCHOR: sleep
    /// 다른 단계에 할 일이 있으면 자지 않는다.
    fn must_not_sleep(&self) -> bool {
        let waiting = |queue: &RefCell<Vec<Callback>>| !queue.borrow().is_empty();
        waiting(&self.0.pending) || waiting(&self.0.immediates) || waiting(&self.0.closing)
    }

    /// 가장 먼저 울릴 타이머나 가장 먼저 올 소식까지 잔다.
    fn sleep(&self) {
        if self.must_not_sleep() {
            return;
        }
        let timer = self.0.timers.borrow().alarm();
        let arrival = self.0.arrivals.borrow().front().map(|(at, _)| *at);
        let wake = timer.map(|ms| ms * 1000).into_iter().chain(arrival).min();
        let clock = &self.0.clock;
        clock.set(wake.map_or(clock.get(), |wake| wake.max(clock.get())));
    }
    // ANCHOR_END: sleep

    // ANCHOR: queues
    fn run_arrived(&self) {
        let arrived: Vec<_> = {
            let mut arrivals = self.0.arrivals.borrow_mut();
            let count = arrivals.partition_point(|(at, _)| *at <= self.0.clock.get());
            arrivals.drain(..count).map(|(_, call)| call).collect()
        };
        self.call_all(arrived);
        for _ in 0..8 {
            self.run_pending(); // 방금 미룬 것은 한 바퀴를 기다리지 않는다.
        }
    }

    fn run_pending(&self) {
        self.call_all(self.0.pending.take());
    }

    fn run_immediates(&self) {
        self.call_all(self.0.immediates.take());
    }

    fn run_closing(&self) {
        self.call_all(self.0.closing.take().into_iter().rev()); // 나중에 닫은 것부터
    }
    // ANCHOR_END: queues
}

fn pop(queue: &RefCell<VecDeque<Callback>>) -> Option<Callback> {
    queue.borrow_mut().pop_front()
}

impl EventLoop {
    // ANCHOR: timeout
    /// `ms`밀리초 뒤에 timers 단계에서 부른다. 0은 1로 여긴다.
    pub fn set_timeout(&self, ms: u64, callback: impl FnOnce() + 'static) {
        let (ms, now) = (ms.max(1), self.update_time());
        let mut timers = self.0.timers.borrow_mut();
        timers.insert(ms, now, Box::new(callback));
    }
    // ANCHOR_END: timeout

    /// 다음 check 단계에서 부른다.
    pub fn set_immediate(&self, callback: impl FnOnce() + 'static) {
        self.0.immediates.borrow_mut().push(Box::new(callback));
    }

    /// 지금 도는 콜백이 끝나자마자, 마이크로태스크보다 먼저 부른다.
    pub fn next_tick(&self, callback: impl FnOnce() + 'static) {
        self.0.ticks.borrow_mut().push_back(Box::new(callback));
    }

    /// 지금 도는 콜백이 끝나고 nextTick 큐가 빈 다음에 부른다.
    pub fn microtask(&self, callback: impl FnOnce() + 'static) {
        self.0.microtasks.defer(callback);
    }

    /// 이 루프가 비우는 마이크로태스크 큐. 프로미스를 이 큐로 만들면 루프와 함께 돈다.
    #[must_use]
    pub fn microtasks(&self) -> &Microtasks {
        &self.0.microtasks
    }

    /// 다음 close 단계에서 부른다. 한 단계에서는 나중에 닫은 것부터 부른다.
    pub fn close(&self, callback: impl FnOnce() + 'static) {
        self.0.closing.borrow_mut().push(Box::new(callback));
    }

    /// 운영체제가 미룬 소식. 다음 pending 단계나, 바로 뒤따르는 poll의 끝에서 부른다.
    pub fn pending(&self, callback: impl FnOnce() + 'static) {
        self.0.pending.borrow_mut().push(Box::new(callback));
    }

    /// 이미 끝난 입출력. 다음 poll 단계에서 부른다.
    pub fn io(&self, callback: impl FnOnce() + 'static) {
        self.io_after(0, callback);
    }

    /// `ms`밀리초 뒤에 끝날 입출력. 그 뒤의 첫 poll 단계에서 부른다.
    pub fn io_after(&self, ms: u64, callback: impl FnOnce() + 'static) {
        let at = self.0.clock.get() + ms * 1000;
        let mut arrivals = self.0.arrivals.borrow_mut();
        let place = arrivals.partition_point(|(other, _)| *other <= at);
        arrivals.insert(place, (at, Box::new(callback)));
    }

    // ANCHOR: clock
    /// 지금의 시각. 밀리초이며 그 아래는 버린다.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.0.clock.get() / 1000
    }

    /// 시계를 보고 루프의 시각을 맞춘다.
    fn update_time(&self) -> u64 {
        self.0.time.set(self.now());
        self.now()
    }

    /// 지금 도는 콜백이 루프를 `us`마이크로초 막는다.
    pub fn block(&self, us: u64) {
        self.0.clock.update(|clock| clock + us);
    }
    // ANCHOR_END: clock
}
