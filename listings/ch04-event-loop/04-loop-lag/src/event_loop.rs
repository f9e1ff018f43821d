//! 스레드 하나로 도는 작은 이벤트 루프.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::histogram::Histogram;
use crate::offload::Mail;

// ANCHOR: loop
type Handler = Box<dyn FnOnce(&mut EventLoop)>;
type Event = (&'static str, Handler);

/// 처리 함수는 하나씩 부른다. 하나가 도는 동안 나머지는 모두 기다린다.
pub struct EventLoop {
    pub clock: Clock,
    queue: VecDeque<Event>,
    timers: BTreeMap<(Duration, u64), Event>,
    next_timer: u64,
    /// 한 바퀴에 큐의 일에 쓸 시간.
    budget: Duration,
    pub mail: (Sender<Mail>, Receiver<Mail>),
    /// 맡기고 아직 돌려받지 못한 일의 수.
    pub away: usize,
    /// 박동이 예정보다 늦은 만큼.
    pub lag: Histogram,
    pub runs: BTreeMap<&'static str, Runs>,
    /// 지금 도는 처리 함수의 이름. 다른 스레드도 볼 수 있다.
    pub running: Arc<Mutex<Option<&'static str>>>,
    pub story: Vec<String>,
}
// ANCHOR_END: loop

// ANCHOR: runs
/// 이름이 같은 처리 함수들이 루프를 쥔 기록.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Runs {
    pub count: usize,
    pub total: Duration,
    pub longest: Duration,
}

impl EventLoop {
    fn call(&mut self, (name, handler): Event) {
        *self.running.lock().expect("패닉하지 않는다") = Some(name);
        let start = self.now();
        handler(self);
        let took = self.now() - start;
        *self.running.lock().expect("패닉하지 않는다") = None;
        let runs = self.runs.entry(name).or_default();
        runs.count += 1;
        runs.total += took;
        runs.longest = runs.longest.max(took);
    }
    // ANCHOR_END: runs

    // ANCHOR: run
    /// 걸린 타이머도, 선 일도, 맡긴 일도 없을 때까지 돈다.
    pub fn run(&mut self) {
        while self.has_work() {
            self.receive();
            self.fire_timers();
            self.take_turn();
            self.sleep();
        }
    }

    fn fire_timers(&mut self) {
        let now = self.now();
        while let Some(timer) = self.timers.first_entry()
            && timer.key().0 <= now
        {
            let event = timer.remove();
            self.call(event);
        }
    }
    // ANCHOR_END: run

    // ANCHOR: take_turn
    /// 이번 바퀴가 시작할 때 서 있던 일을 부른다. 몫을 다 쓰면 남은 것은 다음 바퀴로 미룬다.
    fn take_turn(&mut self) {
        let start = self.now();
        for _ in 0..self.queue.len() {
            let event = self.queue.pop_front().expect("길이만큼만 꺼낸다");
            self.call(event);
            if self.now() - start >= self.budget {
                return;
            }
        }
    }
    // ANCHOR_END: take_turn

    // ANCHOR: sleep
    /// 설 일이 없으면 다음 타이머나 소식까지 잔다.
    fn sleep(&mut self) {
        if !self.queue.is_empty() {
            return;
        }
        let next = self.timers.keys().next().map(|key| key.0);
        match (&mut self.clock, next) {
            (Clock::Virtual(now), Some(next)) => *now = next.max(*now),
            (Clock::Virtual(_), None) => {}
            (Clock::Real(start), Some(next)) => {
                let left = (*start + next).saturating_duration_since(Instant::now());
                if let Ok(mail) = self.mail.1.recv_timeout(left) {
                    self.accept(mail);
                }
            }
            (Clock::Real(_), None) if self.away > 0 => {
                let mail = self.mail.1.recv().expect("송신자는 루프에도 있다");
                self.accept(mail);
            }
            (Clock::Real(_), None) => {}
        }
    }
    // ANCHOR_END: sleep

    pub fn new(clock: Clock) -> EventLoop {
        EventLoop {
            clock,
            queue: VecDeque::new(),
            timers: BTreeMap::new(),
            next_timer: 0,
            budget: Duration::MAX,
            mail: channel(),
            away: 0,
            lag: Histogram::default(),
            runs: BTreeMap::new(),
            running: Arc::default(),
            story: Vec::new(),
        }
    }

    pub fn with_budget(self, budget: Duration) -> EventLoop {
        EventLoop { budget, ..self }
    }

    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    /// 루프를 `cost` 동안 막는다.
    pub fn block(&mut self, cost: Duration) {
        self.clock.block(cost);
    }

    /// 큐의 뒤에 세운다.
    pub fn post(&mut self, name: &'static str, handler: impl FnOnce(&mut EventLoop) + 'static) {
        self.queue.push_back((name, Box::new(handler)));
    }

    /// `due`가 되면 부른다.
    pub fn at(
        &mut self,
        name: &'static str,
        due: Duration,
        handler: impl FnOnce(&mut EventLoop) + 'static,
    ) {
        self.next_timer += 1;
        self.timers
            .insert((due, self.next_timer), (name, Box::new(handler)));
    }

    pub fn tell(&mut self, who: &str, what: &str) {
        let line = format!("{who}: {}ms, {what}", self.now().as_millis());
        self.story.push(line);
    }

    fn has_work(&self) -> bool {
        !self.queue.is_empty() || !self.timers.is_empty() || self.away > 0
    }
}
