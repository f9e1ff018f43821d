//! 콜백을 겹쳐 쓰던 주문을 상태 머신으로 옮긴 것.
//!
//! [`State`]에는 스레드도 콜백도 없다. 답을 넣으면 다음 상태와 다음 요청이 나온다. 요청을 보내고 답을 되돌려
//! 넣는 일은 [`place_order`]와 [`PolledOrder`]가 저마다 다른 꼴로 한다.

mod driver;
pub mod faulty;
mod messages;
mod polled;
mod state;

pub use driver::place_order;
pub use messages::{Call, Next, Reply};
pub use polled::PolledOrder;
pub use state::{State, Undo};
