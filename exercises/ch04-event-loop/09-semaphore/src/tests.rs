//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::RefCell;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ex04_09_semaphore::{Acquire, Closed, Permit, Semaphore};

/// 깨운 수를 센다.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// 허가를 기다리는 태스크 하나.
struct Waiter {
    acquire: Pin<Box<Acquire>>,
    woken: Arc<Count>,
}

impl Waiter {
    fn new(semaphore: &Semaphore) -> Waiter {
        Waiter {
            acquire: Box::pin(semaphore.acquire()),
            woken: Arc::default(),
        }
    }

    /// 줄을 선 태스크.
    fn in_line(semaphore: &Semaphore) -> Waiter {
        let mut waiter = Waiter::new(semaphore);
        assert!(
            waiter.poll().is_pending(),
            "남은 허가가 없거나 앞에 선 태스크가 있으므로 기다려야 합니다"
        );
        waiter
    }

    fn poll(&mut self) -> Poll<Result<Permit, Closed>> {
        let waker = Waker::from(Arc::clone(&self.woken));
        self.acquire.as_mut().poll(&mut Context::from_waker(&waker))
    }

    /// 허가를 얻는다.
    fn take(&mut self, why: &str) -> Permit {
        match self.poll() {
            Poll::Ready(Ok(permit)) => permit,
            polled => panic!("허가를 얻어야 하는데 {polled:?}입니다. {why}"),
        }
    }

    fn woken(&self) -> usize {
        self.woken.0.load(Ordering::SeqCst)
    }
}

/// 기다리지 않고 허가를 얻는다.
fn take(semaphore: &Semaphore) -> Permit {
    Waiter::new(semaphore).take("남은 허가가 있고 줄이 비어 있습니다")
}

/// 허가를 얻고, 버리면 기다리던 태스크가 얻는다
#[test]
fn basic_a_permit_is_passed_on() {
    let semaphore = Semaphore::new(2);
    let (first, _second) = (take(&semaphore), take(&semaphore));
    assert_eq!(semaphore.available(), 0, "둘 다 내주었습니다");
    let mut waiter = Waiter::in_line(&semaphore);
    drop(first);
    assert_eq!(
        waiter.woken(),
        1,
        "허가가 돌아왔으니 기다리던 태스크를 깨워야 합니다"
    );
    let permit = waiter.take("허가 하나가 돌아왔습니다");
    drop(permit);
    assert_eq!(semaphore.available(), 1, "버린 허가는 돌아와야 합니다");
}

/// 줄을 선 차례대로 얻는다
#[test]
fn permits_come_in_the_order_of_the_line() {
    let semaphore = Semaphore::new(1);
    let mut held = take(&semaphore);
    let mut line: Vec<Waiter> = (0..3).map(|_| Waiter::in_line(&semaphore)).collect();
    for at in 0..3 {
        drop(held);
        let woken: Vec<usize> = line.iter().map(Waiter::woken).collect();
        let expected: Vec<usize> = (0..3).map(|other| usize::from(other <= at)).collect();
        assert_eq!(
            woken, expected,
            "허가 하나가 돌아올 때마다 맨 앞의 태스크만 한 번 깨워야 합니다"
        );
        held = line[at].take("맨 앞에 서 있습니다");
    }
}

/// 깨어난 태스크가 폴링되기 전에 온 태스크는 새치기하지 못한다
#[test]
fn a_newcomer_does_not_barge_in() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let mut first = Waiter::in_line(&semaphore);
    drop(held);
    let mut newcomer = Waiter::new(&semaphore);
    assert!(
        newcomer.poll().is_pending(),
        "깨어난 태스크가 아직 폴링되지 않았어도 그 태스크의 차례입니다"
    );
    let permit = first.take("새로 온 태스크보다 먼저 줄을 섰습니다");
    drop(permit);
    assert_eq!(newcomer.woken(), 1, "이제 새로 온 태스크의 차례입니다");
    newcomer.take("앞에 선 태스크가 없습니다");
}

/// 먼저 만든 것이 아니라 먼저 폴링한 것이 앞에 선다
#[test]
fn the_line_forms_at_the_first_poll() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let mut made_first = Waiter::new(&semaphore);
    let mut polled_first = Waiter::in_line(&semaphore);
    assert!(made_first.poll().is_pending(), "남은 허가가 없습니다");
    drop(held);
    polled_first.take("만든 차례가 아니라 처음 폴링된 차례로 줄을 섭니다");
}

/// 한꺼번에 돌아온 허가는 모두 쓰인다
#[test]
fn returned_permits_are_all_used() {
    let semaphore = Semaphore::new(2);
    let held = (take(&semaphore), take(&semaphore));
    let mut first = Waiter::in_line(&semaphore);
    let mut second = Waiter::in_line(&semaphore);
    let third = Waiter::in_line(&semaphore);
    drop(held);
    let _one = first.take("맨 앞입니다");
    assert!(
        second.woken() >= 1,
        "허가가 하나 더 남아 있으니 둘째 태스크도 깨어나야 합니다"
    );
    let _two = second.take("이제 맨 앞이고 허가가 남아 있습니다");
    assert_eq!(third.woken(), 0, "허가 둘은 모두 나갔습니다");
}

/// 허가 하나에 하나만 깨운다
#[test]
fn one_permit_wakes_one() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let line: Vec<Waiter> = (0..5).map(|_| Waiter::in_line(&semaphore)).collect();
    drop(held);
    assert_eq!(
        line.iter().map(Waiter::woken).sum::<usize>(),
        1,
        "나머지는 깨어나도 얻을 것이 없습니다"
    );
}

/// 기다리다 그만둔 태스크는 줄에서 빠진다
#[test]
fn a_cancelled_waiter_leaves_the_line() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let (first, second) = (Waiter::in_line(&semaphore), Waiter::in_line(&semaphore));
    let mut third = Waiter::in_line(&semaphore);
    drop(first);
    drop(second);
    assert_eq!(third.woken(), 0, "아직 돌아온 허가가 없습니다");
    drop(held);
    assert_eq!(third.woken(), 1, "앞의 둘이 떠났으니 맨 앞입니다");
    third.take("앞에 선 태스크가 없습니다");
}

/// 깨어난 다음에 그만둔 태스크는 차례를 넘긴다
#[test]
fn a_woken_waiter_passes_its_turn_on() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let first = Waiter::in_line(&semaphore);
    let mut second = Waiter::in_line(&semaphore);
    drop(held);
    assert_eq!(first.woken(), 1, "맨 앞의 태스크를 깨웁니다");
    drop(first);
    assert_eq!(
        second.woken(),
        1,
        "허가를 받지 않고 떠났으니 다음 태스크를 깨워야 합니다"
    );
    second.take("남은 허가가 있고 맨 앞입니다");
}

/// 깨어난 마지막 태스크가 그만두어도 허가를 잃지 않는다
#[test]
fn no_permit_is_lost() {
    let semaphore = Semaphore::new(1);
    for _ in 0..3 {
        let held = take(&semaphore);
        let waiter = Waiter::in_line(&semaphore);
        drop(held);
        drop(waiter);
    }
    assert_eq!(
        semaphore.available(),
        1,
        "기다리던 태스크가 떠났으니 허가는 남아 있어야 합니다"
    );
}

/// 폴링된 적이 없는 퓨처는 버려도 아무 일이 없다
#[test]
fn an_unpolled_acquire_is_nothing() {
    let semaphore = Semaphore::new(1);
    drop(semaphore.acquire());
    let held = take(&semaphore);
    let waiting = semaphore.acquire();
    let mut waiter = Waiter::in_line(&semaphore);
    drop(waiting);
    assert_eq!(semaphore.available(), 0, "허가를 받은 적이 없는 퓨처입니다");
    drop(held);
    waiter.take("폴링하지 않은 퓨처는 줄에 서 있지 않습니다");
}

/// 허가를 얻고 난 퓨처를 버려도 허가가 늘지 않는다
#[test]
fn a_finished_acquire_gives_nothing_back() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let mut waiter = Waiter::in_line(&semaphore);
    drop(held);
    let permit = waiter.take("허가가 돌아왔습니다");
    drop(waiter);
    assert_eq!(
        semaphore.available(),
        0,
        "허가는 퓨처가 아니라 Permit이 쥐고 있습니다"
    );
    drop(permit);
    assert_eq!(
        semaphore.available(),
        1,
        "Permit을 버렸으니 돌아와야 합니다"
    );
}

/// 다시 폴링하면 마지막 Waker를 맡고 자리는 지킨다
#[test]
fn the_last_waker_keeps_the_place() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let mut first = Waiter::in_line(&semaphore);
    let second = Waiter::in_line(&semaphore);
    let before = std::mem::take(&mut first.woken);
    assert!(
        first.poll().is_pending(),
        "다른 태스크로 옮겨 폴링해도 아직 차례가 아닙니다"
    );
    drop(held);
    assert_eq!(
        (
            before.0.load(Ordering::SeqCst),
            first.woken(),
            second.woken()
        ),
        (0, 1, 0),
        "먼저 선 자리 그대로, 마지막에 맡긴 Waker를 깨워야 합니다"
    );
}

/// 닫으면 기다리던 태스크가 모두 끝난다
#[test]
fn close_ends_all_the_waiting() {
    let semaphore = Semaphore::new(1);
    let held = take(&semaphore);
    let mut line: Vec<Waiter> = (0..3).map(|_| Waiter::in_line(&semaphore)).collect();
    semaphore.close();
    for waiter in &mut line {
        assert_eq!(waiter.woken(), 1, "닫혔다는 것을 알려면 깨어나야 합니다");
        assert!(
            matches!(waiter.poll(), Poll::Ready(Err(Closed))),
            "닫힌 세마포어를 기다리던 것은 Closed로 끝나야 합니다"
        );
    }
    drop(line);
    drop(held);
    assert_eq!(
        semaphore.available(),
        1,
        "이미 내준 허가는 닫힌 뒤에도 버리면 돌아옵니다"
    );
}

/// 닫힌 뒤에는 남은 허가도 내주지 않는다
#[test]
fn a_closed_semaphore_gives_nothing() {
    let semaphore = Semaphore::new(1);
    semaphore.clone().close();
    assert!(
        matches!(Waiter::new(&semaphore).poll(), Poll::Ready(Err(Closed))),
        "복제한 것으로 닫아도 같은 세마포어입니다"
    );
    assert_eq!(semaphore.available(), 1, "가져간 허가는 없습니다");
}

thread_local! {
    static SHARED: RefCell<Option<Semaphore>> = const { RefCell::new(None) };
}

/// 불리자마자 세마포어를 또 쓰는 `Waker`.
#[derive(Default)]
struct Eager(AtomicUsize);

impl Wake for Eager {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
        let semaphore = SHARED.with_borrow(|shared| shared.clone());
        let semaphore = semaphore.expect("테스트가 넣어 두었다");
        let waker = Waker::from(Arc::new(Count::default()));
        let mut acquire = Box::pin(semaphore.acquire());
        let _ = acquire.as_mut().poll(&mut Context::from_waker(&waker));
    }
}

/// 깨우는 동안 세마포어를 써도 된다
#[test]
fn wake_may_use_the_semaphore() {
    let semaphore = Semaphore::new(1);
    SHARED.set(Some(semaphore.clone()));
    let held = take(&semaphore);
    let eager = Arc::new(Eager::default());
    let waker = Waker::from(Arc::clone(&eager));
    let mut cx = Context::from_waker(&waker);
    let (mut first, mut second) = (Box::pin(semaphore.acquire()), Box::pin(semaphore.acquire()));
    assert!(
        first.as_mut().poll(&mut cx).is_pending() && second.as_mut().poll(&mut cx).is_pending(),
        "남은 허가가 없습니다"
    );
    drop(held);
    drop(first);
    assert_eq!(
        eager.0.load(Ordering::SeqCst),
        2,
        "허가가 돌아왔을 때와 차례를 넘길 때 한 번씩 깨워야 합니다"
    );
    semaphore.close();
    assert!(
        matches!(second.as_mut().poll(&mut cx), Poll::Ready(Err(Closed))),
        "닫혔습니다"
    );
    drop(SHARED.take());
}

/// 닫으며 깨우는 동안 세마포어를 써도 된다
#[test]
fn wake_may_use_the_closing_semaphore() {
    let semaphore = Semaphore::new(0);
    SHARED.set(Some(semaphore.clone()));
    let eager = Arc::new(Eager::default());
    let waker = Waker::from(Arc::clone(&eager));
    let mut cx = Context::from_waker(&waker);
    let mut waiting = Box::pin(semaphore.acquire());
    assert!(
        waiting.as_mut().poll(&mut cx).is_pending(),
        "허가가 하나도 없습니다"
    );
    semaphore.close();
    assert_eq!(
        eager.0.load(Ordering::SeqCst),
        1,
        "닫혔다는 것을 알려면 깨어나야 합니다"
    );
    drop(SHARED.take());
}

/// 허가를 얻으며 다음을 깨우는 동안에도 세마포어를 써도 된다
#[test]
fn wake_may_use_the_semaphore_during_a_poll() {
    let semaphore = Semaphore::new(2);
    SHARED.set(Some(semaphore.clone()));
    let held = (take(&semaphore), take(&semaphore));
    let eager = Arc::new(Eager::default());
    let waker = Waker::from(Arc::clone(&eager));
    let mut cx = Context::from_waker(&waker);
    let (mut first, mut second) = (Box::pin(semaphore.acquire()), Box::pin(semaphore.acquire()));
    assert!(
        first.as_mut().poll(&mut cx).is_pending() && second.as_mut().poll(&mut cx).is_pending(),
        "남은 허가가 없습니다"
    );
    drop(held);
    let permit = first.as_mut().poll(&mut cx);
    assert!(
        matches!(permit, Poll::Ready(Ok(_))),
        "허가 둘이 돌아왔고 맨 앞입니다"
    );
    assert!(
        eager.0.load(Ordering::SeqCst) >= 2,
        "허가가 하나 더 남아 있으니 둘째 태스크도 깨어나야 합니다"
    );
    drop(SHARED.take());
}
