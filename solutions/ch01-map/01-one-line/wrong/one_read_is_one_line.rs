// `read` 한 번을 한 줄로 여깁니다. 한 줄이 두 조각으로 나뉘어 오면 앞 조각에만 답합니다.
// 잡는 테스트: a_line_in_two_pieces_is_one_line, a_line_byte_by_byte_is_one_line, half_a_line_is_not_answered

use std::io::{self, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut bytes = [0; 1024];
    let read = stream.read(&mut bytes)?;
    if read == 0 {
        return Ok(false);
    }
    let line = String::from_utf8_lossy(&bytes[..read]);
    let answer = match line.trim_end().strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
