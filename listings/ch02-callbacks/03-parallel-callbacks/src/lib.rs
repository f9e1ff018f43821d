//! 콜백 여러 개를 손으로 센 카운터로 기다린다.
//!
//! [`all`]은 모두를, [`first`]는 가장 먼저 성공한 하나를 기다리고, [`limited`]는 한꺼번에 나가는 수를
//! 묶는다. 같은 일을 틀리게 하는 함수는 [`faulty`]에, 모든 차례를 돌려 보는 도구는 [`orders`]에 있다.

mod all;
pub mod faulty;
mod first;
mod limited;
pub mod orders;
mod server;
pub mod threads;

pub use all::all;
pub use first::first;
pub use limited::limited;
pub use server::Server;

// ANCHOR: types
/// 요청 하나의 결과. 값과 오류가 모두 글이다.
pub type Reply = Result<String, String>;

/// 결과를 한 번 받아 가는 콜백.
pub type Callback = Box<dyn FnOnce(Reply)>;

/// 아직 보내지 않은 요청. 콜백을 넘기며 부르면 그때 나간다.
pub type Task = Box<dyn FnOnce(Callback)>;
// ANCHOR_END: types
