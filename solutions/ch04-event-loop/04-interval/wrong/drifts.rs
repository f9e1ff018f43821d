// 콜백이 끝난 때부터 `ms`를 다시 셉니다. 늦은 만큼 그 뒤의 모든 때가 밀립니다.
// 잡는 테스트: a_late_call_does_not_shift_the_rest, a_slow_callback_does_not_shift_the_rest, missed_ones_are_skipped, ones_missed_by_the_callback_are_skipped

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
        ms: ms.max(1),
        interval: interval.clone(),
        callback,
    };
    repeat.arm(on);
    interval
}

struct Repeat<F> {
    ms: u64,
    interval: Interval,
    callback: F,
}

impl<F: FnMut(&Interval) + 'static> Repeat<F> {
    /// 지금보다 뒤인 첫 때에 건다. 콜백은 걸린 클로저가 쥐고 있다가 다음 클로저에 넘긴다.
    fn arm(mut self, on: &EventLoop) {
        let again = on.clone();
        on.set_timeout(self.ms, move || {
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
