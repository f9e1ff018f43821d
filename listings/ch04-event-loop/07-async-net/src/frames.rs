//! 버려도 읽던 것을 잃지 않는 읽기.

use std::io::{self, ErrorKind};
use std::pin::pin;

use ch04_07_async_net::net::{TcpStream, UdpSocket};
use futures::future::{Either, select};
use futures::io::AsyncReadExt;

// ANCHOR: or_tick
/// 읽기와 틱 가운데 먼저 오는 것을 기다리고, 나머지는 버린다.
pub async fn or_tick<F: Future>(
    read: F,
    ticks: &mut UdpSocket,
) -> io::Result<Either<F::Output, ()>> {
    let mut tick = [0; 1];
    let ticked = pin!(ticks.recv_from(&mut tick));
    match select(pin!(read), ticked).await {
        Either::Left((read, _)) => Ok(Either::Left(read)),
        Either::Right((tick, _)) => tick.map(|_| Either::Right(())),
    }
}
// ANCHOR_END: or_tick

// ANCHOR: frames
/// 네 글자짜리 메시지를 읽는다. 읽던 것은 퓨처가 아니라 여기에 있다.
pub struct Frames {
    stream: TcpStream,
    frame: [u8; 4],
    filled: usize,
}

impl Frames {
    /// 다음 메시지를 읽는다. 도중에 버려도 잃지 않는다.
    pub async fn next(&mut self) -> io::Result<[u8; 4]> {
        while self.filled < self.frame.len() {
            match self.stream.read(&mut self.frame[self.filled..]).await? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                count => self.filled += count,
            }
        }
        self.filled = 0;
        Ok(self.frame)
    }
}
// ANCHOR_END: frames

// ANCHOR: cured
/// 틱이 와도 다음 번에 읽던 곳부터 읽는다.
pub async fn read_frames(stream: TcpStream, mut ticks: UdpSocket) -> io::Result<Vec<String>> {
    let mut got = Vec::new();
    let mut frames = Frames {
        stream,
        frame: [0; 4],
        filled: 0,
    };
    loop {
        match or_tick(frames.next(), &mut ticks).await? {
            Either::Left(Ok(frame)) => got.push(text(&frame)),
            Either::Left(Err(_)) => return Ok(got), // 끝났다.
            Either::Right(()) => println!("서버: 틱"),
        }
    }
}
// ANCHOR_END: cured

/// 글자로 옮긴다.
pub fn text(frame: &[u8]) -> String {
    String::from_utf8_lossy(frame).into_owned()
}
