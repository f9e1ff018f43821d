//! 한 태스크에서 여러 퓨처를 함께 기다리는 `join`, `join_all`, `try_join`, `select`.

pub mod faulty;
mod join;
mod join_all;
mod maybe_done;
pub mod ready_set;
mod select;
pub mod simple;
mod sync;

pub use join::{Join, TryJoin, join, try_join};
pub use join_all::{JoinAll, join_all};
pub use select::{Either, Select, Turns, select};
