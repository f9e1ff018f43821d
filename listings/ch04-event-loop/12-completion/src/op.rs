//! 맡기는 일과, 일이 끝나 돌아온 것.

use std::io;
use std::net::{TcpListener, TcpStream};

// ANCHOR: op
/// 커널에 맡기는 일. 끝날 때까지 쓸 소켓과 버퍼를 통째로 넘긴다.
#[derive(Debug)]
pub enum Op {
    /// 손님 하나를 받는다.
    Accept(TcpListener),
    /// 버퍼의 길이까지 받는다.
    Recv(TcpStream, Vec<u8>),
    /// 버퍼를 `usize`번째 바이트부터 보낸다.
    Send(TcpStream, Vec<u8>, usize),
}

/// 끝난 일. 넘겼던 소켓과 버퍼가 결과와 함께 돌아온다.
#[derive(Debug)]
pub enum Done {
    /// 새로 받은 손님.
    Accept(TcpListener, io::Result<TcpStream>),
    /// 받은 바이트의 수. 0이면 상대가 더 보내지 않는다.
    Recv(TcpStream, Vec<u8>, io::Result<usize>),
    /// 보낸 바이트의 수. 부탁한 것보다 적을 수 있다.
    Send(TcpStream, Vec<u8>, usize, io::Result<usize>),
}
// ANCHOR_END: op

/// 취소되어 끝났는가.
pub fn is_cancelled(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ECANCELED)
}
