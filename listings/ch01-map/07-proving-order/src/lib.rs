//! 순서에 기대는 작은 코드들. 틀린 꼴과 고친 꼴을 나란히 두고, 어느 쪽인지 도구로 가려낸다.

pub mod counter;
#[cfg(feature = "tokio")]
pub mod deadline;
pub mod door;
pub mod letter;
pub mod steps;
mod sync;
