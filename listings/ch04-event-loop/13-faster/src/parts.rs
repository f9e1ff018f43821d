#[path = "../../10-mini-runtime/src/blocking.rs"]
mod blocking;
#[path = "../../10-mini-runtime/src/channel.rs"]
pub mod channel;
mod mailbox;
#[path = "../../10-mini-runtime/src/net.rs"]
pub mod net;
mod owned;
#[path = "../../10-mini-runtime/src/reactor.rs"]
mod reactor;
mod runtime;
#[path = "../../10-mini-runtime/src/select.rs"]
mod select;
mod sync;
mod task;
#[path = "../../10-mini-runtime/src/time.rs"]
pub mod time;

pub use blocking::spawn_blocking;
pub use runtime::{Runtime, block_on, spawn, yield_now};
pub use select::{Either, select};
pub use task::{JoinError, JoinHandle};
