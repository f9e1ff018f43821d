//! 손으로 만든 스트림과 조합자. 트레이트는 `futures`의 `Stream`이라서 그쪽 조합자와 섞어 쓸 수 있다.

mod adapters;
mod buffer_unordered;
mod buffered;
pub mod faulty;
mod fuse;
mod ops;
pub mod own;
mod source;

pub use adapters::{Filter, Map, Then};
pub use buffer_unordered::BufferUnordered;
pub use buffered::Buffered;
pub use fuse::Fuse;
pub use futures::Stream;
pub use ops::{Next, StreamOps};
pub use source::{Iter, Ticker, iter};
