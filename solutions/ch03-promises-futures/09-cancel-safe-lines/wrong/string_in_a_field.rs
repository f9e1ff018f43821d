// `String`을 필드에 두고 `read_line`에 빌려줍니다. `read_line`의 퓨처는 빌린 `String`의 속을 제 안으로 옮겨 두므로, 버려지면 필드가 비어 있습니다.
// 잡는 테스트: the_first_line_may_be_cancelled_anywhere, cancelling_after_every_poll_loses_nothing, the_last_line_may_be_cancelled_anywhere, an_error_of_the_connection_loses_nothing, the_parts_hold_every_byte

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: BufReader<R>,
    line: String,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        LineReader {
            io: BufReader::new(io),
            line: String::new(),
        }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        self.io.read_line(&mut self.line).await?;
        if self.line.is_empty() {
            return Ok(None);
        }
        let mut line = std::mem::take(&mut self.line);
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = [self.line.as_bytes(), self.io.buffer()].concat();
        (self.io.into_inner(), rest)
    }
}
