// 부르기 전의 시각으로 다음 때를 정합니다. 콜백이 오래 걸리면 이미 지난 때를 겨누게 됩니다.
// 잡는 테스트: ones_missed_by_the_callback_are_skipped

use std::cell::Cell;
use std::rc::Rc;

use ch04_03_phases::EventLoop;

/// 되풀이하는 것을 멈추는 손잡이.
#[derive(Clone, Default)]
pub struct Interval {
    cleared: Rc<Cell<bool>>,
}

impl Interval {
    /// 다시는 부르지 않게 한다.
    pub fn clear(&self) {
        self.cleared.set(true);
    }

    fn is_cleared(&self) -> bool {
        self.cleared.get()
    }
}

/// 지금부터 `ms`밀리초마다 `callback`을 부른다.
pub fn set_interval(
    on: &EventLoop,
    ms: u64,
    callback: impl FnMut(&Interval) + 'static,
) -> Interval {
    let interval = Interval::default();
    let repeat = Repeat {
        start: on.now(),
        ms: ms.max(1),
        interval: interval.clone(),
        callback,
    };
    repeat.arm(on);
    interval
}

struct Repeat<F> {
    start: u64,
    ms: u64,
    interval: Interval,
    callback: F,
}

impl<F: FnMut(&Interval) + 'static> Repeat<F> {
    /// 지금보다 뒤인 첫 때에 건다. 콜백은 걸린 클로저가 쥐고 있다가 다음 클로저에 넘긴다.
    fn arm(self, on: &EventLoop) {
        let next = self.next(on.now());
        self.arm_at(on, next);
    }

    fn next(&self, now: u64) -> u64 {
        now + self.ms - (now - self.start) % self.ms
    }

    fn arm_at(mut self, on: &EventLoop, at: u64) {
        let again = on.clone();
        on.set_timeout(at.saturating_sub(on.now()), move || {
            if self.interval.is_cleared() {
                return;
            }
            let next = self.next(again.now());
            (self.callback)(&self.interval);
            if !self.interval.is_cleared() {
                self.arm_at(&again, next);
            }
        });
    }
}
