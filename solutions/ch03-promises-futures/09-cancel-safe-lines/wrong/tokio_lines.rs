// tokio의 `Lines`에 맡깁니다. 줄을 이어 읽기는 하지만 읽던 줄을 `Lines`가 속에 감추고 있어서, 연결을 넘겨줄 때 그 바이트를 꺼낼 수 없습니다.
// 잡는 테스트: the_parts_hold_every_byte

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader, Lines};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    lines: Lines<BufReader<R>>,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        LineReader {
            lines: BufReader::new(io).lines(),
        }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        self.lines.next_line().await
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let io = self.lines.into_inner();
        let rest = io.buffer().to_vec();
        (io.into_inner(), rest)
    }
}
