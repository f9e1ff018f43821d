// 줄바꿈을 떼지 않습니다. `read_until`이 모은 줄에는 줄바꿈이 들어 있어서, 답의 끝에 빈 줄이 하나 더 붙습니다.
// 잡는 테스트: basic_a_whole_line_is_answered, a_line_in_two_pieces_is_one_line, a_line_byte_by_byte_is_one_line, the_answer_is_written_to_the_end

use std::io::{self, BufRead, BufReader, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = Vec::new();
    BufReader::new(&mut *stream).read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\n") {
        return Ok(false);
    }
    let order = String::from_utf8_lossy(&line);
    let answer = match order.strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
