//! 연결 하나. 소켓이 막힐 때까지 읽고 쓰며, 막힌 자리를 기억한다.

use std::io::{self, ErrorKind, Read, Write};

use mio::Interest;

// ANCHOR: conn
/// 밀린 답이 이만큼 쌓이면 더 읽지 않는다. 단위는 바이트이다.
pub const LIMIT: usize = 64 * 1024;

/// 줄 하나의 최대 길이. 단위는 바이트이고 줄바꿈은 세지 않는다.
pub const MAX_LINE: usize = 1024;

/// 연결 하나의 상태. `S`는 막히면 `WouldBlock`을 돌려주는 소켓이다.
pub struct Conn<S> {
    pub(crate) stream: S,
    /// 아직 줄이 되지 못한 바이트.
    pub(crate) incoming: Vec<u8>,
    /// 아직 쓰지 못한 답.
    pub(crate) outgoing: Vec<u8>,
    /// 상대가 더 보내지 않겠다고 했다.
    ended: bool,
    tally: Tally,
}
// ANCHOR_END: conn

/// 지금까지 한 일.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// 읽은 바이트.
    pub bytes: usize,
    /// 답한 줄.
    pub lines: usize,
    /// `read`와 `write`를 부른 횟수.
    pub calls: usize,
}

// ANCHOR: next
/// 연결이 막히거나 끝난 까닭.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// 읽을 것이 다 떨어졌다.
    Read,
    /// 쓸 것이 남았는데 소켓이 받지 않는다.
    Write,
    /// 받을 것도 보낼 것도 없다.
    Close,
}

impl Next {
    /// 운영체제에 알려 달라고 할 준비. 쓸 것이 없으면 `WRITABLE`은 부탁하지 않는다.
    pub fn interest(self) -> Interest {
        match self {
            Next::Write => Interest::READABLE | Interest::WRITABLE,
            Next::Read | Next::Close => Interest::READABLE,
        }
    }
}
// ANCHOR_END: next

/// `read` 한 번의 결과.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Got {
    Some,
    Nothing,
    End,
}

impl<S: Read + Write> Conn<S> {
    /// 갓 받은 소켓을 감싼다. 버퍼는 비어 있어 아무것도 할당하지 않는다.
    pub fn new(stream: S) -> Conn<S> {
        Conn {
            stream,
            incoming: Vec::new(),
            outgoing: Vec::new(),
            ended: false,
            tally: Tally::default(),
        }
    }

    // ANCHOR: advance
    /// 소켓이 막힐 때까지 쓰고 읽는다. 읽는 데에는 `scratch`를 잠깐 빌려 쓴다.
    ///
    /// # Errors
    ///
    /// 소켓이 `WouldBlock` 아닌 오류를 내거나 줄이 [`MAX_LINE`]보다 길면 그 오류를 돌려준다.
    pub fn advance(&mut self, scratch: &mut [u8]) -> io::Result<Next> {
        loop {
            self.flush()?;
            if self.outgoing.len() >= LIMIT {
                return Ok(Next::Write);
            }
            if self.ended || self.read_once(scratch)? == Got::Nothing {
                break;
            }
            self.answer_lines()?;
        }
        Ok(self.next())
    }
    // ANCHOR_END: advance

    pub(crate) fn next(&self) -> Next {
        match (self.outgoing.is_empty(), self.ended) {
            (false, _) => Next::Write,
            (true, false) => Next::Read,
            (true, true) => Next::Close,
        }
    }

    // ANCHOR: read
    /// 한 번 읽는다. 막힌 것과 끝난 것을 가린다.
    pub(crate) fn read_once(&mut self, scratch: &mut [u8]) -> io::Result<Got> {
        self.tally.calls += 1;
        match self.stream.read(scratch) {
            Ok(0) => {
                self.ended = true;
                Ok(Got::End)
            }
            Ok(count) => {
                self.tally.bytes += count;
                self.incoming.extend_from_slice(&scratch[..count]);
                Ok(Got::Some)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(Got::Nothing),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(Got::Some),
            Err(error) => Err(error),
        }
    }
    // ANCHOR_END: read

    // ANCHOR: flush
    /// 막히거나 다 쓸 때까지 쓴다. 쓴 만큼만 버퍼에서 뺀다.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let mut written = 0;
        let result = loop {
            if written == self.outgoing.len() {
                break Ok(());
            }
            self.tally.calls += 1;
            match self.stream.write(&self.outgoing[written..]) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.outgoing.drain(..written);
        result
    }
    // ANCHOR_END: flush

    // ANCHOR: answer
    /// 다 온 줄만 답으로 옮긴다. 줄바꿈이 오지 않은 나머지는 남겨 둔다.
    pub(crate) fn answer_lines(&mut self) -> io::Result<()> {
        let mut done = 0;
        for line in self.incoming.split_inclusive(|&byte| byte == b'\n') {
            let whole = line.ends_with(b"\n");
            if line.len() - usize::from(whole) > MAX_LINE {
                return Err(io::Error::new(ErrorKind::InvalidData, "줄이 너무 길다"));
            }
            if whole {
                self.outgoing.extend_from_slice(line);
                self.tally.lines += 1;
                done += line.len();
            }
        }
        self.incoming.drain(..done);
        Ok(())
    }
    // ANCHOR_END: answer

    /// 지금까지 한 일.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// 아직 쓰지 못한 답의 바이트.
    pub fn backlog(&self) -> usize {
        self.outgoing.len()
    }

    /// 감싼 소켓.
    pub fn stream(&mut self) -> &mut S {
        &mut self.stream
    }
}
