//! `Poll` 하나로 리스너와 모든 연결을 기다리는 서버.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Registry, Token};

use crate::conn::{Conn, Next, Tally};
use crate::slots::Slots;

/// 리스너의 토큰. 칸의 번호와 겹치지 않는다.
const LISTENER: Token = Token(usize::MAX);

/// 이벤트를 받은 연결로 할 일. 틀린 꼴을 끼워 볼 수 있게 바꿀 수 있다.
pub type Handler = fn(&mut Conn<TcpStream>, &mut [u8]) -> io::Result<Next>;

// ANCHOR: server
/// 스레드 하나에서 도는 에코 서버.
pub struct Server {
    poll: Poll,
    events: Events,
    listener: TcpListener,
    conns: Slots<Client>,
    /// 모든 연결이 돌려쓰는 읽기 버퍼.
    scratch: Vec<u8>,
    handler: Handler,
    past: Tally,
}

struct Client {
    conn: Conn<TcpStream>,
    /// 운영체제에 마지막으로 부탁한 것.
    asked: Interest,
}
// ANCHOR_END: server

/// 루프 한 바퀴에 있었던 일.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// 연결에 온 이벤트의 수. 리스너의 것은 세지 않는다.
    pub events: usize,
    /// 새로 받은 연결의 수.
    pub accepted: usize,
    /// 끝난 연결들.
    pub ended: Vec<End>,
}

/// 연결이 끝난 모양.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// 상대가 다 보냈고 답도 다 썼다.
    Done,
    /// 오류가 났다.
    Failed(ErrorKind),
}

impl Server {
    /// `127.0.0.1`의 빈 포트를 연다. 한 번에 `scratch`바이트까지 읽는다.
    ///
    /// # Errors
    ///
    /// 포트를 열거나 `Poll`을 만들지 못하면 그 오류를 돌려준다.
    pub fn bind(scratch: usize) -> io::Result<Server> {
        Server::with(scratch, Conn::advance)
    }

    /// 이벤트마다 `handler`를 부르는 서버를 연다.
    ///
    /// # Errors
    ///
    /// [`Server::bind`]와 같다.
    pub fn with(scratch: usize, handler: Handler) -> io::Result<Server> {
        let poll = Poll::new()?;
        let mut listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0).into())?;
        poll.registry()
            .register(&mut listener, LISTENER, Interest::READABLE)?;
        Ok(Server {
            poll,
            events: Events::with_capacity(256),
            listener,
            conns: Slots::new(),
            scratch: vec![0; scratch],
            handler,
            past: Tally::default(),
        })
    }

    // ANCHOR: turn
    /// 이벤트를 기다려 한 바퀴 돈다. `timeout`이 0이면 기다리지 않고, `None`이면 끝없이 기다린다.
    ///
    /// # Errors
    ///
    /// `Poll`이나 리스너의 오류만 돌려준다. 연결의 오류는 그 연결만 끝낸다.
    pub fn turn(&mut self, timeout: Option<Duration>) -> io::Result<Turn> {
        let mut turn = Turn::default();
        match self.poll.poll(&mut self.events, timeout) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(turn),
            result => result?,
        }
        // events를 빌린 채로는 self를 고칠 수 없어 토큰만 옮겨 적는다.
        let tokens: Vec<_> = self.events.iter().map(|event| event.token()).collect();
        for token in tokens {
            if token == LISTENER {
                turn.accepted += self.accept_all()?;
            } else {
                turn.events += 1;
                turn.ended.extend(self.advance(token));
            }
        }
        Ok(turn)
    }
    // ANCHOR_END: turn

    // ANCHOR: accept
    /// 줄 서 있는 손님을 모두 받는다. 리스너도 막힐 때까지 비워야 한다.
    fn accept_all(&mut self) -> io::Result<usize> {
        let mut accepted = 0;
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => self.add(stream)?,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(accepted),
                // 받기도 전에 떠난 손님이다. 다음 손님은 받아야 한다.
                Err(error) if error.kind() == ErrorKind::ConnectionAborted => continue,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            accepted += 1;
        }
    }

    fn add(&mut self, stream: TcpStream) -> io::Result<()> {
        let asked = Interest::READABLE;
        let conn = Conn::new(stream);
        let token = self.conns.insert(Client { conn, asked });
        let client = self.conns.get_mut(token).expect("방금 넣었다");
        let registry = self.poll.registry();
        registry.register(client.conn.stream(), token, asked)
    }
    // ANCHOR_END: accept

    // ANCHOR: dispatch
    /// 이벤트가 온 연결을 나아가게 한다. 연결이 끝났으면 어떻게 끝났는지 돌려준다.
    fn advance(&mut self, token: Token) -> Option<End> {
        let client = self.conns.get_mut(token)?; // 이미 닫은 연결의 이벤트이면 버린다.
        let step = (self.handler)(&mut client.conn, &mut self.scratch)
            .and_then(|next| client.ask(self.poll.registry(), token, next).map(|()| next));
        let end = match step {
            Ok(Next::Read | Next::Write) => return None,
            Ok(Next::Close) => End::Done,
            Err(error) => End::Failed(error.kind()),
        };
        let mut client = self.conns.remove(token)?;
        self.past.add(client.conn.tally());
        let _ = self.poll.registry().deregister(client.conn.stream());
        Some(end)
    }
    // ANCHOR_END: dispatch

    /// 여는 주소.
    ///
    /// # Errors
    ///
    /// 운영체제가 주소를 알려 주지 않으면 그 오류를 돌려준다.
    pub fn addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// 열려 있는 연결의 수.
    pub fn open(&self) -> usize {
        self.conns.len()
    }

    /// 아직 쓰지 못한 답의 바이트. 모든 연결의 것을 더한다.
    pub fn backlog(&self) -> usize {
        self.conns
            .values()
            .map(|client| client.conn.backlog())
            .sum()
    }

    /// 끝난 연결까지 더해 지금까지 한 일.
    pub fn tally(&self) -> Tally {
        let mut sum = self.past;
        for client in self.conns.values() {
            sum.add(client.conn.tally());
        }
        sum
    }
}

impl Client {
    // ANCHOR: ask
    /// 부탁이 달라졌을 때만 다시 등록한다.
    fn ask(&mut self, registry: &Registry, token: Token, next: Next) -> io::Result<()> {
        let interest = next.interest();
        if interest != self.asked {
            registry.reregister(self.conn.stream(), token, interest)?;
            self.asked = interest;
        }
        Ok(())
    }
    // ANCHOR_END: ask
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.bytes += other.bytes;
        self.lines += other.lines;
        self.calls += other.calls;
    }
}
