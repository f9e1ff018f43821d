// 줄바꿈이 왔는지 보지 않습니다. `read_until`은 손님이 떠나도 온 데까지 돌려주므로, 끝나지 않은 주문에도 답합니다.
// 잡는 테스트: half_a_line_is_not_answered

use std::io::{self, BufRead, BufReader, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = Vec::new();
    if BufReader::new(&mut *stream).read_until(b'\n', &mut line)? == 0 {
        return Ok(false);
    }
    let order = String::from_utf8_lossy(&line);
    let answer = match order.trim_end().strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
