//! 받은 것을 그대로 돌려주는 서버.

use std::io::Result;

use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::spawn;
use futures::io::{AsyncReadExt, AsyncWriteExt, copy};

// ANCHOR: echo
/// 연결마다 태스크를 하나씩 띄운다.
pub async fn serve(mut listener: TcpListener) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        drop(spawn(echo(stream)));
    }
}

/// 상대가 다 보냈다고 할 때까지 돌려준다.
pub async fn echo(stream: TcpStream) -> Result<()> {
    let (read, mut write) = stream.split();
    copy(read, &mut write).await?;
    write.close().await
}
// ANCHOR_END: echo
