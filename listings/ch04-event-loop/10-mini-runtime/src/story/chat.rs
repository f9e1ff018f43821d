//! 채팅 서버. 첫 줄을 이름으로 받고, 그다음부터 온 줄을 방에 있는 모두에게 보낸다.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Result};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use ch04_10_mini_runtime::channel::{Receiver, Sender, channel};
use ch04_10_mini_runtime::net::{TcpListener, TcpStream};
use ch04_10_mini_runtime::time::timeout;
use ch04_10_mini_runtime::{Either, select, spawn};
use futures::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, WriteHalf};
use futures::{FutureExt, TryStreamExt};

// ANCHOR: room
/// 손님마다 그 손님에게 보낼 말을 담는 채널. 한 스레드에서만 쓰므로 락이 없다.
type Room = Rc<RefCell<BTreeMap<SocketAddr, Sender<Rc<str>>>>>;

/// 손님 하나를 받을 때마다 태스크를 띄운다. 말 하나를 `patience`가 지나도록 받지 않는 손님은 끊는다.
pub async fn serve(mut listener: TcpListener, patience: Duration) -> Result<()> {
    let room = Room::default();
    loop {
        let (stream, address) = listener.accept().await?;
        drop(spawn(guest(stream, address, Rc::clone(&room), patience)));
    }
}
// ANCHOR_END: room

// ANCHOR: guest
async fn guest(stream: TcpStream, me: SocketAddr, room: Room, patience: Duration) -> Result<()> {
    let (read, write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let Some(name) = lines.try_next().await? else { return Ok(()) };
    let (tx, rx) = channel(64);
    room.borrow_mut().insert(me, tx);
    let seat = Seat { room, me, name };
    seat.say("님이 들어왔습니다");
    let listen = async {
        while let Some(line) = lines.try_next().await? {
            seat.say(&format!(": {line}"));
        }
        Ok(())
    };
    match select(listen, deliver(rx, write, patience)).await {
        Either::Left(end) | Either::Right(end) => end,
    }
}
// ANCHOR_END: guest

// ANCHOR: deliver
async fn deliver(
    mut rx: Receiver<Rc<str>>,
    mut write: WriteHalf<TcpStream>,
    patience: Duration,
) -> Result<()> {
    while let Some(line) = rx.recv().await {
        let written = timeout(patience, write.write_all(line.as_bytes())).await;
        written.map_err(|_| ErrorKind::TimedOut)??;
    }
    Ok(())
}
// ANCHOR_END: deliver

// ANCHOR: seat
/// 방에 앉은 손님. 어떻게 떠나든 자리를 비우고 떠났다고 알린다.
struct Seat {
    room: Room,
    me: SocketAddr,
    name: String,
}

impl Seat {
    fn say(&self, what: &str) {
        let line: Rc<str> = format!("{}{what}\n", self.name).into();
        for tx in self.room.borrow().values() {
            // 한 번만 폴링하고 버린다. 밀린 말로 채널이 찬 손님은 이 말을 놓친다.
            _ = tx.send(Rc::clone(&line)).now_or_never();
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let left = self.room.borrow_mut().remove(&self.me);
        drop(left); // 빌린 방을 놓은 다음에 버린다.
        self.say("님이 나갔습니다");
    }
}
// ANCHOR_END: seat
