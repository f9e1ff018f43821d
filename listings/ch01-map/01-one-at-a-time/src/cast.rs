//! 이야기를 이끄는 쪽에서 쓰는 손님과 서버의 손잡이.
//!
//! 이야기는 한 스레드가 차례대로 이끈다. 서버가 겪은 일은 채널로 받아서 찍으므로, 찍히는 차례가 늘 같다.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// 이야기가 잘못되었을 때 영영 멈추지 않도록 둔 한도. 옳은 이야기는 여기에 닿지 않는다.
const GIVE_UP: Duration = Duration::from_secs(10);

/// 주문하는 손님. 한 일을 `손님1: 주문 1`처럼 찍는다.
pub struct Guest {
    number: usize,
    stream: TcpStream,
}

// ANCHOR: guest
impl Guest {
    /// 서버에 연결한다.
    pub fn connect(number: usize, address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("같은 기계의 서버이다");
        println!("손님{number}: 접속");
        Self { number, stream }
    }

    /// 주문을 보낸다. 답은 기다리지 않는다.
    pub fn order(&self) {
        println!("손님{0}: 주문 {0}", self.number);
        // 서버가 이미 연결을 닫았으면 실패할 수 있다. 답을 읽을 때 알게 된다.
        let _ = (&self.stream).write_all(format!("주문 {}\n", self.number).as_bytes());
    }

    // ANCHOR_END: guest

    /// 더 보낼 것이 없다고 알린다. 읽기는 계속할 수 있다.
    pub fn finish(&self) {
        println!("손님{}: 더 보낼 것 없음", self.number);
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// 답이 올 때까지 기다려서 읽는다. 서버가 연결을 닫았으면 `None`이다.
    pub fn read_reply(&self) -> Option<String> {
        let reply = self.next_line();
        let told = reply.as_deref().unwrap_or("연결이 닫혀 답이 없음");
        println!("손님{}: {told}", self.number);
        reply
    }

    fn next_line(&self) -> Option<String> {
        let timeout = self.stream.set_read_timeout(Some(GIVE_UP));
        timeout.expect("0이 아닌 시간이다");
        let mut line = String::new();
        match BufReader::new(&self.stream).read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line.trim_end().to_owned()),
            Err(error) if is_timeout(&error) => panic!("손님{}의 답이 오지 않는다", self.number),
            Err(_) => None,
        }
    }

    // ANCHOR: look
    /// 답이 와 있는지 기다리지 않고 들여다본다.
    pub fn look(&self) -> bool {
        self.stream.set_nonblocking(true).expect("소켓의 설정이다");
        let arrived = self.stream.peek(&mut [0]).is_ok();
        self.stream.set_nonblocking(false).expect("소켓의 설정이다");
        let told = if arrived {
            "답이 와 있음"
        } else {
            "아직 답이 없음"
        };
        println!("손님{}: {told}", self.number);
        arrived
    }
    // ANCHOR_END: look

    // ANCHOR: flood
    /// 커널이 더 받아 주지 않을 때까지 주문을 써 넣고, 써 넣은 바이트의 수를 돌려준다.
    ///
    /// # Errors
    ///
    /// 커널의 버퍼가 찬 것 말고 다른 까닭으로 쓰지 못하면 그 오류를 돌려준다.
    pub fn flood(&self) -> io::Result<usize> {
        self.stream.set_nonblocking(true)?;
        let orders = format!("주문 {}\n", self.number).repeat(1000);
        let mut accepted = 0;
        loop {
            match (&self.stream).write(orders.as_bytes()) {
                Ok(bytes) => accepted += bytes,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        println!("손님{}: 더 쓸 수 없음", self.number);
        Ok(accepted)
    }
    // ANCHOR_END: flood

    /// 연결을 닫고 떠난다.
    pub fn leave(self) {
        println!("손님{}: 떠남", self.number);
    }
}

/// 읽기 타임아웃이 지났다는 오류인가. 유닉스와 윈도의 이름이 다르다.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// 다른 스레드에서 도는 서버.
pub struct Server {
    address: SocketAddr,
    log: Receiver<String>,
    thread: JoinHandle<io::Result<()>>,
}

impl Server {
    // ANCHOR: start
    /// 서버를 다른 스레드에서 돌린다. `run`은 겪은 일을 채널로 알린다.
    pub fn start<R>(listener: TcpListener, run: R) -> Self
    where
        R: FnOnce(&TcpListener, &Sender<String>) -> io::Result<()> + Send + 'static,
    {
        let address = listener.local_addr().expect("이미 묶인 주소이다");
        let (sender, log) = mpsc::channel();
        let thread = thread::spawn(move || run(&listener, &sender));
        Self {
            address,
            log,
            thread,
        }
    }
    // ANCHOR_END: start

    /// 손님이 연결할 주소.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// 서버가 다음으로 겪은 일을 기다려서 찍는다.
    pub fn hear(&self) -> String {
        let what = self.log.recv_timeout(GIVE_UP).expect("서버가 말이 없다");
        println!("서버: {what}");
        what
    }

    /// 서버가 아직 알린 일이 없는가.
    pub fn is_silent(&self) -> bool {
        self.log.try_recv().is_err()
    }

    /// 서버가 끝나기를 기다린다.
    ///
    /// # Errors
    ///
    /// 서버가 오류로 끝났으면 그 오류를 돌려준다.
    pub fn join(self) -> io::Result<()> {
        self.thread.join().expect("서버는 패닉하지 않는다")
    }
}
