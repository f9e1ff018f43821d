//! 콜백을 정확히 한 번 부르는 가드.
//!
//! [`Completer`]는 콜백 하나를 쥔다. 답하면 답으로, 답하지 않고 버리면 [`Abandoned`]로 콜백을 부른다.
//! [`FirstWins`]는 답할 수 있는 쪽이 여럿일 때 쓴다.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

// ANCHOR: completer
/// 답을 주기로 한 쪽이 답하지 않고 콜백을 버렸다.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abandoned;

type Callback<T, E> = Box<dyn FnOnce(Result<T, E>) + Send>;

/// 콜백 하나를 쥔 가드. 답하지 않고 버리면, 버린 스레드에서 `Err(Abandoned)`로 콜백을 부른다.
pub struct Completer<T, E: From<Abandoned>> {
    callback: Option<Callback<T, E>>,
}

impl<T, E: From<Abandoned>> Completer<T, E> {
    /// `callback`을 쥔다.
    pub fn new(callback: impl FnOnce(Result<T, E>) + Send + 'static) -> Self {
        let callback = Some(Box::new(callback) as Callback<T, E>);
        Completer { callback }
    }
    // ANCHOR_END: completer

    // ANCHOR: complete
    /// `result`로 콜백을 부른다. 콜백의 패닉은 부른 쪽으로 전해진다.
    pub fn complete(mut self, result: Result<T, E>) {
        // 부르기 전에 꺼낸다. 콜백이 패닉해도 뒤따르는 drop은 빈 가드를 본다.
        if let Some(callback) = self.callback.take() {
            callback(result);
        }
    }
}
// ANCHOR_END: complete

// ANCHOR: drop
impl<T, E: From<Abandoned>> Drop for Completer<T, E> {
    fn drop(&mut self) {
        let Some(callback) = self.callback.take() else {
            return; // 이미 답했다.
        };
        let call = || callback(Err(Abandoned.into()));
        // 되감는 중에 여기서 패닉이 새어 나가면 프로세스가 중단된다.
        let _ = catch_unwind(AssertUnwindSafe(call));
    }
}
// ANCHOR_END: drop

// ANCHOR: guarded
/// `callback`을 가드에 담아 다시 콜백으로 만든다. 불리지 않고 버려져도 `callback`은 한 번 불린다.
pub fn guarded<T, E: From<Abandoned>>(
    callback: impl FnOnce(Result<T, E>) + Send + 'static,
) -> impl FnOnce(Result<T, E>) + Send {
    let completer = Completer::new(callback);
    move |result| completer.complete(result)
}
// ANCHOR_END: guarded

// ANCHOR: first
/// 콜백 하나에 답할 수 있는 여럿. 복제해서 나누어 주면 처음 온 답만 콜백에 닿는다.
///
/// 아무도 답하지 않은 채 마지막 하나까지 버려지면 콜백은 `Err(Abandoned)`를 받는다.
pub struct FirstWins<T, E: From<Abandoned>>(Arc<Mutex<Option<Completer<T, E>>>>);

impl<T, E: From<Abandoned>> FirstWins<T, E> {
    /// `callback`을 쥔다.
    pub fn new(callback: impl FnOnce(Result<T, E>) + Send + 'static) -> Self {
        FirstWins(Arc::new(Mutex::new(Some(Completer::new(callback)))))
    }

    /// 첫 답이면 콜백을 부르고, 늦은 답이면 그대로 돌려준다.
    pub fn complete(self, result: Result<T, E>) -> Option<Result<T, E>> {
        // 락은 꺼내는 동안만 쥔다. 콜백은 락이 풀린 다음에 불린다.
        let completer = self.0.lock().expect("락을 쥔 채 패닉하지 않는다").take();
        let Some(completer) = completer else {
            return Some(result);
        };
        completer.complete(result);
        None
    }
}
// ANCHOR_END: first

impl<T, E: From<Abandoned>> Clone for FirstWins<T, E> {
    fn clone(&self) -> Self {
        FirstWins(Arc::clone(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem;
    use std::sync::Weak;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use ch02_01_completion_callback::Pool;

    type Outcome = Result<u32, Abandoned>;

    /// 받은 것을 모두 모으는 콜백과, 모은 것을 꺼내는 함수.
    fn recorder() -> (impl FnMut(Outcome) + Send, impl Fn() -> Vec<Outcome>) {
        let (report, inbox) = mpsc::channel();
        let callback = move |outcome| report.send(outcome).expect("inbox가 산다");
        (callback, move || inbox.try_iter().collect())
    }

    #[test]
    fn an_answer_is_told_once() {
        let (callback, told) = recorder();
        Completer::new(callback).complete(Ok(7));
        assert_eq!(told(), [Ok(7)]);
    }

    #[test]
    fn dropping_tells_that_it_was_abandoned() {
        let (callback, told) = recorder();
        drop(Completer::new(callback));
        assert_eq!(told(), [Err(Abandoned)]);
    }

    // ANCHOR: unwinding
    #[test]
    fn a_panic_in_the_work_is_told_from_the_worker_while_unwinding() {
        let (report, told) = mpsc::channel();
        let done = move |outcome: Outcome| {
            let worker = thread::current().name().map(str::to_owned);
            report.send((outcome, worker, thread::panicking())).unwrap();
        };
        let pool = Pool::new(1);
        pool.run(|| panic!("일이 넘어졌다"), guarded(done));
        drop(pool);
        let worker = Some("worker-0".to_owned());
        assert_eq!(
            told.iter().collect::<Vec<_>>(),
            [(Err(Abandoned), worker, true)]
        );
    }
    // ANCHOR_END: unwinding

    #[test]
    fn a_callback_that_panics_while_unwinding_spares_the_worker() {
        let pool = Pool::new(1);
        let done = |_: Outcome| panic!("콜백도 넘어졌다");
        pool.run(|| panic!("일이 넘어졌다"), guarded(done));
        let (callback, told) = recorder();
        pool.run(|| Ok(7), callback);
        drop(pool);
        assert_eq!(told(), [Ok(7)]);
    }

    #[test]
    fn a_callback_that_panics_on_its_answer_is_not_called_again() {
        let (mut record, told) = recorder();
        let completer = Completer::new(move |outcome| {
            record(outcome);
            panic!("콜백이 넘어졌다");
        });
        let answer = AssertUnwindSafe(|| completer.complete(Ok(7)));
        assert!(catch_unwind(answer).is_err());
        assert_eq!(told(), [Ok(7)]);
    }

    /// 두 쪽이 저마다 답하거나 버린다. 차례와 고르는 것을 모두 돌려 본다.
    #[test]
    fn whoever_comes_first_wins_and_nobody_is_called_twice() {
        for answers in [[true, true], [true, false], [false, true], [false, false]] {
            for order in [[0, 1], [1, 0]] {
                let (callback, told) = recorder();
                let first = FirstWins::new(callback);
                let mut sides = [Some(first.clone()), Some(first)];
                let mut late = Vec::new();
                for side in order {
                    let holder = sides[side].take().expect("한 번씩만 고른다");
                    match answers[side] {
                        true => late.extend(holder.complete(Ok(side as u32))),
                        false => drop(holder),
                    }
                }
                let mut answered = order.into_iter().filter(|side| answers[*side]);
                let winner = answered.next().ok_or(Abandoned).map(|side| side as u32);
                assert_eq!(told(), [winner]);
                assert_eq!(late, Vec::from_iter(answered.map(|side| Ok(side as u32))));
            }
        }
    }

    #[test]
    fn the_callback_runs_after_the_lock_of_first_wins() {
        let other_side = Arc::new(Mutex::new(None));
        let (report, got_lock) = mpsc::channel();
        let slot = Arc::clone(&other_side);
        let first = FirstWins::new(move |_: Outcome| {
            let other: Option<FirstWins<_, _>> = slot.lock().unwrap().take();
            report.send(other.unwrap().0.try_lock().is_ok()).unwrap();
        });
        *other_side.lock().unwrap() = Some(first.clone());
        assert_eq!(first.complete(Ok(7)), None);
        assert_eq!(got_lock.recv(), Ok(true));
    }

    // ANCHOR: locked
    #[test]
    fn a_guard_dropped_under_a_lock_calls_back_under_that_lock() {
        let orders = Arc::new(Mutex::new(0));
        let (report, got_lock) = mpsc::channel();
        let later = Arc::clone(&orders);
        let guard = Completer::new(move |_: Outcome| {
            report.send(later.try_lock().is_ok()).unwrap();
        });
        let held = orders.lock().unwrap();
        drop(guard); // 락을 쥔 함수가 일찍 돌아간 셈이다.
        drop(held);
        assert_eq!(got_lock.recv(), Ok(false));
    }
    // ANCHOR_END: locked

    // ANCHOR: posts
    #[test]
    fn a_callback_that_only_posts_is_read_after_the_lock() {
        let orders = Mutex::new(0);
        let (post, inbox) = mpsc::channel();
        let guard = Completer::new(move |outcome: Outcome| {
            let _ = post.send(outcome); // 받을 쪽이 먼저 사라졌으면 알릴 곳도 없다.
        });
        let held = orders.lock().unwrap();
        drop(guard);
        drop(held);
        assert_eq!(inbox.recv(), Ok(Err(Abandoned)));
        assert!(orders.try_lock().is_ok());
    }
    // ANCHOR_END: posts

    // ANCHOR: forget
    #[test]
    fn a_forgotten_guard_never_calls() {
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        mem::forget(Completer::new(move |_: Outcome| {
            count.fetch_add(1, Ordering::Relaxed);
        }));
        assert_eq!(calls.load(Ordering::Relaxed), 0);
        assert_eq!(Arc::strong_count(&calls), 2); // 콜백이 쥔 것까지 샜다.
    }
    // ANCHOR_END: forget

    // ANCHOR: cycle
    /// 답을 기다리는 연결. 자기에게 답할 가드를 스스로 쥔다.
    #[derive(Default)]
    struct Connection {
        waiting: Mutex<Option<Completer<u32, Abandoned>>>,
    }

    /// 연결을 버린다. 콜백이 `capture`로 연결을 붙잡을 때 몇 번 불리는가.
    fn calls_when_dropped<K: Send + 'static>(capture: fn(&Arc<Connection>) -> K) -> usize {
        let calls = Arc::new(AtomicUsize::new(0));
        let connection = Arc::new(Connection::default());
        let (count, captured) = (Arc::clone(&calls), capture(&connection));
        let guard = Completer::new(move |_| {
            let _captured = captured;
            count.fetch_add(1, Ordering::Relaxed);
        });
        *connection.waiting.lock().unwrap() = Some(guard);
        drop(connection);
        calls.load(Ordering::Relaxed)
    }

    #[test]
    fn a_cycle_keeps_the_guard_alive() {
        assert_eq!(calls_when_dropped(Arc::clone), 0);
        assert_eq!(calls_when_dropped::<Weak<_>>(Arc::downgrade), 1);
    }
    // ANCHOR_END: cycle
}
