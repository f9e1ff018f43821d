// 쌓인 것을 보기 전에 연결부터 읽습니다. 다음 줄이 이미 와 있어도 연결에서 더 올 때까지 기다립니다.
// 잡는 테스트: two_lines_in_one_chunk

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
            let count = self.io.read_buf(&mut self.buffer).await?;
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let rest = self.buffer.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.buffer, rest);
                line.pop();
                return text(line);
            }
            if count == 0 {
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
