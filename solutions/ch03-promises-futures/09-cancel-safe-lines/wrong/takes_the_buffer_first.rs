// 쌓인 것을 지역 변수로 꺼내 놓고 나머지를 기다립니다. 기다리다 버려지면 꺼내 놓은 것도 함께 버려집니다.
// 잡는 테스트: the_first_line_may_be_cancelled_anywhere, cancelling_after_every_poll_loses_nothing, the_last_line_may_be_cancelled_anywhere, an_error_of_the_connection_loses_nothing, the_parts_hold_every_byte

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
        let mut line = std::mem::take(&mut self.buffer);
        loop {
            if let Some(end) = line.iter().position(|byte| *byte == b'\n') {
                self.buffer = line.split_off(end + 1);
                line.pop();
                return text(line);
            }
            if self.io.read_buf(&mut line).await? == 0 {
                return if line.is_empty() {
                    Ok(None)
                } else {
                    text(line)
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
