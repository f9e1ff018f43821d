//! 한도를 두고 여럿을 함께 돌리는 값.

use std::pin::pin;

use ch03_13_streams::BufferUnordered;
use futures::stream::iter;
use futures::{Stream, StreamExt};

use super::slots::timed;
use crate::case::{Case, Group};

pub const GROUP: Group = Group {
    name: "buffer_unordered",
    listing: "listings/ch03-promises-futures/13-streams",
    also: &[],
};

/// 한 번에 흘려 보내는 일의 수.
const JOBS: usize = 1000;

pub fn cases() -> Vec<Case> {
    [10, 100].map(case).into()
}

fn case(limit: usize) -> Case {
    Case::new(&GROUP, format!("limit{limit}"), format!("한도 {limit}"))
        .ours("own", move |times| {
            timed(JOBS, times, async |jobs| {
                drain(BufferUnordered::new(iter(jobs), limit)).await
            })
        })
        .peer("futures", move |times| {
            timed(JOBS, times, async |jobs| {
                drain(iter(jobs).buffer_unordered(limit)).await
            })
        })
}

async fn drain(stream: impl Stream<Item = usize>) -> usize {
    let mut stream = pin!(stream);
    let mut sum = 0;
    while let Some(value) = stream.next().await {
        sum += value;
    }
    sum
}
