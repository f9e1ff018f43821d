//! 스레드 하나로 연결 여럿을 돌보는 줄 에코 서버.
//!
//! 운영체제에 어느 소켓이 준비되었는지 묻고, 준비된 소켓만 막힐 때까지 읽고 쓴다.

pub mod conn;
pub mod faulty;
pub mod server;
pub mod slots;
