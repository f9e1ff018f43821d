//! 자기 참조가 이동으로 깨지는 것을 보고, `Pin`으로 막는다.

pub mod counted;
pub mod faulty;
pub mod gate;
pub mod moves;
pub mod reading;
pub mod source;
pub mod unpin;

pub use reading::Reading;
pub use source::{Source, read_number};

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// 한 번 폴링한다. 깨워도 아무 일이 없으니 언제 또 물을지는 부르는 쪽이 정한다.
pub fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// 옮겨도 되는 퓨처를 한 번 폴링한다.
pub fn poll_movable<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_once(Pin::new(future))
}
