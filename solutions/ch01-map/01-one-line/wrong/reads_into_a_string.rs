// `read_line`은 온 바이트를 곧바로 글자로 바꿉니다. 글자의 가운데에서 떠난 손님이나 글자가 아닌 줄을 만나면, 정해 둔 답 대신 오류가 나옵니다.
// 잡는 테스트: a_guest_may_leave_inside_a_letter, a_line_that_is_not_text_is_unknown

use std::io::{self, BufRead, BufReader, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다. 한 줄이 다 오기 전에 손님이 떠났으면 답하지 않고 거짓을 돌려준다.
///
/// # Errors
///
/// 읽거나 쓰지 못하면 그 오류를 돌려준다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut line = String::new();
    BufReader::new(&mut *stream).read_line(&mut line)?;
    let Some(order) = line.strip_suffix('\n') else {
        return Ok(false);
    };
    let answer = match order.strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write_all(answer.as_bytes())?;
    Ok(true)
}
