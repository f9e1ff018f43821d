// 앞의 때에 `ms`를 더한 것을 다음 때로 삼습니다. 루프가 막혀 지나간 때까지 몰아서 부릅니다.
// 잡는 테스트: missed_ones_are_skipped, ones_missed_by_the_callback_are_skipped

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
        due: on.now(),
        ms: ms.max(1),
        interval: interval.clone(),
        callback,
    };
    repeat.arm(on);
    interval
}

struct Repeat<F> {
    due: u64,
    ms: u64,
    interval: Interval,
    callback: F,
}

impl<F: FnMut(&Interval) + 'static> Repeat<F> {
    /// 지금보다 뒤인 첫 때에 건다. 콜백은 걸린 클로저가 쥐고 있다가 다음 클로저에 넘긴다.
    fn arm(mut self, on: &EventLoop) {
        self.due += self.ms;
        let wait = self.due.saturating_sub(on.now());
        let again = on.clone();
        on.set_timeout(wait, move || {
            if self.interval.is_cleared() {
                return;
            }
            (self.callback)(&self.interval);
            if !self.interval.is_cleared() {
                self.arm(&again);
            }
        });
    }
}
