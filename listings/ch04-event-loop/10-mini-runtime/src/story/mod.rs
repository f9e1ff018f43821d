//! 이야기에 나오는 서버와 손님. 런타임의 일부가 아니다.

pub mod borrowed;
pub mod chat;
pub mod echo;
pub mod guest;
pub mod lines;
pub mod trace;
