//! 채팅 서버에 붙는 손님.

use std::io::Result;
use std::net::SocketAddr;

use ch04_10_mini_runtime::net::TcpStream;
use futures::TryStreamExt;
use futures::io::{
    AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines, ReadHalf, WriteHalf,
};

/// 이름을 대고 들어온 손님. 버리면 연결이 끊긴다.
pub struct Guest {
    lines: Lines<BufReader<ReadHalf<TcpStream>>>,
    write: WriteHalf<TcpStream>,
}

impl Guest {
    /// 연결하고 이름을 보낸다.
    pub async fn enter(address: SocketAddr, name: &str) -> Result<Guest> {
        let (read, write) = TcpStream::connect(address).await?.split();
        let mut guest = Guest { lines: BufReader::new(read).lines(), write };
        guest.say(name).await?;
        Ok(guest)
    }

    /// 한 줄을 보낸다.
    pub async fn say(&mut self, line: &str) -> Result<()> {
        self.write.write_all(format!("{line}\n").as_bytes()).await
    }

    /// 다음 줄을 기다린다. 서버가 끊었으면 `None`이다.
    pub async fn hear(&mut self) -> Result<Option<String>> {
        self.lines.try_next().await
    }
}
