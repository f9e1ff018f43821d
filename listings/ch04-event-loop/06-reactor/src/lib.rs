//! 소켓이 준비되면 태스크를 깨우는 리액터.

mod reactor;
pub mod sockets;

pub use ch04_05_task_queue::{JoinError, JoinHandle, spawn, yield_now};
pub use reactor::{
    Direction, Reactor, ReactorPark, Readiness, Registered, block_on, block_on_with,
};
