//! 퓨처로 기다리는 TCP와 UDP 소켓.

pub mod net;

pub use ch04_06_reactor::{JoinError, JoinHandle, block_on, spawn, yield_now};
