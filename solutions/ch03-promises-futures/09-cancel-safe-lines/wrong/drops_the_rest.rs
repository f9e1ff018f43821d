// 줄을 찾으면 버퍼를 통째로 비웁니다. 한 번에 두 줄이 오면 둘째 줄이 사라집니다.
// 잡는 테스트: the_last_line_may_lack_a_newline, two_lines_in_one_chunk, a_very_long_line_is_whole, a_letter_may_come_in_pieces, the_first_line_may_be_cancelled_anywhere, cancelling_after_every_poll_loses_nothing, a_bad_line_is_told_once, an_error_of_the_connection_loses_nothing, the_parts_hold_every_byte

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: R,
    buffer: Vec<u8>,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        let buffer = Vec::new();
        LineReader { io, buffer }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let mut line = std::mem::take(&mut self.buffer);
                line.truncate(end);
                return text(line);
            }
            if self.io.read_buf(&mut self.buffer).await? == 0 {
                return match std::mem::take(&mut self.buffer) {
                    last if last.is_empty() => Ok(None),
                    last => text(last),
                };
            }
        }
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        (self.io, self.buffer)
    }
}

fn text(line: Vec<u8>) -> io::Result<Option<String>> {
    let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    String::from_utf8(line).map(Some).map_err(invalid)
}
