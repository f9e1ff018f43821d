//! 태스크를 줄 세워 차례로 폴링하는 실행기.

mod executor;
pub mod faulty;
pub mod mailbox;
mod park;
pub mod steps;
mod sync;
mod task;

pub use executor::{Executor, block_on, spawn, yield_now};
pub use park::{Park, ThreadPark};
pub use task::{JoinError, JoinHandle};
