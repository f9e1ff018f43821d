//! 준비되면 알려 주는 대신 끝나면 알려 주는 입출력.
//!
//! Linux에서는 io_uring에 맡기고, 커널이 거절하면 같은 일을 mio의 준비 이벤트로 흉내 낸다.
#![cfg(unix)]

pub mod driver;
pub mod echo;
pub mod emulated;
mod flights;
pub mod op;
#[cfg(target_os = "linux")]
pub mod ring;

pub use flights::Ticket;
