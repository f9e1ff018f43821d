// 조각이 올 때마다 글자로 바꿉니다. 한글 한 글자는 세 바이트라서, 글자 가운데에서 끊어진 조각은 글자가 되지 못하고 깨집니다.
// 잡는 테스트: a_line_byte_by_byte_is_one_line

use std::io::{self, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = String::new();
    while !line.ends_with('\n') {
        let mut bytes = [0; 1024];
        let read = stream.read(&mut bytes)?;
        if read == 0 {
            return Ok(false);
        }
        line.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }
    let answer = match line.trim_end().strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
