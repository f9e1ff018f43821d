//! 견주는 것들.

mod block_on;
mod buffer_unordered;
mod join_all;
mod runtime;
mod slots;

pub use runtime::OURS;

use crate::case::{Case, Group};

/// `--only`로 고를 수 있는 묶음.
pub const GROUPS: [Group; 4] = [
    block_on::GROUP,
    join_all::GROUP,
    buffer_unordered::GROUP,
    runtime::GROUP,
];

/// 모두. 묶음의 차례대로 있다.
pub fn all() -> Vec<Case> {
    let cases = [
        block_on::cases(),
        join_all::cases(),
        buffer_unordered::cases(),
        runtime::cases(),
    ];
    cases.into_iter().flatten().collect()
}
