//! 아무도 듣지 않은 거부를 찾아 알린다. 무엇을 언제 어느 순서로 알리는지는 Node와 같다.

use std::any::Any;
use std::cell::RefCell;
use std::mem::take;
use std::rc::{Rc, Weak};

use ch03_01_promise::{Microtasks, Tracker};

pub mod faulty;

// ANCHOR: notice
/// 알림. `R`은 거부한 까닭의 타입이다.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice<R> {
    /// 큐가 빌 때까지 아무도 이 거부를 듣지 않았다. Node의 `unhandledRejection`이다.
    Unhandled {
        /// 거부한 까닭.
        reason: R,
        /// 프로미스가 이미 버려져 앞으로도 들을 수 없는가.
        gone: bool,
    },
    /// 이미 알린 거부를 누가 들었다. Node의 `rejectionHandled`이다.
    Handled(R),
}
// ANCHOR_END: notice

// ANCHOR: table
/// 큐 하나의 거부를 지켜본다.
pub struct Rejections<R> {
    queue: Microtasks,
    table: Rc<RefCell<Table<R>>>,
}

struct Table<R> {
    /// 듣지 않은 거부. 거부한 순서로 놓인다.
    missed: Vec<Missed<R>>,
    /// 알린 뒤에 들은 거부.
    late: Vec<R>,
}

struct Missed<R> {
    promise: Weak<dyn Any>,
    reason: R,
    reported: bool,
}

/// 큐에 걸어 두는 쪽.
struct Watcher<R>(Rc<RefCell<Table<R>>>);
// ANCHOR_END: table

// ANCHOR: tracker
impl<R: Clone + 'static> Tracker for Watcher<R> {
    fn rejected(&self, promise: Rc<dyn Any>, reason: &dyn Any) {
        // 다른 타입의 까닭은 이 표가 다루지 않는다.
        if let Some(reason) = reason.downcast_ref::<R>() {
            let (promise, reason) = (Rc::downgrade(&promise), reason.clone());
            self.0.borrow_mut().missed.push(Missed {
                promise,
                reason,
                reported: false,
            });
        }
    }

    fn handled(&self, promise: Rc<dyn Any>) {
        let mut table = self.0.borrow_mut();
        let Some(at) = table.find(&Rc::downgrade(&promise)) else {
            return;
        };
        let missed = table.missed.remove(at);
        if missed.reported {
            table.late.push(missed.reason);
        }
    }
}
// ANCHOR_END: tracker

impl<R> Table<R> {
    fn find(&self, promise: &Weak<dyn Any>) -> Option<usize> {
        let same = |missed: &Missed<R>| Weak::ptr_eq(&missed.promise, promise);
        self.missed.iter().position(same)
    }
}

impl<R: Clone + 'static> Rejections<R> {
    /// `queue`의 거부를 지켜보기 시작한다. 까닭의 타입이 `R`인 거부만 본다.
    ///
    /// # Panics
    ///
    /// 이미 지켜보는 쪽이 있는 큐이면 패닉한다.
    pub fn track(queue: &Microtasks) -> Rejections<R> {
        let (missed, late) = (Vec::new(), Vec::new());
        let table = Rc::new(RefCell::new(Table { missed, late }));
        queue.track(Watcher(Rc::clone(&table)));
        let queue = queue.clone();
        Rejections { queue, table }
    }

    // ANCHOR: run
    /// 큐를 비우고, 그때까지 아무도 듣지 않은 거부를 `notify`로 알린다.
    ///
    /// `notify`가 큐에 세운 것도 마저 돌리고 다시 살핀다. 알릴 것이 없을 때 돌아온다.
    pub fn run(&self, mut notify: impl FnMut(Notice<R>)) {
        loop {
            self.queue.run();
            let late = take(&mut self.table.borrow_mut().late);
            let missed = self.unreported();
            if late.is_empty() && missed.is_empty() {
                return;
            }
            late.into_iter().map(Notice::Handled).for_each(&mut notify);
            for promise in missed {
                // 앞의 알림이 이 프로미스를 들었으면 알리지 않는다.
                if let Some(notice) = self.report(&promise) {
                    notify(notice);
                }
            }
        }
    }
    // ANCHOR_END: run

    /// 아직 누가 들을 수 있어서 기억하고 있는 거부의 수.
    pub fn remembered(&self) -> usize {
        self.table.borrow().missed.len()
    }

    // ANCHOR: report
    /// 아직 알리지 않은 거부들.
    fn unreported(&self) -> Vec<Weak<dyn Any>> {
        let mut table = self.table.borrow_mut();
        // 알렸고 버려진 프로미스는 누가 늦게 들을 수도 없으므로 잊는다.
        let gone = |missed: &Missed<R>| missed.promise.strong_count() == 0;
        table
            .missed
            .retain(|missed| !(missed.reported && gone(missed)));
        let new = table.missed.iter().filter(|missed| !missed.reported);
        new.map(|missed| missed.promise.clone()).collect()
    }

    fn report(&self, promise: &Weak<dyn Any>) -> Option<Notice<R>> {
        let mut table = self.table.borrow_mut();
        let at = table.find(promise)?;
        let missed = &mut table.missed[at];
        missed.reported = true;
        let (reason, gone) = (missed.reason.clone(), promise.strong_count() == 0);
        Some(Notice::Unhandled { reason, gone })
    }
    // ANCHOR_END: report
}
