//! 퓨처로 기다리는 채널 둘. 값 하나를 한 번 건네는 [`oneshot`]과 자리가 정해진 [`channel`].

pub mod channel;
pub mod faulty;
pub mod oneshot;
mod sync;
pub mod turns;
