//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ex03_05_then::{Then, then};

type Log = Rc<RefCell<Vec<String>>>;

/// `left`번 스스로를 깨우며 기다린 다음 이름을 준다. 폴링한 것과 버린 것을 적는다. `Unpin`이 아니다.
struct Steps {
    name: &'static str,
    left: Cell<u32>,
    log: Log,
    _pinned: PhantomPinned,
}

impl Future for Steps {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        self.log.borrow_mut().push(format!("{} 폴링", self.name));
        if self.left.get() == 0 {
            return Poll::Ready(self.name);
        }
        self.left.set(self.left.get() - 1);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.log.borrow_mut().push(format!("{} 버림", self.name));
    }
}

fn steps(name: &'static str, left: u32, log: &Log) -> Steps {
    Steps {
        name,
        left: Cell::new(left),
        log: Rc::clone(log),
        _pinned: PhantomPinned,
    }
}

/// 첫째와 둘째를 저마다 `left`번씩 기다리는 `Then`.
fn two_steps(left: u32, log: &Log) -> impl Future<Output = &'static str> + use<> {
    let second = steps("둘째", left, log);
    then(steps("첫째", left, log), |_| second)
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// 첫째의 값으로 만든 둘째의 값이 나온다
#[test]
fn basic_the_second_is_made_from_the_first() {
    let log = Log::default();
    let first = steps("첫째", 1, &log);
    let second = |name: &'static str| {
        let wait = steps("둘째", 1, &log);
        async move { format!("{name} 다음 {}", wait.await) }
    };
    let mut future = pin!(then(async move { first.await }, second));
    let ready = (0..10).find_map(|_| match poll(future.as_mut()) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    });
    assert_eq!(
        ready.as_deref(),
        Some("첫째 다음 둘째"),
        "첫째의 값을 next에 건네고, next가 만든 둘째의 값을 돌려주어야 합니다"
    );
}

/// 폴링하기 전에는 아무것도 시작하지 않는다
#[test]
fn nothing_starts_before_the_first_poll() {
    let log = Log::default();
    let called = Cell::new(false);
    let next = |_| {
        called.set(true);
        steps("둘째", 0, &log)
    };
    drop(then(steps("첫째", 0, &log), next));
    assert_eq!(
        *log.borrow(),
        ["첫째 버림"],
        "한 번도 폴링하지 않고 버렸으니 첫째를 폴링한 적이 없어야 합니다"
    );
    assert!(
        !called.get(),
        "첫째가 끝나지 않았으니 next를 부르면 안 됩니다"
    );
}

/// 첫째가 끝나면 같은 폴링에서 둘째를 폴링한다
#[test]
fn the_second_is_polled_at_once() {
    let log = Log::default();
    let mut future = pin!(two_steps(0, &log));
    assert_eq!(
        poll(future.as_mut()),
        Poll::Ready("둘째"),
        "둘 다 기다릴 것이 없으니 첫 폴링에서 끝나야 합니다"
    );
}

/// 깨웠는지만 적는 웨이커의 속.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Pending은 안쪽이 돌려준 것뿐이다
#[test]
fn every_pending_comes_from_inside() {
    let log = Log::default();
    let mut future = pin!(two_steps(2, &log));
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    for pending in 1..=4 {
        assert_eq!(
            future.as_mut().poll(&mut Context::from_waker(&waker)),
            Poll::Pending,
            "첫째와 둘째가 두 번씩 기다리니 Pending은 네 번이어야 합니다"
        );
        assert!(
            woken.0.swap(false, Ordering::Relaxed),
            "{pending}번째 Pending을 아무도 깨우지 않습니다. 받은 cx로 안쪽을 폴링하고, 그것이 Pending일 때만 Pending을 돌려주세요"
        );
    }
    assert_eq!(
        future.as_mut().poll(&mut Context::from_waker(&waker)),
        Poll::Ready("둘째"),
        "네 번 기다렸으니 끝나야 합니다"
    );
}

/// 첫째는 둘째를 폴링하기 전에 버린다
#[test]
fn the_first_is_dropped_before_the_second_is_polled() {
    let log = Log::default();
    let mut future = pin!(two_steps(1, &log));
    let ended = (0..10).any(|_| poll(future.as_mut()).is_ready());
    assert!(ended, "한 번씩 기다리고 끝나야 합니다");
    let log = log.borrow();
    let at = |wanted: &str| log.iter().position(|line| line == wanted);
    let (dropped, polled) = (at("첫째 버림"), at("둘째 폴링"));
    assert!(
        dropped.is_some() && dropped < polled,
        "첫째가 쥔 것을 둘째를 기다리는 동안 붙잡고 있으면 안 됩니다. 일어난 일: {log:?}"
    );
}

/// 둘째는 끝나는 자리에서 버린다
#[test]
fn the_second_is_dropped_when_it_ends() {
    let log = Log::default();
    let mut future = pin!(two_steps(0, &log));
    assert_eq!(
        poll(future.as_mut()),
        Poll::Ready("둘째"),
        "둘 다 기다릴 것이 없으니 첫 폴링에서 끝나야 합니다"
    );
    assert_eq!(
        log.borrow().last().map(String::as_str),
        Some("둘째 버림"),
        "끝난 둘째는 Then이 버려지기를 기다리지 않고 버려야 합니다"
    );
}

/// 끝난 뒤에 폴링하면 패닉한다
#[test]
fn polling_after_the_end_panics() {
    let log = Log::default();
    let mut future = pin!(two_steps(0, &log));
    assert_eq!(
        poll(future.as_mut()),
        Poll::Ready("둘째"),
        "둘 다 기다릴 것이 없으니 첫 폴링에서 끝나야 합니다"
    );
    let again = catch_unwind(AssertUnwindSafe(|| poll(future.as_mut())));
    assert!(
        again.is_err(),
        "끝난 퓨처를 또 폴링한 것은 실수이니 패닉으로 알려야 합니다"
    );
}

/// 첫째를 기다리다 버리면 next를 부르지 않는다
#[test]
fn dropping_midway_calls_nothing() {
    let log = Log::default();
    let called = Cell::new(false);
    let next = |_| {
        called.set(true);
        steps("둘째", 0, &log)
    };
    let mut future = Box::pin(then(steps("첫째", 1, &log), next));
    assert_eq!(
        poll(future.as_mut()),
        Poll::Pending,
        "첫째가 한 번 기다려야 합니다"
    );
    drop(future);
    assert_eq!(
        *log.borrow(),
        ["첫째 폴링", "첫째 버림"],
        "기다리던 첫째만 버려져야 합니다"
    );
    assert!(
        !called.get(),
        "첫째가 끝나지 않았으니 next를 부르면 안 됩니다"
    );
}

/// `.await`를 넘어 제 지역 변수를 빌린 퓨처.
async fn borrowing(name: &'static str, log: Log) -> String {
    let own = name.to_owned();
    let borrowed = &own;
    steps("기다림", 1, &log).await;
    borrowed.clone()
}

/// 기다리는 동안 Box를 맞바꾸어도 섞이지 않는다
#[test]
fn pinned_boxes_may_be_swapped() {
    let log = Log::default();
    let make = |first, second| {
        let (log, second_log) = (Rc::clone(&log), Rc::clone(&log));
        let next =
            move |got| async move { format!("{got}-{}", borrowing(second, second_log).await) };
        Box::pin(then(borrowing(first, log), next))
    };
    let (mut a, mut b) = (make("가", "나"), make("다", "라"));
    for _ in 0..2 {
        for future in [&mut a, &mut b] {
            assert_eq!(
                poll(future.as_mut()),
                Poll::Pending,
                "첫째와 둘째가 한 번씩 기다려야 합니다"
            );
        }
        mem::swap(&mut a, &mut b);
    }
    assert_eq!(
        [poll(a.as_mut()), poll(b.as_mut())],
        ["가-나", "다-라"].map(|text| Poll::Ready(text.to_owned())),
        "Box를 두 번 맞바꾸었으니 처음 자리로 돌아와 제 값을 내야 합니다"
    );
}

/// 크기가 정해진 퓨처.
struct Big([u8; 256]);

impl Future for Big {
    type Output = u8;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u8> {
        Poll::Ready(self.0[0])
    }
}

fn size_of_two_big() -> usize {
    let both: Then<Big, _, Big> = then(Big([1; 256]), |_| Big([2; 256]));
    size_of_val(&both)
}

/// 두 퓨처를 힙이 아니라 제 안에 담는다
#[test]
fn it_holds_the_futures_itself() {
    let size = size_of_two_big();
    assert!(
        size >= size_of::<Big>(),
        "256바이트짜리 퓨처를 담았는데 {size}바이트입니다. Box에 담지 말고 Then 안에 두세요"
    );
}

/// 두 퓨처가 한자리를 나누어 쓴다
#[test]
fn it_takes_the_room_of_the_larger_one() {
    let size = size_of_two_big();
    assert!(
        size < 2 * size_of::<Big>(),
        "256바이트짜리 둘을 이었는데 {size}바이트입니다. 한꺼번에 살아 있지 않으니 한자리를 나누어 써야 합니다"
    );
}
