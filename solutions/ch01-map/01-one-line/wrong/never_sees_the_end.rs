// `read`가 돌려준 0을 보지 않습니다. 손님이 떠난 다음에도 오지 않을 줄바꿈을 기다리며 쉬지 않고 읽습니다.
// 잡는 테스트: half_a_line_is_not_answered, a_silent_guest_is_not_answered

use std::io::{self, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        let mut bytes = [0; 1024];
        let read = stream.read(&mut bytes)?;
        line.extend_from_slice(&bytes[..read]);
    }
    let line = String::from_utf8_lossy(&line);
    let answer = match line.trim_end().strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
