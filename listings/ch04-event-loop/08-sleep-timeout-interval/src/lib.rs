//! 시간을 기다리는 퓨처. 실행기가 자는 법에 타이머를 더한다.

pub mod faulty;
mod interval;
mod park;
mod sleep;
mod time;
mod timeout;

pub use ch04_05_task_queue::{JoinError, JoinHandle, spawn, yield_now};
pub use interval::{Interval, Missed, interval};
pub use park::{Timed, block_on, block_on_virtual, block_on_with};
pub use sleep::{Sleep, sleep, sleep_until};
pub use time::{Hold, Time, advance, hold, now, timers};
pub use timeout::{Elapsed, Timeout, timeout};
