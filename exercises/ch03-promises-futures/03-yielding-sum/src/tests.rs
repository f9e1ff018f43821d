//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::cell::Cell;
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use ex03_03_yielding_sum::sum;

/// 깨운 횟수를 세는 웨이커의 속.
#[derive(Default)]
struct Count(AtomicUsize);

impl Count {
    fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// `count`로 깨우는 `Waker`를 주며 한 번 폴링한다.
fn poll<F: Future + Unpin>(future: &mut F, count: &Arc<Count>) -> Poll<F::Output> {
    let waker = Waker::from(Arc::clone(count));
    Pin::new(future).poll(&mut Context::from_waker(&waker))
}

/// 1부터 `last`까지 내보내는 반복자와, `next`가 불린 횟수.
fn numbers(last: u64) -> (impl Iterator<Item = u64> + Unpin, Rc<Cell<u64>>) {
    let calls = Rc::new(Cell::new(0));
    let counting = Rc::clone(&calls);
    let next = move || {
        counting.set(counting.get() + 1);
        (counting.get() <= last).then_some(counting.get())
    };
    (iter::from_fn(next), calls)
}

/// 거듭 폴링하면 모두 더한 값이 나온다
#[test]
fn basic_everything_is_summed() {
    let mut future = sum(1..=10, 3);
    let count = Arc::default();
    let ready = (0..100).find_map(|_| match poll(&mut future, &count) {
        Poll::Ready(total) => Some(total),
        Poll::Pending => None,
    });
    assert_eq!(ready, Some(55), "1부터 10까지 더하면 55입니다");
}

/// 만들기만 해서는 꺼내지 않는다
#[test]
fn nothing_is_taken_before_the_first_poll() {
    let (numbers, calls) = numbers(5);
    let mut future = sum(numbers, 10);
    assert_eq!(
        calls.get(),
        0,
        "퓨처는 폴링하기 전에는 아무것도 꺼내지 않아야 합니다"
    );
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Ready(15),
        "열 개까지 꺼낼 수 있으니 첫 폴링에서 끝나야 합니다"
    );
}

/// 폴링마다 제 몫만 꺼낸다
#[test]
fn each_poll_takes_its_share() {
    let (numbers, calls) = numbers(5);
    let mut future = sum(numbers, 2);
    for polls in 1..=2 {
        assert_eq!(
            poll(&mut future, &Arc::default()),
            Poll::Pending,
            "아직 다섯을 다 꺼내지 않았으니 양보해야 합니다"
        );
        assert_eq!(
            calls.get(),
            2 * polls,
            "폴링 한 번에 둘씩 꺼내고 양보해야 합니다. {polls}번 폴링할 때까지 꺼낸 수입니다"
        );
    }
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Ready(15),
        "하나 남은 것을 꺼내고 끝을 만났으니 합을 돌려주어야 합니다"
    );
}

/// 제 몫을 꺼냈으면 더 남았는지 보지 않는다
#[test]
fn a_full_share_yields_without_looking() {
    let (numbers, calls) = numbers(2);
    let mut future = sum(numbers, 2);
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Pending,
        "둘을 꺼냈으면 끝인지 보지 말고 양보해야 합니다"
    );
    assert_eq!(
        calls.get(),
        2,
        "next를 두 번만 불러야 합니다. 셋째를 꺼내 보는 것도 일입니다"
    );
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Ready(3),
        "다음 폴링에서 끝을 만나면 합을 돌려주어야 합니다"
    );
}

/// 더할 것이 없으면 곧바로 끝난다
#[test]
fn nothing_to_sum_is_ready_at_once() {
    let mut future = sum(iter::empty(), 1);
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Ready(0),
        "첫 폴링에서 반복자가 끝났으니 0을 돌려주어야 합니다"
    );
}

/// 양보할 때마다 한 번 깨운다
#[test]
fn every_pending_wakes_once() {
    let mut future = sum(1..=5, 2);
    let count = Arc::default();
    for yielded in 1..=2 {
        assert_eq!(
            poll(&mut future, &count),
            Poll::Pending,
            "다섯을 둘씩 더하면 두 번 양보합니다"
        );
        assert_eq!(
            count.get(),
            yielded,
            "Pending마다 꼭 한 번 깨워야 합니다. {yielded}번 양보할 때까지 깨운 수입니다. 깨우지 않으면 아무도 다시 폴링하지 않습니다"
        );
    }
    assert_eq!(
        poll(&mut future, &count),
        Poll::Ready(15),
        "세 번째 폴링에서 끝나야 합니다"
    );
}

/// 이번에 받은 Waker를 깨운다
#[test]
fn the_latest_waker_is_woken() {
    let mut future = sum(1..=5, 2);
    let counts: [Arc<Count>; 2] = Default::default();
    for count in &counts {
        assert_eq!(
            poll(&mut future, count),
            Poll::Pending,
            "다섯을 둘씩 더하면 두 번 양보합니다"
        );
    }
    assert_eq!(
        counts.map(|count| count.get()),
        [1, 1],
        "폴링마다 그때 받은 Waker를 한 번씩 깨워야 합니다. 첫째와 둘째 Waker를 깨운 수입니다"
    );
}

/// 끝난 뒤에 폴링하면 패닉한다
#[test]
fn polling_after_the_end_panics() {
    let (numbers, calls) = numbers(1);
    let mut future = sum(numbers, 10);
    assert_eq!(
        poll(&mut future, &Arc::default()),
        Poll::Ready(1),
        "하나뿐이니 첫 폴링에서 끝나야 합니다"
    );
    let again = catch_unwind(AssertUnwindSafe(|| poll(&mut future, &Arc::default())));
    assert!(
        again.is_err(),
        "끝난 퓨처를 또 폴링한 것은 실수이니 패닉으로 알려야 합니다"
    );
    assert_eq!(
        calls.get(),
        2,
        "끝을 알린 반복자의 next를 또 부르면 안 됩니다"
    );
}
