//! 끝난 퓨처를 또 폴링하거나, 기다릴 갈래가 하나도 남지 않는 꼴들.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use ch03_07_block_on::block_on;
use ch03_11_join_select::{Either, join, select};
use futures::FutureExt;
use tokio::sync::mpsc::{Receiver, channel};

// ANCHOR: finished_again
/// 하나가 끝날 때마다 또 고른다. 끝난 쪽도 다시 폴링한다.
pub async fn both<A: Future<Output = u32>, B: Future<Output = u32>>(
    mut a: Pin<&mut A>,
    mut b: Pin<&mut B>,
) -> u32 {
    let mut sum = 0;
    for _ in 0..2 {
        sum += match select(a.as_mut(), b.as_mut()).await {
            Either::Left((value, _)) | Either::Right((value, _)) => value,
        };
    }
    sum
}
// ANCHOR_END: finished_again

// ANCHOR: fused
async fn number(value: u32) -> u32 {
    value
}

pub fn bare() -> u32 {
    block_on(both(pin!(number(1)), pin!(number(2))))
}

pub fn fused() -> u32 {
    // fuse로 감싼 퓨처는 끝난 뒤에 늘 Pending이다.
    block_on(both(pin!(number(1).fuse()), pin!(number(2).fuse())))
}
// ANCHOR_END: fused

// ANCHOR: rest
/// 끝난 쪽은 돌려받지 않으므로 다시 폴링할 수 없다.
pub fn rest_by_value() -> u32 {
    block_on(async {
        match select(pin!(number(1)), pin!(number(2))).await {
            Either::Left((value, rest)) => value + rest.await,
            Either::Right((value, rest)) => value + rest.await,
        }
    })
}
// ANCHOR_END: rest

#[cfg(test)]
pub fn tokio_bare() -> u32 {
    block_on(async {
        let (mut a, mut b) = (pin!(number(1)), pin!(number(2)));
        let mut sum = 0;
        for _ in 0..2 {
            tokio::select! {
                biased;
                value = &mut a => sum += value,
                value = &mut b => sum += value,
            }
        }
        sum
    })
}

// ANCHOR: guarded
#[cfg(test)]
pub fn tokio_guarded() -> u32 {
    block_on(async {
        let (mut a, mut b) = (pin!(number(1)), pin!(number(2)));
        let (mut sum, mut a_done, mut b_done) = (0, false, false);
        while !(a_done && b_done) {
            tokio::select! {
                value = &mut a, if !a_done => (sum, a_done) = (sum + value, true),
                value = &mut b, if !b_done => (sum, b_done) = (sum + value, true),
            }
        }
        sum
    })
}
// ANCHOR_END: guarded

pub fn join_again() {
    let mut joined = pin!(join(number(1), number(2)));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..2 {
        assert!(joined.as_mut().poll(&mut cx).is_ready());
    }
}

// ANCHOR: no_else
/// 두 채널에서 온 수를 열이 될 때까지 더한다. 그 전에 둘 다 닫히면 기다릴 갈래가 없다.
pub async fn sum_without_else(mut a: Receiver<u32>, mut b: Receiver<u32>) -> u32 {
    let mut sum = 0;
    while sum < 10 {
        tokio::select! {
            Some(value) = a.recv() => sum += value,
            Some(value) = b.recv() => sum += value,
        }
    }
    sum
}

pub async fn sum_with_else(mut a: Receiver<u32>, mut b: Receiver<u32>) -> u32 {
    let mut sum = 0;
    while sum < 10 {
        tokio::select! {
            Some(value) = a.recv() => sum += value,
            Some(value) = b.recv() => sum += value,
            else => break,
        }
    }
    sum
}
// ANCHOR_END: no_else

/// 수 하나씩을 담고 닫힌 두 채널.
pub fn closed_channels() -> (Receiver<u32>, Receiver<u32>) {
    let closed = |value| {
        let (sender, receiver) = channel(1);
        sender.try_send(value).expect("자리가 있다");
        receiver
    };
    (closed(1), closed(2))
}

/// 값이나 패닉 메시지.
pub fn outcome(act: impl FnOnce() -> u32) -> String {
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(value) => value.to_string(),
        Err(payload) => {
            let fixed = payload
                .downcast_ref::<&str>()
                .map(|text| String::from(*text));
            let built = payload.downcast_ref::<String>().cloned();
            let message = fixed.or(built).expect("메시지가 글자이다");
            format!("패닉, {message}")
        }
    }
}

pub fn table() -> Vec<String> {
    lines([
        (
            "끝난 join에 또 묻기",
            outcome(|| {
                join_again();
                0
            }),
        ),
        ("select 되풀이", outcome(bare)),
        ("fuse로 감싸고 되풀이", outcome(fused)),
        ("남은 쪽만 기다리기", outcome(rest_by_value)),
    ])
}

pub fn all_closed() -> Vec<String> {
    let (a, b) = closed_channels();
    let (c, d) = closed_channels();
    lines([
        ("else 없음", outcome(|| block_on(sum_without_else(a, b)))),
        ("else 있음", outcome(|| block_on(sum_with_else(c, d)))),
    ])
}

fn lines<const N: usize>(outcomes: [(&str, String); N]) -> Vec<String> {
    outcomes
        .map(|(name, outcome)| format!("[Rust] {name}: {outcome}"))
        .to_vec()
}
