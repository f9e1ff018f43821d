//! 주문 한 줄을 읽고 한 줄로 답하는 함수입니다. 손님이 한 줄을 통째로 보내면 잘 됩니다. 그런데 커널은 온
//! 글자를 버퍼에 담아 둘 뿐, 어디까지가 한 줄인지 모릅니다. 한 줄은 여러 조각으로 나뉘어 올 수 있습니다.
//! 어떻게 나뉘어 와도 맞게 답하도록 `answer_one`을 고치세요.
//!
//! - 줄바꿈이 올 때까지 읽어서 한 줄을 모읍니다. 조각은 한글 한 글자의 가운데에서도 끊어집니다.
//! - `주문 1`에는 `확인 1`이라고, 그 밖의 줄에는 `모르는 말`이라고 한 줄로 답합니다. 글자로 읽히지 않는 줄도
//!   모르는 말입니다. 답도 줄바꿈으로 끝납니다.
//! - 답을 다 쓴 다음에 `true`를 돌려줍니다. `write`도 `read`처럼 한 번에 다 하지 못할 수 있습니다.
//! - 줄바꿈이 오기 전에 손님이 떠나면 답하지 않고 `false`를 돌려줍니다. `주문 1`까지만 왔다면 그 뒤가
//!   `주문 12`였는지 알 수 없기 때문입니다. 글자의 가운데에서 떠나도 마찬가지입니다.

use std::io::{self, Read, Write};

/// 주문 한 줄을 읽고 한 줄로 답한다. 한 줄이 다 오기 전에 손님이 떠났으면 답하지 않고 거짓을 돌려준다.
///
/// # Errors
///
/// 읽거나 쓰지 못하면 그 오류를 돌려준다.
pub fn answer_one<S: Read + Write>(stream: &mut S) -> io::Result<bool> {
    let mut bytes = [0; 1024];
    let read = stream.read(&mut bytes)?;
    let line = String::from_utf8_lossy(&bytes[..read]);
    let answer = match line.trim_end().strip_prefix("주문 ") {
        Some(number) => format!("확인 {number}\n"),
        None => "모르는 말\n".to_owned(),
    };
    stream.write(answer.as_bytes())?;
    Ok(true)
}
