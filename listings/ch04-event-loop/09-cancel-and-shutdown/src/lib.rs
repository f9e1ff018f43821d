//! 태스크를 취소하고, 받은 일을 마저 한 다음 끝내는 도구들.

pub mod abort;
mod blocking;
pub mod channel;
pub mod day;
pub mod faulty;
mod select;
pub mod shop;
pub mod shutdown;
mod sync;

pub use abort::{AbortHandle, Abortable, Aborted, Handle, abortable, spawn};
pub use blocking::spawn_blocking;
pub use select::{Either, select};
pub use shutdown::{Closed, Guard, Phase, Shutdown, close};
