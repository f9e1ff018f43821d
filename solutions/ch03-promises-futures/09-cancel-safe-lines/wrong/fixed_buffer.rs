// 크기가 정해진 버퍼에 읽습니다. 버퍼가 가득 차면 빈자리에 읽은 0바이트를 연결의 끝으로 여기고, 긴 줄을 토막 내어 돌려줍니다.
// 잡는 테스트: a_very_long_line_is_whole

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: R,
    buffer: [u8; 4096],
    filled: usize,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        LineReader {
            io,
            buffer: [0; 4096],
            filled: 0,
        }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        loop {
            let filled = &self.buffer[..self.filled];
            if let Some(end) = filled.iter().position(|byte| *byte == b'\n') {
                return self.take(end, end + 1);
            }
            let count = self.io.read(&mut self.buffer[self.filled..]).await?;
            self.filled += count;
            if count == 0 {
                return match self.filled {
                    0 => Ok(None),
                    filled => self.take(filled, filled),
                };
            }
        }
    }

    /// 앞의 `end`바이트를 줄로 꺼내고 `next`부터 남긴다.
    fn take(&mut self, end: usize, next: usize) -> io::Result<Option<String>> {
        let line = self.buffer[..end].to_vec();
        self.buffer.copy_within(next..self.filled, 0);
        self.filled -= next;
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        String::from_utf8(line).map(Some).map_err(invalid)
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        (self.io, self.buffer[..self.filled].to_vec())
    }
}
