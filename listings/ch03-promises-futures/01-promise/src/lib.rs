//! 한 스레드에서 도는 프로미스. 콜백은 모두 마이크로태스크 큐를 거쳐 불린다.
//!
//! 순서는 ECMAScript의 프로미스와 같다. 처리 함수의 규칙은 Promises/A+ 2.1~2.3절을 따르고,
//! 규칙마다 무엇이 확인하는지는 `tests/rules.rs`에 있다.

mod next;
mod promise;
mod queue;
mod tracker;

pub mod naive;

pub use next::{IntoNext, Next};
pub use promise::{Promise, Resolver};
pub use queue::Microtasks;
pub use tracker::Tracker;
