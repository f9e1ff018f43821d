// `write`를 한 번만 부릅니다. 커널이 일부만 받아 주면 손님은 답의 앞부분만 듣습니다.
// 잡는 테스트: the_answer_is_written_to_the_end

use std::io::{self, BufRead, BufReader, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
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
    let _ = stream.write(answer.as_bytes())?;
    Ok(true)
}
