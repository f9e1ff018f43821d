//! 채팅 서버가 연결에서 줄을 읽으면서 다른 일도 `select!`로 기다립니다. 다른 일이 먼저 끝나면 `next_line`의 퓨처가
//! 버려지고, 그때마다 읽던 글자가 사라집니다. 어디에서 버려지든 다시 부르면 이어서 읽도록 `LineReader`를 고치세요.
//!
//! - `next_line`은 다음 줄을 `\n`을 떼고 돌려줍니다. 빈 줄도 줄입니다.
//! - 마지막 줄에는 `\n`이 없을 수 있습니다. 더 읽을 것이 없으면 물을 때마다 `None`입니다.
//! - 연결에서는 한 바이트씩이 아니라 온 만큼 읽습니다. 이미 읽은 바이트에 줄이 통째로 있으면 연결을 기다리지 않고
//!   돌려줍니다.
//! - UTF-8이 아닌 줄에는 `InvalidData` 오류를 한 번 돌려주고, 다음에는 그다음 줄을 읽습니다. 바이트가 글자의
//!   가운데에서 나뉘어 와도 줄이 온전하면 오류가 아닙니다.
//! - 연결의 오류는 그대로 돌려주되 읽던 것을 잃지 않습니다. 다시 부르면 이어서 읽습니다.
//! - `into_parts`는 연결과, 연결에서 읽었지만 아직 돌려주지 않은 바이트를 모두 차례대로 내줍니다. 줄을 주고받다가
//!   다른 프로토콜로 넘어갈 때 씁니다. `next_line`의 퓨처를 버린 다음에도 하나도 빠지지 않아야 합니다.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// 줄을 하나씩 읽는다.
pub struct LineReader<R> {
    io: BufReader<R>,
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// 아직 아무것도 읽지 않은 채로 만든다.
    pub fn new(io: R) -> Self {
        LineReader {
            io: BufReader::new(io),
        }
    }

    /// 다음 줄을 읽는다. 더 읽을 것이 없으면 `None`. 취소해도 잃는 것이 없다.
    pub async fn next_line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        if self.io.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// 연결과, 읽었지만 아직 돌려주지 않은 바이트를 내준다.
    pub fn into_parts(self) -> (R, Vec<u8>) {
        let rest = self.io.buffer().to_vec();
        (self.io.into_inner(), rest)
    }
}
