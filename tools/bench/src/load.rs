//! 에코 서버에 연결을 여럿 맺고, 답이 올 때마다 다음 것을 보내는 클라이언트.

use std::io::{ErrorKind, Read, Result, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

const MESSAGE: [u8; 64] = [b'x'; 64];

/// 맺어 둔 연결들.
pub struct Load {
    poll: Poll,
    events: Events,
    /// 연결마다, 지금의 답에서 받은 바이트 수.
    streams: Vec<(TcpStream, usize)>,
}

impl Load {
    /// 연결을 `count`개 맺고, 연결마다 한 번씩 주고받는다.
    ///
    /// # Errors
    ///
    /// 맺을 수 없거나 서버가 끊으면 그 오류를 돌려준다.
    pub fn connect(port: u16, count: usize) -> Result<Load> {
        let poll = Poll::new()?;
        let mut streams = Vec::with_capacity(count);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        for at in 0..count {
            let mut stream = std::net::TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            // 서버가 받았는지 본 다음에 더 맺는다. 줄이 넘치면 운영체제가 1초 뒤에 다시 건다.
            stream.write_all(&MESSAGE)?;
            stream.read_exact(&mut [0; MESSAGE.len()])?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            let registry = poll.registry();
            registry.register(&mut stream, Token(at), Interest::READABLE)?;
            streams.push((stream, 0));
        }
        let events = Events::with_capacity(1024);
        Ok(Load {
            poll,
            events,
            streams,
        })
    }

    /// 모두 합쳐 `count`번 주고받는 데 걸린 시간.
    ///
    /// # Errors
    ///
    /// 서버가 끊으면 그 오류를 돌려준다.
    pub fn exchange(&mut self, count: u64) -> Result<Duration> {
        let start = Instant::now();
        let (mut sent, mut answered) = (0, 0);
        for (stream, _) in self.streams.iter_mut().take(count as usize) {
            stream.write_all(&MESSAGE)?;
            sent += 1;
        }
        while answered < count {
            self.poll.poll(&mut self.events, None)?;
            for event in &self.events {
                let (stream, received) = &mut self.streams[event.token().0];
                while receive(stream, received)? {
                    answered += 1;
                    if sent < count {
                        stream.write_all(&MESSAGE)?;
                        sent += 1;
                    }
                }
            }
        }
        Ok(start.elapsed())
    }
}

/// 답을 하나 다 받았으면 참, 더 기다려야 하면 거짓.
fn receive(stream: &mut TcpStream, received: &mut usize) -> Result<bool> {
    let mut buf = MESSAGE;
    while *received < MESSAGE.len() {
        match stream.read(&mut buf[*received..]) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => *received += count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    *received = 0;
    Ok(true)
}
