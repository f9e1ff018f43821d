//! 끝나면 알려 주는 드라이버 위의 에코 서버. 받은 바이트를 그대로 돌려준다.

use std::collections::HashMap;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use crate::driver::{Driver, Key};
use crate::flights::Ticket;
use crate::op::{Done, Op};

/// 연결 하나가 맡기는 버퍼의 크기. 단위는 바이트이다.
pub const SIZE: usize = 4096;

// ANCHOR: echo
/// 스레드 하나에서 도는 에코 서버. 연결의 상태는 맡긴 일이 들고 다닌다.
pub struct Echo {
    driver: Box<dyn Driver>,
    /// 맡긴 일의 번호표. 비우면 모든 일이 취소된다.
    tickets: HashMap<Key, Ticket>,
    echoed: usize,
}

impl Echo {
    /// `listener`로 오는 손님을 받는 서버.
    ///
    /// # Errors
    ///
    /// 첫 일을 맡기지 못하면 그 오류를 돌려준다.
    pub fn new(driver: Box<dyn Driver>, listener: TcpListener) -> io::Result<Echo> {
        let mut echo = Echo {
            driver,
            tickets: HashMap::new(),
            echoed: 0,
        };
        echo.submit(Op::Accept(listener))?;
        Ok(echo)
    }
    // ANCHOR_END: echo

    fn submit(&mut self, op: Op) -> io::Result<()> {
        let ticket = self.driver.submit(op)?;
        self.tickets.insert(ticket.key(), ticket);
        Ok(())
    }

    // ANCHOR: turn
    /// 한 바퀴 돌고, 끝난 일의 수를 돌려준다.
    ///
    /// # Errors
    ///
    /// 드라이버의 오류만 돌려준다. 연결의 오류는 그 연결만 끝낸다.
    pub fn turn(&mut self, timeout: Option<Duration>) -> io::Result<usize> {
        let done = self.driver.turn(timeout)?;
        let count = done.len();
        for (key, done) in done {
            self.tickets.remove(&key);
            self.next(done)?;
        }
        Ok(count)
    }
    // ANCHOR_END: turn

    // ANCHOR: next
    /// 끝난 일에서 소켓과 버퍼를 돌려받아 다음 일을 맡긴다. 맡기지 않으면 연결이 닫힌다.
    fn next(&mut self, done: Done) -> io::Result<()> {
        match done {
            Done::Accept(listener, guest) => {
                self.submit(Op::Accept(listener))?;
                if let Ok(stream) = guest {
                    self.submit(Op::Recv(stream, vec![0; SIZE]))?;
                }
                Ok(())
            }
            Done::Recv(_, _, Ok(0) | Err(_)) | Done::Send(_, _, _, Err(_)) => Ok(()),
            Done::Recv(stream, mut buf, Ok(count)) => {
                buf.truncate(count);
                self.submit(Op::Send(stream, buf, 0))
            }
            Done::Send(stream, mut buf, from, Ok(count)) => {
                self.echoed += count;
                if from + count < buf.len() {
                    return self.submit(Op::Send(stream, buf, from + count));
                }
                buf.resize(SIZE, 0);
                self.submit(Op::Recv(stream, buf))
            }
        }
    }
    // ANCHOR_END: next

    /// 지금까지 돌려준 바이트.
    pub fn echoed(&self) -> usize {
        self.echoed
    }

    /// 열려 있는 연결의 수. 연결마다 맡긴 일이 하나이고, 하나는 손님을 받는 일이다.
    pub fn open(&self) -> usize {
        self.driver.in_flight() - 1
    }

    /// 지금까지 부른 시스템 콜의 수.
    pub fn calls(&self) -> usize {
        self.driver.calls()
    }

    // ANCHOR: close
    /// 모든 일을 취소하고, 커널이 버퍼를 다 쓸 때까지 돈다.
    ///
    /// # Errors
    ///
    /// 드라이버의 오류를 돌려준다.
    pub fn close(mut self) -> io::Result<()> {
        self.tickets.clear();
        while self.driver.in_flight() > 0 {
            self.driver.turn(None)?;
        }
        Ok(())
    }
    // ANCHOR_END: close
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpStream;

    use super::*;
    use crate::emulated::Emulated;

    /// 다섯 바이트 가운데 둘만 보냈다는 완료가 오면 나머지 셋을 이어 보낸다.
    #[test]
    fn a_short_send_is_continued() -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut guest = TcpStream::connect(listener.local_addr()?)?;
        let (stream, _) = listener.accept()?;
        let mut echo = Echo::new(Box::new(Emulated::new()?), listener)?;
        echo.next(Done::Send(stream, b"hello".to_vec(), 0, Ok(2)))?;
        echo.turn(Some(Duration::ZERO))?;
        assert_eq!(echo.echoed(), 5);
        let mut rest = [0; 3];
        guest.read_exact(&mut rest)?;
        assert_eq!(&rest, b"llo");
        Ok(())
    }
}
