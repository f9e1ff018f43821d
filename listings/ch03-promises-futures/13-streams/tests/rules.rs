//! 스트림이 지키는 약속.

use std::cell::Cell;
use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use ch03_13_streams::faulty::{HastyFilter, SwapRemove};
use ch03_13_streams::{BufferUnordered, Fuse, Stream, StreamOps, Ticker, iter, own};
use futures::FutureExt;
use futures::future::{BoxFuture, pending};
use futures::stream::unfold;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::timeout;

fn ask<S: Stream + Unpin>(stream: &mut S) -> Poll<Option<S::Item>> {
    Pin::new(stream).poll_next(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_stream_of_futures_is_a_stream_of_our_own() {
    fn last<S: own::Stream + Unpin>(mut stream: S) -> Option<S::Item> {
        let mut cx = Context::from_waker(Waker::noop());
        let mut last = None;
        while let Poll::Ready(Some(value)) = Pin::new(&mut stream).poll_next(&mut cx) {
            last = Some(value);
        }
        last
    }
    assert_eq!(last(iter(1..=3)), Some(3));
    assert_eq!(last(futures::stream::iter(["가", "나"])), Some("나"));
}

// ANCHOR: starved
/// 1번 일은 두 번째 폴링에서 끝나고, 나머지는 폴링하자마자 끝난다. 끝없이 나온다.
fn slow_among_quick() -> impl Stream<Item = BoxFuture<'static, u32>> + Unpin {
    iter(0..).map(|id| match id {
        1 => async {
            tokio::task::yield_now().await;
            1
        }
        .boxed(),
        id => ready(id).boxed(),
    })
}

/// `id`가 나올 때까지 받은 수. 천 개를 받아도 안 나오면 `None`.
fn place_of(id: u32, mut results: impl Stream<Item = u32> + Unpin) -> Option<usize> {
    (0..1000).find(|_| ask(&mut results) == Poll::Ready(Some(id)))
}

#[test]
fn a_started_job_is_polled_before_younger_ones() {
    assert_eq!(place_of(1, SwapRemove::new(slow_among_quick(), 4)), None);
    let place = place_of(1, BufferUnordered::new(slow_among_quick(), 4));
    assert_eq!(place, Some(2));
}
// ANCHOR_END: starved

#[test]
fn a_fused_stream_stays_ended() {
    let mut turn = 0;
    let comes_back = std::iter::from_fn(move || {
        turn += 1;
        (turn % 2 == 1).then_some(turn)
    });
    let mut bare = iter(comes_back);
    assert_eq!(ask(&mut bare), Poll::Ready(Some(1)));
    assert_eq!(ask(&mut bare), Poll::Ready(None));
    assert_eq!(ask(&mut bare), Poll::Ready(Some(3)));

    let mut fused = Fuse::new(bare);
    assert_eq!(ask(&mut fused), Poll::Ready(None));
    assert!(fused.is_done());
    assert_eq!(ask(&mut fused), Poll::Ready(None));
    assert_eq!(fused.size_hint(), (0, Some(0)));
}

// ANCHOR: hasty
#[tokio::test(start_paused = true)]
async fn an_invented_pending_is_never_woken() {
    let hour = Duration::from_secs(3600);
    let hasty = HastyFilter::new(iter(0..10), |value: &u32| value % 2 == 1);
    assert!(timeout(hour, hasty.to_vec()).await.is_err());
    let right = iter(0..10).filter(|value: &u32| value % 2 == 1);
    assert_eq!(timeout(hour, right.to_vec()).await, Ok(vec![1, 3, 5, 7, 9]));
}
// ANCHOR_END: hasty

// ANCHOR: next_dropped
#[tokio::test(start_paused = true)]
async fn dropping_next_loses_nothing() {
    let mut ticks = Ticker::new(Duration::from_millis(10));
    let early = timeout(Duration::from_millis(5), ticks.next()).await;
    assert!(early.is_err());
    let soon = timeout(Duration::from_millis(6), ticks.next()).await;
    assert!(soon.is_ok(), "앞에서 기다린 5ms도 남아 있다");
}
// ANCHOR_END: next_dropped

#[test]
fn nothing_starts_before_the_first_poll_or_above_the_limit() {
    let started = Cell::new(0);
    let jobs = iter(0..10).map(|_| {
        started.set(started.get() + 1);
        pending::<()>()
    });
    let mut results = jobs.buffer_unordered(3);
    assert_eq!(started.get(), 0);
    for _ in 0..2 {
        assert!(ask(&mut results).is_pending());
        assert_eq!(started.get(), 3);
    }
    assert_eq!(results.size_hint(), (10, Some(10)));
}

#[test]
fn an_ended_source_is_freed_before_its_last_job_ends() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    let jobs = iter(0..1).map(move |_| {
        let _ = &inside;
        pending::<()>()
    });
    let mut results = jobs.buffer_unordered(3);
    assert_eq!(Rc::strong_count(&held), 2);
    assert!(ask(&mut results).is_pending());
    assert_eq!(Rc::strong_count(&held), 1);
}

// ANCHOR: channel
/// 채널에서 온 값을 내놓는다. 보내는 쪽이 모두 사라지면 끝난다.
fn received<T>(receiver: Receiver<T>) -> impl Stream<Item = T> {
    unfold(receiver, async |mut receiver| {
        let value = receiver.recv().await?;
        Some((value, receiver))
    })
}

#[tokio::test]
async fn a_channel_becomes_a_stream() {
    let (sender, receiver) = channel(1);
    let send = async move {
        for value in 1..=3 {
            sender.send(value).await.expect("받는 쪽이 있다");
        }
    };
    let ((), values) = tokio::join!(send, received(receiver).to_vec());
    assert_eq!(values, [1, 2, 3]);
}
// ANCHOR_END: channel

// ANCHOR: zero
#[test]
fn the_library_waits_for_ever_with_a_limit_of_zero() {
    let jobs = || iter(0..3).map(ready);
    let mut theirs = futures::StreamExt::buffer_unordered(jobs(), 0);
    assert!(ask(&mut theirs).is_pending());
    let ours = std::panic::catch_unwind(|| StreamOps::buffer_unordered(jobs(), 0));
    assert!(ours.is_err());
}
// ANCHOR_END: zero
