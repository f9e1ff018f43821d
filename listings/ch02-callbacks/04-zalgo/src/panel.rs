//! 여러 프로필을 한꺼번에 보이는 화면.

use std::cell::RefCell;
use std::rc::Rc;

use ch02_04_zalgo::{Load, Store};

// ANCHOR: panel
/// 여러 프로필을 기다리는 화면. 더 받을 수를 센다.
#[derive(Default)]
pub struct Panel {
    waiting: i32,
    complete: bool,
}

impl Panel {
    fn receive(&mut self) {
        self.waiting -= 1;
        self.complete = self.waiting == 0;
    }
}

pub fn open_all(panel: &Rc<RefCell<Panel>>, store: &Store, load: Load) {
    let mut opening = panel.borrow_mut();
    for name in ["지수", "민호"] {
        let later = Rc::clone(panel);
        load(store, name, Box::new(move |_| later.borrow_mut().receive()));
        opening.waiting += 1;
    }
}
// ANCHOR_END: panel

// ANCHOR: briefly
/// 고칠 때에만 잠깐씩 빌린다. 패닉은 나지 않는다.
pub fn open_all_briefly(panel: &Rc<RefCell<Panel>>, store: &Store, load: Load) {
    for name in ["지수", "민호"] {
        let later = Rc::clone(panel);
        load(store, name, Box::new(move |_| later.borrow_mut().receive()));
        panel.borrow_mut().waiting += 1;
    }
}
// ANCHOR_END: briefly

/// 화면을 여는 함수의 모양.
type OpenAll = fn(&Rc<RefCell<Panel>>, &Store, Load);

/// 화면을 열고 미룬 일까지 모두 끝낸 뒤, 화면이 다 받은 줄 아는지 말한다.
pub fn outcome(open_all: OpenAll, store: &Store, load: Load) -> String {
    let panel = Rc::default();
    open_all(&panel, store, load);
    store.queue().run();
    let panel = panel.borrow();
    match panel.complete {
        true => "다 받음".to_owned(),
        false => format!("끝을 모름, 남은 수 {}", panel.waiting),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::panic::{self, AssertUnwindSafe};
    use std::sync::{Arc, Mutex};

    use super::*;

    const NOW_OR_LATER: Load = Store::load_now_or_later;
    const LATER: Load = Store::load_later;

    fn cold_store() -> Store {
        Store::default()
    }

    /// 두 프로필이 이미 캐시에 있는 저장소.
    fn warm_store() -> Store {
        let store = cold_store();
        outcome(open_all, &store, LATER);
        store
    }

    // ANCHOR: check
    #[test]
    fn a_cold_cache_hides_the_fault() {
        let told = outcome(open_all, &cold_store(), NOW_OR_LATER);
        assert_eq!(told, "다 받음");
    }

    #[test]
    #[should_panic(expected = "already borrowed")]
    fn a_hit_called_back_at_once_finds_the_panel_borrowed() {
        outcome(open_all, &warm_store(), NOW_OR_LATER);
    }

    #[test]
    fn borrowing_briefly_only_hides_the_fault() {
        let told = outcome(open_all_briefly, &warm_store(), NOW_OR_LATER);
        assert_eq!(told, "끝을 모름, 남은 수 0");
    }

    #[test]
    fn deferring_cures_both() {
        for open_all in [open_all, open_all_briefly] {
            assert_eq!(outcome(open_all, &warm_store(), LATER), "다 받음");
        }
    }
    // ANCHOR_END: check

    // ANCHOR: lock
    /// 락을 쥔 채 `load`를 부른다. 콜백은 그 락을 얻을 수 있는가.
    fn callback_gets_the_lock(store: &Store, load: Load) -> bool {
        let panel = Arc::new(Mutex::new(Panel::default()));
        let (later, got) = (Arc::clone(&panel), Rc::new(Cell::new(None)));
        let report = Rc::clone(&got);
        let opening = panel.lock().expect("오염되지 않는다");
        let done = move |_| report.set(Some(later.try_lock().is_ok()));
        load(store, "지수", Box::new(done));
        drop(opening);
        store.queue().run();
        got.get().expect("콜백이 불렸다")
    }

    #[test]
    fn a_hit_called_back_at_once_would_wait_for_itself() {
        assert!(callback_gets_the_lock(&cold_store(), NOW_OR_LATER));
        assert!(!callback_gets_the_lock(&warm_store(), NOW_OR_LATER));
        assert!(callback_gets_the_lock(&warm_store(), LATER));
    }
    // ANCHOR_END: lock

    // ANCHOR: unwind
    /// 콜백이 패닉하면, `load`를 부른 쪽과 큐를 돌리는 쪽 가운데 누가 겪는가.
    fn who_sees_the_panic(store: &Store, load: Load) -> &'static str {
        let call = || load(store, "지수", Box::new(|_| panic!("콜백이 넘어졌다")));
        if panic::catch_unwind(AssertUnwindSafe(call)).is_err() {
            return "부른 쪽";
        }
        let run = || store.queue().run();
        assert!(panic::catch_unwind(AssertUnwindSafe(run)).is_err());
        "큐를 돌리는 쪽"
    }

    #[test]
    fn the_cache_decides_who_sees_a_panic() {
        let (cold, warm) = (cold_store(), warm_store());
        assert_eq!(who_sees_the_panic(&cold, NOW_OR_LATER), "큐를 돌리는 쪽");
        assert_eq!(who_sees_the_panic(&warm, NOW_OR_LATER), "부른 쪽");
        assert_eq!(who_sees_the_panic(&warm, LATER), "큐를 돌리는 쪽");
    }
    // ANCHOR_END: unwind
}
