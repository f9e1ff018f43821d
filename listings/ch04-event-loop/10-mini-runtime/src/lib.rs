//! 스레드 하나에서 도는 작은 비동기 런타임. 태스크, 타이머, TCP와 UDP, 채널, 막는 일을 위한 스레드가 있다.
//!
//! 퓨처는 만든 스레드를 떠나지 않으므로 `Send`가 아니어도 된다. 깨우는 일과 결과를 기다리는 일은 어느 스레드에서나 한다.

#[cfg(test)]
extern crate self as ch04_10_mini_runtime;

mod blocking;
pub mod channel;
mod mailbox;
pub mod net;
mod reactor;
mod runtime;
mod select;
mod sync;
mod task;
#[cfg(test)]
mod tests;
pub mod time;

pub use blocking::spawn_blocking;
pub use runtime::{Runtime, block_on, spawn, yield_now};
pub use select::{Either, select};
pub use task::{JoinError, JoinHandle};
