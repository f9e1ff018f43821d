//! 준비 이벤트로 흉내 낸 완료. 커널이 거절한 곳과 Linux가 아닌 곳에서 쓴다.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::fd::{AsRawFd, RawFd};
use std::time::Duration;

use mio::unix::SourceFd;
use mio::{Events, Interest, Poll};

use crate::driver::{Driver, Key};
use crate::flights::{Flights, Ticket};
use crate::op::{Done, Op};

/// `Poll` 위에서 커널인 척하는 드라이버.
pub struct Emulated {
    poll: Poll,
    events: Events,
    flights: Flights,
    /// 맡았지만 아직 해 보지 않은 일.
    fresh: VecDeque<Key>,
    calls: usize,
}

/// 해 본 결과.
enum Value {
    Stream(TcpStream),
    Bytes(usize),
}

impl Emulated {
    /// 맡은 일이 없는 드라이버를 연다.
    ///
    /// # Errors
    ///
    /// `Poll`을 만들지 못하면 그 오류를 돌려준다.
    pub fn new() -> io::Result<Emulated> {
        Ok(Emulated {
            poll: Poll::new()?,
            events: Events::with_capacity(256),
            flights: Flights::default(),
            fresh: VecDeque::new(),
            calls: 0,
        })
    }

    // ANCHOR: attempt
    /// 해 보고, 막히면 준비되기를 기다린다. 끝났으면 돌려준다.
    fn attempt(&mut self, key: Key, first: bool) -> io::Result<Option<(Key, Done)>> {
        let Some(flight) = self.flights.get(key) else {
            return Ok(None); // 묵은 이벤트이다.
        };
        self.calls += 1;
        let result = attempt(&mut flight.op);
        if let Err(error) = &result
            && matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
        {
            if first {
                let (fd, interest) = target(&flight.op);
                self.calls += 1;
                let registry = self.poll.registry();
                registry.register(&mut SourceFd(&fd), key, interest)?;
            }
            return Ok(None);
        }
        self.land(key, !first, result)
    }
    // ANCHOR_END: attempt

    /// 끝난 일을 표에서 꺼낸다.
    fn land(
        &mut self,
        key: Key,
        registered: bool,
        result: io::Result<Value>,
    ) -> io::Result<Option<(Key, Done)>> {
        let Some(flight) = self.flights.land(key) else {
            return Ok(None);
        };
        if registered {
            let (fd, _) = target(&flight.op);
            self.calls += 1;
            self.poll.registry().deregister(&mut SourceFd(&fd))?;
        }
        let done = finish(flight.op, result);
        Ok((!flight.abandoned).then_some((key, done)))
    }
}

/// 준비를 기다릴 소켓과 방향.
fn target(op: &Op) -> (RawFd, Interest) {
    match op {
        Op::Accept(listener) => (listener.as_raw_fd(), Interest::READABLE),
        Op::Recv(stream, _) => (stream.as_raw_fd(), Interest::READABLE),
        Op::Send(stream, ..) => (stream.as_raw_fd(), Interest::WRITABLE),
    }
}

fn attempt(op: &mut Op) -> io::Result<Value> {
    match op {
        Op::Accept(listener) => listener.accept().map(|(stream, _)| Value::Stream(stream)),
        Op::Recv(stream, buf) => stream.read(buf).map(Value::Bytes),
        Op::Send(stream, buf, from) => stream.write(&buf[*from..]).map(Value::Bytes),
    }
}

fn finish(op: Op, result: io::Result<Value>) -> Done {
    let bytes = |value| match value {
        Value::Bytes(count) => count,
        Value::Stream(_) => unreachable!("받기와 보내기의 결과는 수이다"),
    };
    match op {
        Op::Accept(listener) => {
            let stream = result.map(|value| match value {
                Value::Stream(stream) => stream,
                Value::Bytes(_) => unreachable!("손님 받기의 결과는 소켓이다"),
            });
            Done::Accept(listener, stream)
        }
        Op::Recv(stream, buf) => Done::Recv(stream, buf, result.map(bytes)),
        Op::Send(stream, buf, from) => Done::Send(stream, buf, from, result.map(bytes)),
    }
}

impl Driver for Emulated {
    fn submit(&mut self, op: Op) -> io::Result<Ticket> {
        match &op {
            Op::Accept(listener) => listener.set_nonblocking(true)?,
            Op::Recv(stream, _) | Op::Send(stream, ..) => stream.set_nonblocking(true)?,
        }
        self.calls += 1;
        let ticket = self.flights.add(op);
        self.fresh.push_back(ticket.key());
        Ok(ticket)
    }

    fn cancel(&mut self, key: Key) {
        self.flights.cancel(key);
    }

    fn turn(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(Key, Done)>> {
        let mut done = Vec::new();
        let before = self.flights.len();
        let cancels = self.flights.take_cancels();
        while let Some(key) = self.fresh.pop_front() {
            done.extend(self.attempt(key, true)?);
        }
        for key in cancels {
            let cancelled = Err(io::Error::from_raw_os_error(libc::ECANCELED));
            done.extend(self.land(key, true, cancelled)?);
        }
        // 이미 끝난 일이 있으면 기다리지 않는다.
        let waits = self.flights.len() == before;
        self.calls += 1;
        let timeout = if waits { timeout } else { Some(Duration::ZERO) };
        match self.poll.poll(&mut self.events, timeout) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(done),
            result => result?,
        }
        let keys: Vec<_> = self.events.iter().map(|event| event.token()).collect();
        for key in keys {
            done.extend(self.attempt(key, false)?);
        }
        Ok(done)
    }

    fn in_flight(&self) -> usize {
        self.flights.len()
    }

    fn calls(&self) -> usize {
        self.calls
    }
}
