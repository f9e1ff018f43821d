//! 하나씩 준비되는 여럿을 함께 기다리는 값.

use ch03_11_join_select::{join_all, simple};

use super::slots::timed;
use crate::case::{Case, Group};

pub const GROUP: Group = Group {
    name: "join_all",
    listing: "listings/ch03-promises-futures/11-join-select",
    also: &[],
};

pub fn cases() -> Vec<Case> {
    [10, 100, 1000].map(case).into()
}

fn case(len: usize) -> Case {
    Case::new(&GROUP, format!("n{len}"), format!("자식 {len}개"))
        .ours("woken", move |times| {
            timed(len, times, async |children| join_all(children).await)
        })
        .ours("all", move |times| {
            timed(len, times, async |children| {
                simple::join_all(children).await
            })
        })
        .peer("futures", move |times| {
            timed(len, times, async |children| {
                futures::future::join_all(children).await
            })
        })
}
