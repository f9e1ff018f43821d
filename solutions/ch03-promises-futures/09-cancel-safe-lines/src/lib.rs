//! 취소해도 잃지 않고 줄을 읽는다.

use std::io;
use std::mem;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// 줄을 하나씩 읽는다. 읽던 바이트를 퓨처가 아니라 자기에게 쌓는다.
pub struct LineReader<R> {
    io: BufReader<R>,
    /// 아직 끝나지 않은 줄. 글자의 가운데까지만 와 있을 수 있어서 `String`이 아니다.
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

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`. 취소해도 잃는 것이 없다.
    ///
    /// # Errors
    ///
    /// 연결의 오류를 그대로 돌려준다. UTF-8이 아닌 줄은 `InvalidData`로 알리고 버린다.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        // 멈추는 곳은 여기뿐이고, 읽은 것은 그 폴링에서 `self.line`에 들어간다.
        self.io.read_until(b'\n', &mut self.line).await?;
        if self.line.is_empty() {
            return Ok(None);
        }
        let mut line = mem::take(&mut self.line);
        line.pop_if(|last| *last == b'\n');
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        String::from_utf8(line).map(Some).map_err(invalid)
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = [&self.line, self.io.buffer()].concat();
        (self.io.into_inner(), rest)
    }
}
