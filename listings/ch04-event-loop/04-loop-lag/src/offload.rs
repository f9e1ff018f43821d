//! 다른 스레드에 맡긴 일의 결과를 이벤트로 돌려받는다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use ch02_01_completion_callback::Pool;

use crate::clock::Clock;
use crate::event_loop::EventLoop;

/// 다른 스레드에서 온 소식과 그것이 닿아야 할 가상 시각.
pub type Mail = (
    Duration,
    &'static str,
    Box<dyn FnOnce(&mut EventLoop) + Send>,
);

impl EventLoop {
    // ANCHOR: offload
    /// `work`를 풀에 맡긴다. 결과는 이벤트로 돌아와 `done`을 부른다.
    ///
    /// 가상 시계에서는 `cost`가 지난 시각에 돌아온 것으로 친다.
    pub fn offload<T: Send + 'static>(
        &mut self,
        pool: &Pool,
        (name, cost): (&'static str, Duration),
        work: impl FnOnce() -> T + Send + 'static,
        done: impl FnOnce(&mut EventLoop, thread::Result<T>) + Send + 'static,
    ) {
        let (back, due) = (self.mail.0.clone(), self.now() + cost);
        self.away += 1;
        pool.run(
            // 패닉도 결과로 돌려보낸다. 소식이 오지 않으면 루프가 끝나지 않는다.
            move || catch_unwind(AssertUnwindSafe(work)),
            move |result| {
                let handler = Box::new(move |on: &mut EventLoop| done(on, result));
                let _ = back.send((due, name, handler)); // 루프가 먼저 버려졌으면 들을 이가 없다.
            },
        );
    }
    // ANCHOR_END: offload

    // ANCHOR: receive
    /// 돌아온 소식을 거둔다. 가상 시계는 진짜로 기다려도 흐르지 않으므로 모두 돌아올 때까지 기다린다.
    pub fn receive(&mut self) {
        while self.away > 0 {
            let mail = match self.clock {
                Clock::Virtual(_) => self.mail.1.recv().ok(),
                Clock::Real(_) => self.mail.1.try_recv().ok(),
            };
            let Some(mail) = mail else { return };
            self.accept(mail);
        }
    }

    pub fn accept(&mut self, (due, name, handler): Mail) {
        self.away -= 1;
        match self.clock {
            Clock::Virtual(_) => self.at(name, due, handler),
            Clock::Real(_) => self.post(name, handler),
        }
    }
    // ANCHOR_END: receive
}
