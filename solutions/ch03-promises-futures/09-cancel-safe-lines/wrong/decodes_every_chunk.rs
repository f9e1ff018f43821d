// 온 바이트를 그때그때 글자로 바꿔 쌓습니다. 글자의 가운데에서 나뉘어 온 바이트는 양쪽 다 UTF-8이 아니라서 깨집니다.
// 잡는 테스트: the_last_line_may_lack_a_newline, a_very_long_line_is_whole, a_letter_may_come_in_pieces, the_first_line_may_be_cancelled_anywhere, cancelling_after_every_poll_loses_nothing, the_last_line_may_be_cancelled_anywhere, a_bad_line_is_told_once, an_error_of_the_connection_loses_nothing, the_parts_hold_every_byte

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: R,
    text: String,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        let text = String::new();
        LineReader { io, text }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.text.find('\n') {
                let rest = self.text.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.text, rest);
                line.pop();
                return Ok(Some(line));
            }
            let mut chunk = [0; 4096];
            let count = self.io.read(&mut chunk).await?;
            if count == 0 {
                let last = std::mem::take(&mut self.text);
                return Ok((!last.is_empty()).then_some(last));
            }
            self.text += &String::from_utf8_lossy(&chunk[..count]);
        }
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        (self.io, self.text.into_bytes())
    }
}
