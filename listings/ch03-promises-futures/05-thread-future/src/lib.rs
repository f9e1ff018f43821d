//! 스레드 하나가 결과를 채우는 퓨처. Go와 Java의 것처럼, 받는 쪽은 기한까지 스레드를 막고 기다린다.

mod clock;
pub mod faulty;
mod future;
mod slot;
pub mod sync;

pub use clock::{Clock, SystemClock};
pub use future::{GetError, ThreadFuture, panic_message, spawn};
