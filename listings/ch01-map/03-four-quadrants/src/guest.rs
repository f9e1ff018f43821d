//! 손님과 가게를 잇는 소켓 한 쌍, 그리고 여러 소켓을 함께 기다리는 함수.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;

/// 말하는 쪽. 시키기 전에는 아무 말도 하지 않는다.
pub struct Guest {
    name: &'static str,
    socket: UnixStream,
}

impl Guest {
    /// 말한 것은 커널이 맡아 두므로, 듣는 쪽이 아직 읽지 않아도 곧바로 돌아온다.
    pub fn say(&self, words: &str) {
        println!("{}: '{}'", self.name, words.trim_end());
        let sent = (&self.socket).write_all(words.as_bytes());
        sent.expect("가게가 소켓을 열어 두었다");
    }
}

/// 듣는 쪽. 손님 한 사람의 자리이다.
pub struct Seat {
    /// 앉은 손님의 이름.
    pub name: &'static str,
    /// 손님과 이어진 소켓.
    pub socket: UnixStream,
    /// 아직 한 줄이 되지 않은 말.
    pub heard: Vec<u8>,
}

impl Seat {
    /// 한 번 읽는다.
    pub fn read(&mut self) -> io::Result<String> {
        let mut buffer = [0; 64];
        let count = self.socket.read(&mut buffer)?;
        Ok(String::from_utf8_lossy(&buffer[..count]).into_owned())
    }
}

/// 손님을 맞는다.
pub fn welcome(name: &'static str) -> io::Result<(Guest, Seat)> {
    let (theirs, ours) = UnixStream::pair()?;
    let guest = Guest {
        name,
        socket: theirs,
    };
    let seat = Seat {
        name,
        socket: ours,
        heard: Vec::new(),
    };
    Ok((guest, seat))
}

// ANCHOR: ready
/// 하나라도 읽을 것이 올 때까지 막고 기다린다. 읽을 것이 온 자리의 번호를 돌려준다.
pub fn wait_ready(seats: &[Seat]) -> io::Result<Vec<usize>> {
    let watch = |seat| PollFd::from_borrowed_fd(seat, PollFlags::IN);
    let sockets = seats.iter().map(|seat| seat.socket.as_fd());
    let mut watched: Vec<_> = sockets.map(watch).collect();
    retry_on_intr(|| poll(&mut watched, None))?;
    let ready = watched.iter().enumerate();
    let ready = ready.filter(|(_, socket)| !socket.revents().is_empty());
    Ok(ready.map(|(number, _)| number).collect())
}
// ANCHOR_END: ready
