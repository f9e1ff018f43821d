//! 한 줄을 끝까지 읽고, 답도 끝까지 쓴다.

use std::io::{self, BufRead, BufReader, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다. 한 줄이 다 오기 전에 손님이 떠났으면 답하지 않고 거짓을 돌려준다.
///
/// # Errors
///
/// 읽거나 쓰지 못하면 그 오류를 돌려준다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = Vec::new();
    BufReader::new(&mut *stream).read_until(b'\n', &mut line)?;
    let Some(order) = line.strip_suffix(b"\n") else {
        return Ok(false);
    };
    let order = String::from_utf8_lossy(order);
    let answer = match order.strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
