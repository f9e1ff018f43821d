// 글자로 바꾼 다음에 필드를 비웁니다. UTF-8이 아닌 줄에서는 비우기 전에 오류로 나가므로, 다음 줄이 그 뒤에 붙어 오류가 끝나지 않습니다.
// 잡는 테스트: a_bad_line_is_told_once

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
        if self.line.is_empty() {
            return Ok(None);
        }
        let line = std::str::from_utf8(&self.line)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let line = line.strip_suffix('\n').unwrap_or(line).to_owned();
        self.line.clear();
        Ok(Some(line))
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = [&self.line, self.io.buffer()].concat();
        (self.io.into_inner(), rest)
    }
}
