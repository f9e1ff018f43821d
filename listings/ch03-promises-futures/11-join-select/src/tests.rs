//! 센 것과 적은 것을 붙잡고, 같은 이야기를 라이브러리로도 돌린다.

use std::cell::Cell;
use std::future::{pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;

use ch03_07_block_on::answer::answer;
use ch03_07_block_on::block_on;
use ch03_11_join_select::{Either, faulty, join, join_all, select, simple, try_join};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use proptest::prelude::*;

use crate::clock::{self, Clock, request};
use crate::polls::{Counted, Wakes, polls};
use crate::{again, fair, steps, times};

/// 깨운 횟수를 세는 `Waker`와 그 수.
fn counting_waker() -> (Arc<Wakes>, Waker) {
    let wakes = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    (wakes, waker)
}

fn poll_with<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(waker))
}

// ANCHOR: short_join
#[test]
fn a_join_that_returns_early_waits_in_turn() {
    let short = async |clock: &Clock| {
        let name = request(clock, "사용자", 30, "하나");
        let orders = request(clock, "주문", 50, 3);
        let (name, orders) = faulty::short_join(name, orders).await;
        clock.say("main", format!("{name}, 주문 {orders}건"));
    };
    assert_eq!(clock::run(short), clock::run(times::in_turn));
    assert_ne!(clock::run(times::together), clock::run(times::in_turn));
}
// ANCHOR_END: short_join

// ANCHOR: made_first
#[test]
fn making_both_first_starts_neither() {
    let made_first = async |clock: &Clock| {
        let name = request(clock, "사용자", 30, "하나");
        let orders = request(clock, "주문", 50, 3);
        let (name, orders) = (name.await, orders.await);
        clock.say("main", format!("{name}, 주문 {orders}건"));
    };
    assert_eq!(clock::run(made_first), clock::run(times::in_turn));
}
// ANCHOR_END: made_first

// ANCHOR: counts
#[test]
fn only_the_woken_are_polled() {
    for len in [1, 2, 10, 30, 31, 100] {
        assert_eq!(polls(len, simple::join_all), len + len * (len + 1) / 2);
        assert_eq!(polls(len, join_all), 2 * len);
    }
}
// ANCHOR_END: counts

/// 깨어날 때마다 끝나지 않은 것을 모두 물을 때의 수.
fn all(len: usize) -> usize {
    len + len * (len + 1) / 2
}

fn three(answers: Vec<Counted<usize>>) -> [Counted<usize>; 3] {
    answers.try_into().ok().expect("셋이다")
}

fn unordered<F: Future>(futures: Vec<F>) -> FuturesUnordered<F> {
    futures.into_iter().collect()
}

// ANCHOR: library_counts
#[test]
fn what_the_libraries_poll() {
    assert_eq!(polls(30, futures::future::join_all), all(30));
    assert_eq!(polls(31, futures::future::join_all), 2 * 31);
    let with_futures = async |answers| {
        let [a, b, c] = three(answers);
        futures::join!(a, b, c)
    };
    let with_tokio = async |answers| {
        let [a, b, c] = three(answers);
        tokio::join!(a, b, c)
    };
    assert_eq!(polls(3, with_futures), all(3));
    assert_eq!(polls(3, with_tokio), all(3));
    let with_try = async |answers| {
        let ok = async |answer: Counted<usize>| Ok::<_, ()>(answer.await);
        let [a, b, c] = three(answers);
        tokio::try_join!(ok(a), ok(b), ok(c))
    };
    assert_eq!(polls(3, with_try), all(3));
    let drained = async |answers| unordered(answers).collect::<Vec<_>>().await;
    assert_eq!(polls(100, drained), 2 * 100);
}
// ANCHOR_END: library_counts

#[test]
fn two_answers_wake_the_parent_once() {
    let (givers, answers): (Vec<_>, Vec<_>) = (0..3).map(|_| answer()).unzip();
    let (wakes, waker) = counting_waker();
    let mut joined = join_all(answers);
    assert!(poll_with(&mut joined, &waker).is_pending());
    let mut givers = givers.into_iter();
    givers.by_ref().take(2).for_each(|giver| giver.give(1));
    assert_eq!(wakes.take(), 1);
    assert!(poll_with(&mut joined, &waker).is_pending());
    givers.for_each(|giver| giver.give(1));
    assert_eq!(wakes.take(), 1);
    assert_eq!(poll_with(&mut joined, &waker), Poll::Ready(vec![1; 3]));
}

// ANCHOR: moved
#[test]
fn the_last_one_who_asked_is_woken() {
    let (giver, answer) = answer();
    let mut joined = join_all([answer]);
    let [(first, before), (last, after)] = [counting_waker(), counting_waker()];
    assert!(poll_with(&mut joined, &before).is_pending());
    // 깨어난 자식이 없어서 자식은 폴링하지 않는다. 그래도 부모는 바뀌어야 한다.
    assert!(poll_with(&mut joined, &after).is_pending());
    giver.give(7);
    assert_eq!((first.take(), last.take()), (0, 1));
}
// ANCHOR_END: moved

// ANCHOR: stale
#[test]
fn a_finished_child_woken_again_is_not_counted_twice() {
    let left_over = Cell::new(None);
    let quick = poll_fn(|cx| {
        left_over.set(Some(cx.waker().clone()));
        Poll::Ready(1)
    });
    let slow = poll_fn(|_| Poll::Pending);
    let children: [Pin<Box<dyn Future<Output = u32>>>; 2] = [Box::pin(quick), Box::pin(slow)];
    let mut joined = join_all(children);
    assert!(poll_with(&mut joined, Waker::noop()).is_pending());
    left_over.take().expect("맡겼다").wake();
    assert!(poll_with(&mut joined, Waker::noop()).is_pending());
}
// ANCHOR_END: stale

// ANCHOR: itself
#[test]
fn a_child_that_wakes_itself_does_not_hold_the_task() {
    let polls = Cell::new(0);
    let restless = poll_fn(|cx| {
        polls.update(|polls| polls + 1);
        assert!(polls.get() < 1000, "poll에서 나가지 않는다");
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    });
    let mut joined = join_all([restless]);
    let (wakes, waker) = counting_waker();
    assert!(poll_with(&mut joined, &waker).is_pending());
    assert_eq!((polls.get(), wakes.take()), (1, 1));
}
// ANCHOR_END: itself

// ANCHOR: same
/// 답하거나 답 없이 깨우기를 되풀이하며, 세 가지 `join_all`이 같은 걸음에 같은 결과를 내는지 본다.
fn same_at_every_step(len: usize, steps: &[(usize, bool)]) {
    let ours = walk(len, steps, join_all);
    assert_eq!(ours, walk(len, steps, simple::join_all));
    assert_eq!(ours, walk(len, steps, futures::future::join_all));
}

proptest! {
    #[test]
    fn all_three_agree(
        len in 1_usize..40,
        steps in prop::collection::vec((0_usize..40, any::<bool>()), 0..80),
    ) {
        same_at_every_step(len, &steps);
    }
}
// ANCHOR_END: same

type Children = Vec<ch03_07_block_on::answer::Answer<usize>>;

fn walk<J: Future>(
    len: usize,
    steps: &[(usize, bool)],
    join: impl FnOnce(Children) -> J,
) -> Vec<Poll<J::Output>> {
    let (givers, answers): (Vec<_>, Children) = (0..len).map(|_| answer()).unzip();
    let mut givers: Vec<_> = givers.into_iter().map(Some).collect();
    let (wakes, waker) = counting_waker();
    let (mut joined, mut cx) = (pin!(join(answers)), Context::from_waker(&waker));
    let mut seen = vec![joined.as_mut().poll(&mut cx)];
    let rest = (0..len).map(|index| (index, true));
    for (index, give) in steps.iter().copied().chain(rest) {
        match (&mut givers[index % len], give) {
            (giver @ Some(_), true) => giver.take().into_iter().for_each(|giver| giver.give(index)),
            (Some(giver), false) => giver.nudge(),
            (None, _) => {}
        }
        while seen.last().is_some_and(Poll::is_pending) && wakes.take() > 0 {
            seen.push(joined.as_mut().poll(&mut cx));
        }
    }
    seen.dedup_by(|next, poll| next.is_pending() && poll.is_pending());
    seen
}
#[test]
fn nothing_to_wait_for_is_ready_at_once() {
    assert_eq!(
        block_on(join_all(Vec::<std::future::Ready<u32>>::new())),
        []
    );
}

// ANCHOR: threads
#[test]
fn answers_from_many_threads_are_not_lost() {
    for _ in 0..200 {
        let (givers, answers): (Vec<_>, Vec<_>) = (0..8).map(|_| answer()).unzip();
        thread::scope(|scope| {
            for (value, giver) in givers.into_iter().enumerate() {
                scope.spawn(move || giver.give(value));
            }
            assert_eq!(block_on(join_all(answers)), [0, 1, 2, 3, 4, 5, 6, 7]);
        });
    }
}
// ANCHOR_END: threads

/// 버려지면 알린다.
struct Held<'a>(&'a Cell<bool>);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

// ANCHOR: dropped
#[test]
fn a_finished_future_is_dropped_before_the_other_ends() {
    let dropped = Cell::new(false);
    let held = Held(&dropped);
    let quick = poll_fn(move |_| {
        let _ = &held;
        Poll::Ready(1)
    });
    let mut joined = pin!(join(quick, pending::<()>()));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(joined.as_mut().poll(&mut cx).is_pending());
    assert!(dropped.get());
}
// ANCHOR_END: dropped

#[test]
fn the_other_side_is_dropped_with_the_first_error() {
    for bad_first in [true, false] {
        let dropped = Cell::new(false);
        let held = Held(&dropped);
        let waiting = poll_fn(move |_| {
            let _ = &held;
            Poll::<Result<u32, &str>>::Pending
        });
        let bad = ready(Err::<u32, _>("오류"));
        let mut pair: Pin<Box<dyn Future<Output = _>>> = match bad_first {
            true => Box::pin(try_join(bad, waiting)),
            false => Box::pin(try_join(waiting, bad)),
        };
        // 조합자는 아직 살아 있다.
        assert!(poll_with(&mut pair, Waker::noop()).is_ready() && dropped.get());
    }
}

#[test]
fn join_waits_for_the_slower_side() {
    for left_first in [true, false] {
        let ((left, a), (right, b)) = (answer(), answer());
        let mut joined = Box::pin(join(a, b));
        let ((tried_left, a), (tried_right, b)) = (answer(), answer());
        let mut tried = Box::pin(try_join(a, b));
        let mut halves = [(left, tried_left, 1), (right, tried_right, 2)];
        if !left_first {
            halves.reverse();
        }
        for (giver, tried_giver, value) in halves {
            assert!(poll_with(&mut joined, Waker::noop()).is_pending());
            assert!(poll_with(&mut tried, Waker::noop()).is_pending());
            giver.give(value);
            tried_giver.give(Ok::<_, ()>(value));
        }
        assert_eq!(poll_with(&mut joined, Waker::noop()), Poll::Ready((1, 2)));
        let both = Poll::Ready(Ok((1, 2)));
        assert_eq!(poll_with(&mut tried, Waker::noop()), both);
    }
}

#[test]
fn the_first_error_wins_on_either_side() {
    let (ok, bad) = (
        || ready(Ok::<u32, &str>(1)),
        || ready(Err::<u32, _>("오류")),
    );
    assert_eq!(block_on(try_join(ok(), ok())), Ok((1, 1)));
    assert_eq!(
        block_on(try_join(bad(), pending::<Result<u32, _>>())),
        Err("오류")
    );
    assert_eq!(
        block_on(try_join(pending::<Result<u32, _>>(), bad())),
        Err("오류")
    );
}

async fn together_with_futures(clock: &Clock) {
    let (name, orders) = (
        request(clock, "사용자", 30, "하나"),
        request(clock, "주문", 50, 3),
    );
    let (name, orders) = futures::future::join(name, orders).await;
    clock.say("main", format!("{name}, 주문 {orders}건"));
}

// ANCHOR: libraries
async fn together_with_tokio(clock: &Clock) {
    let (name, orders) = tokio::join!(
        request(clock, "사용자", 30, "하나"),
        request(clock, "주문", 50, 3),
    );
    clock.say("main", format!("{name}, 주문 {orders}건"));
}

async fn loser_dropped_by_tokio(clock: &Clock) {
    let text = tokio::select! {
        biased;
        text = request(clock, "가까운 서버", 20, "답") => text,
        text = request(clock, "먼 서버", 50, "답") => text,
    };
    clock.say("main", format!("{text}을 받음"));
}

async fn one_fails_with_tokio(clock: &Clock) {
    let stock = request(clock, "재고", 50, Ok("두 개"));
    let payment = request(clock, "결제", 20, Err("잔액 부족"));
    match tokio::try_join!(stock, payment) {
        Ok((stock, receipt)) => clock.say("main", format!("{stock}, {receipt}")),
        Err::<(_, &str), &str>(error) => clock.say("main", format!("실패, {error}")),
    }
}
// ANCHOR_END: libraries

async fn one_fails_with_futures(clock: &Clock) {
    let stock = request(clock, "재고", 50, Ok("두 개"));
    let payment = request(clock, "결제", 20, Err("잔액 부족"));
    match futures::future::try_join(stock, payment).await {
        Ok((stock, receipt)) => clock.say("main", format!("{stock}, {receipt}")),
        Err::<(_, &str), &str>(error) => clock.say("main", format!("실패, {error}")),
    }
}

async fn loser_dropped_by_futures(clock: &Clock) {
    let near = Box::pin(request(clock, "가까운 서버", 20, "답"));
    let far = Box::pin(request(clock, "먼 서버", 50, "답"));
    let text = futures::future::select(near, far).await.factor_first().0;
    clock.say("main", format!("{text}을 받음"));
}

#[test]
fn the_libraries_tell_the_same_story() {
    let together = clock::run(times::together);
    assert_eq!(clock::run(together_with_futures), together);
    assert_eq!(clock::run(together_with_tokio), together);
    let loser = clock::run(times::loser_dropped);
    assert_eq!(clock::run(loser_dropped_by_futures), loser);
    let fails = clock::run(times::one_fails);
    assert_eq!(clock::run(one_fails_with_futures), fails);
    assert_eq!(clock::run(one_fails_with_tokio), fails);
    assert_eq!(clock::run(loser_dropped_by_tokio), loser);
}

// ANCHOR: kept
#[test]
fn a_borrowed_loser_outlives_the_select() {
    let dropped = "[Rust] [20ms] 먼 서버: 버려짐";
    let place = |lines: Vec<String>| lines.iter().position(|line| line == dropped);
    // 넷째 줄은 main보다 앞이고 다섯째 줄은 뒤이다.
    assert_eq!(place(clock::run(times::loser_dropped)), Some(3));
    assert_eq!(place(clock::run(times::loser_kept)), Some(4));
}
// ANCHOR_END: kept

#[test]
fn a_greedy_future_holds_the_other_back() {
    let lines = |steps: [(&str, u32); 6]| steps.map(|(who, step)| format!("{who}: {step}걸음"));
    let (first, second) = (|step| ("첫째", step), |step| ("둘째", step));
    let in_turn = [
        first(1),
        first(2),
        first(3),
        second(1),
        second(2),
        second(3),
    ];
    assert_eq!(clock::run(steps::greedy), lines(in_turn));
    let woven = [
        first(1),
        second(1),
        first(2),
        second(2),
        first(3),
        second(3),
    ];
    assert_eq!(clock::run(steps::polite), lines(woven));
}

// ANCHOR: fair
#[test]
fn asking_left_first_starves_the_right() {
    let starved = [fair::ROUNDS, 0];
    assert_eq!(fair::left_first(), starved);
    assert_eq!(fair::futures_select(), starved);
    assert_eq!(fair::tokio_biased(), starved);
    assert_eq!(fair::in_turns(), [fair::ROUNDS / 2; 2]);
    // 무작위이다. 만 번 모두 한쪽만 나올 확률은 0이라고 보아도 된다.
    assert!(fair::futures_macro().iter().all(|&count| count > 0));
    assert!(fair::tokio_macro().iter().all(|&count| count > 0));
}
// ANCHOR_END: fair

#[test]
fn tokio_select_draws_only_where_to_start() {
    // 어디서 시작하든 첫째 다음은 둘째이므로, 둘째의 몫은 셋에 둘이다.
    let [second, third] = fair::tokio_after_pending();
    assert!((6_000..7_300).contains(&second), "{second} : {third}");
    let [second, third] = fair::futures_after_pending();
    assert!((4_400..5_600).contains(&second), "{second} : {third}");
}

#[test]
fn turns_change_by_one_each_time() {
    let turns = ch03_11_join_select::Turns::default();
    let pick = || block_on(turns.select(ready(1), ready(2)));
    let left = |picked| matches!(picked, Either::Left(_));
    assert_eq!(
        [pick(), pick(), pick(), pick()].map(left),
        [true, false, true, false]
    );
}

#[test]
#[should_panic(expected = "`async fn` resumed after completion")]
fn choosing_again_polls_the_finished_one() {
    again::bare();
}

#[test]
#[should_panic(expected = "`async fn` resumed after completion")]
fn tokio_select_polls_the_finished_one() {
    again::tokio_bare();
}

#[test]
fn tokio_select_skips_a_disabled_branch() {
    assert_eq!(again::tokio_guarded(), 3);
}

#[test]
fn fused_or_returned_futures_are_not_polled_again() {
    assert_eq!((again::fused(), again::rest_by_value()), (3, 3));
}

#[test]
fn choosing_once_more_among_fused_futures_waits_for_ever() {
    let (mut a, mut b) = (pin!(ready(1).fuse()), pin!(ready(2).fuse()));
    assert_eq!(block_on(again::both(a.as_mut(), b.as_mut())), 3);
    let (wakes, waker) = counting_waker();
    assert!(poll_with(&mut select(a, b), &waker).is_pending());
    // 여기와 waker만 쥐고 있다. 깨울 사람이 없다.
    assert_eq!(Arc::strong_count(&wakes), 2);
}

#[test]
#[should_panic(expected = "결과를 꺼낸 뒤에 폴링했다")]
fn join_panics_when_polled_after_ready() {
    again::join_again();
}

#[test]
#[should_panic(expected = "all branches are disabled")]
fn closed_channels_without_else_panic() {
    let (a, b) = again::closed_channels();
    block_on(again::sum_without_else(a, b));
}

#[test]
fn closed_channels_with_else_end() {
    let (a, b) = again::closed_channels();
    assert_eq!(block_on(again::sum_with_else(a, b)), 3);
}
