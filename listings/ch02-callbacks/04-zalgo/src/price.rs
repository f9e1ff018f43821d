//! 그 자리에서 부르는 값과 미루는 값.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch02_04_zalgo::{Load, Store};

/// 지금 겹친 호출의 수와 가장 깊었을 때의 수.
#[derive(Default)]
struct Depth {
    now: Cell<usize>,
    deepest: Cell<usize>,
}

// ANCHOR: again
/// 프로필을 `left`번 잇달아 읽는다. 콜백이 다음 읽기를 시작한다.
fn read_again(store: &Store, load: Load, left: usize, depth: &Rc<Depth>) {
    if left == 0 {
        return;
    }
    depth.now.set(depth.now.get() + 1);
    depth.deepest.set(depth.deepest.get().max(depth.now.get()));
    let (next_store, next_depth) = (store.clone(), Rc::clone(depth));
    let next = move |_| read_again(&next_store, load, left - 1, &next_depth);
    load(store, "지수", Box::new(next));
    depth.now.set(depth.now.get() - 1);
}
// ANCHOR_END: again

/// 캐시에 있는 프로필을 `times`번 잇달아 읽을 때 호출이 가장 깊이 겹친 수.
pub fn deepest(load: Load, times: usize) -> usize {
    let (store, depth) = (warm_store(), Rc::default());
    read_again(&store, load, times, &depth);
    store.queue().run();
    depth.deepest.get()
}

// ANCHOR: turns
/// 두 일이 먼저 줄을 섰을 때, 캐시에 있는 프로필을 읽는 콜백의 차례.
pub fn turns(load: Load) -> Vec<&'static str> {
    let (store, log) = (warm_store(), Rc::new(RefCell::new(Vec::new())));
    let note = |word| {
        let log = Rc::clone(&log);
        move || log.borrow_mut().push(word)
    };
    store.queue().defer(note("키 입력"));
    store.queue().defer(note("저장"));
    let drawn = note("프로필");
    load(&store, "지수", Box::new(move |_| drawn()));
    store.queue().run();
    log.take()
}
// ANCHOR_END: turns

fn warm_store() -> Store {
    let store = Store::default();
    store.put("지수", "지수의 프로필".to_owned());
    store
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calling_at_once_nests_as_deep_as_the_repetition() {
        for times in [1, 10, 1000] {
            assert_eq!(deepest(Store::load_now_or_later, times), times);
            assert_eq!(deepest(Store::load_later, times), 1);
        }
    }

    #[test]
    fn deferring_waits_for_those_who_came_first() {
        assert_eq!(
            turns(Store::load_now_or_later),
            ["프로필", "키 입력", "저장"]
        );
        assert_eq!(turns(Store::load_later), ["키 입력", "저장", "프로필"]);
    }
}
