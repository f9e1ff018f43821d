// `\n`을 뗀 다음에 비었는지를 봅니다. 빈 줄을 끝으로 여깁니다.
// 잡는 테스트: an_empty_line_is_a_line, a_letter_may_come_in_pieces, the_first_line_may_be_cancelled_anywhere, cancelling_after_every_poll_loses_nothing, an_error_of_the_connection_loses_nothing

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: BufReader<R>,
    line: Vec<u8>,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        LineReader {
            io: BufReader::new(io),
            line: Vec::new(),
        }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        self.io.read_until(b'\n', &mut self.line).await?;
        let mut line = std::mem::take(&mut self.line);
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if line.is_empty() {
            return Ok(None);
        }
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        String::from_utf8(line).map(Some).map_err(invalid)
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = [&self.line, self.io.buffer()].concat();
        (self.io.into_inner(), rest)
    }
}
