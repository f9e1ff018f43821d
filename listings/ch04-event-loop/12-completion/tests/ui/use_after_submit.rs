//! 맡긴 버퍼를 결과가 오기 전에 들여다본다.

use std::io;
use std::net::TcpStream;

use ch04_12_completion::driver::Driver;
use ch04_12_completion::op::Op;

// ANCHOR: peek
fn peek(driver: &mut dyn Driver, stream: TcpStream) -> io::Result<u8> {
    let buf = vec![0; 16];
    let _ticket = driver.submit(Op::Recv(stream, buf))?;
    Ok(buf[0])
}
// ANCHOR_END: peek

fn main() {}
