//! 가상 시계와, 그 시계로 늦게 답하는 요청.

use std::cell::RefCell;
use std::mem;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

/// 이야기가 시작한 때와 지금까지 적은 줄.
pub struct Clock {
    start: Instant,
    lines: RefCell<Vec<String>>,
}

// ANCHOR: run
/// 멈춘 시계로 이야기를 돌린다. 모두가 타이머만 기다리면 시계는 다음 타이머로 건너뛴다.
pub fn run(story: impl AsyncFnOnce(&Clock)) -> Vec<String> {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build();
    runtime.expect("런타임을 만들 수 있다").block_on(async {
        let (start, lines) = (Instant::now(), RefCell::default());
        let clock = Clock { start, lines };
        story(&clock).await;
        clock.lines.into_inner()
    })
}
// ANCHOR_END: run

impl Clock {
    /// 지금 시각과 함께 적는다.
    pub fn say(&self, who: &str, what: impl AsRef<str>) {
        let now = self.start.elapsed().as_millis();
        let line = format!("[{now}ms] {who}: {}", what.as_ref());
        self.lines.borrow_mut().push(line);
    }

    /// 시각 없이 적는다.
    pub fn line(&self, line: String) {
        self.lines.borrow_mut().push(line);
    }
}

// ANCHOR: request
/// `ms`밀리초 뒤에 답한다. 그 전에 버려지면 버려졌다고 적는다.
pub async fn request<T>(clock: &Clock, who: &'static str, ms: u64, answer: T) -> T {
    clock.say(who, "요청");
    let unfinished = Unfinished { clock, who };
    sleep(Duration::from_millis(ms)).await;
    mem::forget(unfinished);
    clock.say(who, "답");
    answer
}
// ANCHOR_END: request

struct Unfinished<'a> {
    clock: &'a Clock,
    who: &'static str,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let now = self.clock.start.elapsed().as_millis();
        let line = format!("[Rust] [{now}ms] {}: 버려짐", self.who);
        self.clock.line(line);
    }
}
