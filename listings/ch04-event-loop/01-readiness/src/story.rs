//! 진짜 소켓으로 겪는 이야기. 서버와 손님이 한 스레드에서 번갈아 움직여 차례가 정해진다.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use ch04_01_readiness::conn::LIMIT;
use ch04_01_readiness::server::{End, Handler, Server, Turn};
use socket2::SockRef;

/// 이야기가 짧아지도록 작게 잡은 읽기 버퍼의 크기. 단위는 바이트이다.
const SCRATCH: usize = 16;

/// 이벤트를 기다리는 한도. 올 것이라면 이보다 훨씬 먼저 온다.
const PATIENCE: Duration = Duration::from_secs(10);

/// 막고 기다리는 보통의 소켓을 쓰는 손님.
struct Guest(BufReader<TcpStream>);

impl Guest {
    fn visit(addr: SocketAddr) -> io::Result<Guest> {
        Ok(Guest(BufReader::new(TcpStream::connect(addr)?)))
    }

    fn send(&mut self, text: &str) -> io::Result<()> {
        self.0.get_mut().write_all(text.as_bytes())
    }

    fn hear(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

/// 이벤트가 오기를 기다려 한 바퀴 돈다. 오지 않으면 오류이다.
fn step(server: &mut Server) -> io::Result<Turn> {
    let turn = server.turn(Some(PATIENCE))?;
    if turn == Turn::default() {
        return Err(ErrorKind::TimedOut.into());
    }
    Ok(turn)
}

/// 손님 `count`명이 모두 들어올 때까지 돈다.
fn seat(server: &mut Server, count: usize) -> io::Result<()> {
    while server.open() < count {
        step(server)?;
    }
    Ok(())
}

/// 한 바퀴 돌고, 그동안 받은 이벤트와 읽은 바이트를 적는다. 손님은 나온 답을 모두 받는다.
fn turn(server: &mut Server, guest: &mut Guest, limit: Duration) -> io::Result<String> {
    let before = server.tally();
    let events = server.turn(Some(limit))?.events;
    let after = server.tally();
    let bytes = after.bytes - before.bytes;
    let mut told = format!("서버: 이벤트 {events}개, {bytes}바이트 읽음");
    for _ in before.lines..after.lines {
        told += &format!("\n손님: '{}' 받음", guest.hear()?);
    }
    Ok(told)
}

// ANCHOR: two_lines
pub fn two_lines(handler: Handler) -> io::Result<Vec<String>> {
    let mut server = Server::with(SCRATCH, handler)?;
    let mut guest = Guest::visit(server.addr()?)?;
    seat(&mut server, 1)?;

    let mut told = vec!["손님: '안녕'과 '반가워'를 한 번에 보냄".to_owned()];
    guest.send("안녕\n반가워\n")?;
    told.push(turn(&mut server, &mut guest, PATIENCE)?);
    told.push(turn(&mut server, &mut guest, Duration::ZERO)?);

    told.push("손님: '거기 누구 없나'를 보냄".to_owned());
    guest.send("거기 누구 없나\n")?;
    told.push(turn(&mut server, &mut guest, PATIENCE)?);
    told.push(turn(&mut server, &mut guest, Duration::ZERO)?);
    Ok(told)
}
// ANCHOR_END: two_lines

pub fn cut_line() -> io::Result<()> {
    let mut server = Server::bind(SCRATCH)?;
    let mut guest = Guest::visit(server.addr()?)?;
    seat(&mut server, 1)?;
    for piece in ["안녕하", "세요\n안", "녕히\n"] {
        println!("손님: {}바이트 보냄", piece.len());
        guest.send(piece)?;
        println!("{}", turn(&mut server, &mut guest, PATIENCE)?);
    }
    Ok(())
}

/// 서버가 읽기를 멈출 때까지 받지 않고 보내기만 한다. 보낸 바이트를 돌려준다.
fn stuff(server: &mut Server, guest: &TcpStream, line: &[u8]) -> io::Result<Vec<u8>> {
    let mut sent = Vec::new();
    let lines = line.repeat(4096);
    guest.set_nonblocking(true)?;
    while server.backlog() < LIMIT {
        let rest = &lines[sent.len() % lines.len()..];
        match (&*guest).write(rest) {
            Ok(count) => sent.extend_from_slice(&rest[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                step(server)?; // 더 보낼 수 없다면 서버가 읽을 것이 있다.
            }
            Err(error) => return Err(error),
        }
    }
    guest.set_nonblocking(false)?;
    Ok(sent)
}

pub fn never_reads() -> io::Result<()> {
    let mut server = Server::bind(4096)?;
    let guest = TcpStream::connect(server.addr()?)?;
    seat(&mut server, 1)?;
    println!("손님: 받지 않고 보내기만 함");
    let mut sent = stuff(&mut server, &guest, b"0123456789abcde\n")?;
    println!("서버: 답이 밀려 읽기를 멈춤");

    println!("손님: 그만 보내고 받기 시작함");
    guest.shutdown(Shutdown::Write)?;
    sent.truncate(sent.len() / 16 * 16); // 보내다 만 줄에는 답이 없다.
    let mut back = Vec::new();
    thread::scope(|scope| {
        let reading = scope.spawn(|| (&guest).read_to_end(&mut back));
        let end = until_one_ends(&mut server)?;
        println!("서버: {}", describe(end));
        reading.join().expect("패닉하지 않는다")
    })?;
    println!("손님: 보낸 그대로 받음, {}", sent == back);
    Ok(())
}

pub fn leaving() -> io::Result<()> {
    let mut server = Server::bind(SCRATCH)?;
    let addr = server.addr()?;
    let [mut gaon, narae, mut dasom] = [
        Guest::visit(addr)?,
        Guest::visit(addr)?,
        Guest::visit(addr)?,
    ];
    seat(&mut server, 3)?;

    println!("가온: '안녕'과 '히'를 보내고 더 보내지 않겠다고 함");
    gaon.send("안녕\n히")?;
    gaon.0.get_ref().shutdown(Shutdown::Write)?;
    println!("서버: {}", describe(until_one_ends(&mut server)?));
    println!("가온: '{}' 받음", gaon.hear()?);
    let nothing = gaon.0.read(&mut [0])?;
    println!("가온: 더 읽으니 {nothing}바이트");

    println!("나래: 갑자기 끊음");
    SockRef::from(narae.0.get_ref()).set_linger(Some(Duration::ZERO))?;
    drop(narae);
    println!("서버: {}", describe(until_one_ends(&mut server)?));

    println!("다솜: '아직 있나요'를 보냄");
    dasom.send("아직 있나요\n")?;
    step(&mut server)?;
    println!("다솜: '{}' 받음", dasom.hear()?);
    Ok(())
}

/// 연결 하나가 끝날 때까지 돌고, 어떻게 끝났는지 돌려준다.
fn until_one_ends(server: &mut Server) -> io::Result<End> {
    loop {
        if let Some(end) = step(server)?.ended.pop() {
            return Ok(end);
        }
    }
}

fn describe(end: End) -> &'static str {
    match end {
        End::Done => "다 답하고 닫음",
        End::Failed(ErrorKind::ConnectionReset) => "끊긴 연결을 버림",
        End::Failed(_) => "오류가 난 연결을 버림",
    }
}

pub fn crowd(count: usize) -> io::Result<()> {
    let mut server = Server::bind(SCRATCH)?;
    let addr = server.addr()?;
    let guests: io::Result<Vec<_>> = (0..count).map(|_| Guest::visit(addr)).collect();
    let mut guests = guests?;
    seat(&mut server, count)?;

    let line = |number| format!("저는 {number}번입니다\n");
    for half in 0..2 {
        let mut expected = 0;
        for (number, guest) in guests.iter_mut().enumerate() {
            let line = line(number);
            let (front, back) = line.split_at("저는 ".len());
            guest.send([front, back][half])?;
            expected += [front.len(), line.len()][half];
        }
        while server.tally().bytes < expected {
            step(&mut server)?;
        }
    }
    println!(
        "서버: 연결 {}개, 줄 {}개",
        server.open(),
        server.tally().lines
    );
    let mut right = 0;
    for (number, guest) in guests.iter_mut().enumerate() {
        right += usize::from(guest.hear()? == line(number).trim_end());
    }
    println!("손님: {right}명이 제 줄을 받음");
    Ok(())
}
