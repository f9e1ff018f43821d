//! 로딩 표시가 있는 프로필 화면.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ch02_04_zalgo::{Load, Store};

// ANCHOR: screen
/// 프로필 화면. 로딩 표시 하나와, 일어난 일의 기록.
#[derive(Default)]
struct Screen {
    loading: Cell<bool>,
    log: RefCell<Vec<String>>,
}

impl Screen {
    fn show_loading(&self) {
        self.loading.set(true);
        self.log.borrow_mut().push("로딩 표시를 켠다".to_owned());
    }

    fn draw(&self, profile: &str) {
        self.loading.set(false);
        let line = format!("로딩 표시를 끄고 {profile}을 그린다");
        self.log.borrow_mut().push(line);
    }
}
// ANCHOR_END: screen

// ANCHOR: visit
/// 화면을 열고 미룬 일까지 모두 끝낸다. 일어난 일을 차례대로 돌려준다.
pub fn visit(store: &Store, load: Load) -> Vec<String> {
    let screen = Rc::new(Screen::default());
    let later = Rc::clone(&screen);
    load(store, "지수", Box::new(move |profile| later.draw(&profile)));
    screen.show_loading();

    store.queue().run();
    let mut log = screen.log.take();
    let state = if screen.loading.get() {
        "켜짐"
    } else {
        "꺼짐"
    };
    log.push(format!("남은 로딩 표시: {state}"));
    log
}
// ANCHOR_END: visit

#[cfg(test)]
mod tests {
    use super::*;

    // ANCHOR: check
    /// 캐시가 비었을 때와 찼을 때, 화면에서 일어난 일의 순서가 같은가.
    fn cache_changes_nothing(load: Load) -> bool {
        let store = Store::default();
        visit(&store, load) == visit(&store, load)
    }

    #[test]
    fn a_hit_called_back_at_once_reorders_the_screen() {
        assert!(!cache_changes_nothing(Store::load_now_or_later));
    }

    #[test]
    fn a_deferred_hit_keeps_the_order() {
        assert!(cache_changes_nothing(Store::load_later));
    }
    // ANCHOR_END: check
}
