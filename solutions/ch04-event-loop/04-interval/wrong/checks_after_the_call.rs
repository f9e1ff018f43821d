// 부르고 나서만 멈추었는지 봅니다. 걸려 있던 한 번은 멈춘 다음에도 불립니다.
// 잡는 테스트: a_microtask_can_clear_the_next_one, clearing_before_the_first_call, it_can_be_cleared_from_outside, one_due_in_the_same_turn_can_be_cleared

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
    fn arm(mut self, on: &EventLoop) {
        let late = (on.now() - self.start) % self.ms;
        let again = on.clone();
        on.set_timeout(self.ms - late, move || {
            (self.callback)(&self.interval);
            if !self.interval.is_cleared() {
                self.arm(&again);
            }
        });
    }
}
