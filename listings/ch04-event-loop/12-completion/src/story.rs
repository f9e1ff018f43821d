//! 진짜 소켓으로 겪는 이야기. 서버와 손님이 한 스레드에서 번갈아 움직여 차례가 정해진다.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use ch04_01_readiness::server::Server;
use ch04_12_completion::driver::{Driver, Key};
use ch04_12_completion::echo::Echo;
use ch04_12_completion::op::{Done, Op, is_cancelled};

/// 기다리는 한도. 올 것이라면 이보다 훨씬 먼저 온다.
const PATIENCE: Duration = Duration::from_secs(10);

type Driven = Box<dyn Driver>;

/// 드라이버를 열고, 어느 쪽인지 한 줄로 알린다.
pub type Open = fn() -> io::Result<(Driven, String)>;

pub fn tell(open: Open) -> io::Result<()> {
    let (driver, which) = open()?;
    eprintln!("{which}");
    println!("== 같은 답 ==");
    same_answers(driver)?;
    println!("== 맡긴 버퍼 ==");
    lent(open()?.0)?;
    println!("== 버린 요청 ==");
    abandoned(open()?.0)?;
    println!("== 버린 바이트 ==");
    println!("{}", order(open()?.0, give_up)?);
    println!("== 거둔 바이트 ==");
    println!("{}", order(open()?.0, cancel)?);
    println!("== 번호만 견준 취소 ==");
    late_cancel(open()?.0, |one, other| number(one) == number(other))?;
    println!("== 세대까지 견준 취소 ==");
    late_cancel(open()?.0, |one, other| one == other)?;
    println!("== 덜 보낸 답 ==");
    short(open()?.0)
}

/// 이은 소켓 한 쌍. 앞이 서버의 것이다.
fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let guest = TcpStream::connect(listener.local_addr()?)?;
    Ok((listener.accept()?.0, guest))
}

fn hear(stream: &mut TcpStream, bytes: usize) -> io::Result<Vec<u8>> {
    let mut heard = vec![0; bytes];
    stream.read_exact(&mut heard)?;
    Ok(heard)
}

/// 일 하나가 끝나기를 기다린다.
fn one(driver: &mut Driven) -> io::Result<(Key, Done)> {
    let mut done = driver.turn(Some(PATIENCE))?;
    done.pop().ok_or_else(|| ErrorKind::TimedOut.into())
}

// ANCHOR: both
/// 손님들이 `lines`줄씩 주고받는다. 들은 것을 모두 이어 돌려준다.
fn talk(
    addr: SocketAddr,
    mut until: impl FnMut(usize, usize) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let guests: io::Result<Vec<_>> = (0..GUESTS).map(|_| TcpStream::connect(addr)).collect();
    let mut guests = guests?;
    until(GUESTS, 0)?;
    let (mut sent, mut heard) = (0, Vec::new());
    for round in 0..ROUNDS {
        let line = |number| format!("저는 {number}번이고 {round}째 줄입니다\n");
        for (number, guest) in guests.iter_mut().enumerate() {
            guest.write_all(line(number).as_bytes())?;
            sent += line(number).len();
        }
        until(GUESTS, sent)?;
        for (number, guest) in guests.iter_mut().enumerate() {
            heard.extend(hear(guest, line(number).len())?);
        }
    }
    Ok(heard)
}
// ANCHOR_END: both

const GUESTS: usize = 64;
const ROUNDS: usize = 10;

fn same_answers(driver: Driven) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let addr = listener.local_addr()?;
    let mut echo = Echo::new(driver, listener)?;
    let completed = talk(addr, |open, bytes| {
        while echo.open() < open || echo.echoed() < bytes {
            some(echo.turn(Some(PATIENCE))?)?;
        }
        Ok(())
    })?;
    let mut server = Server::bind(4096)?;
    let addr = server.addr()?;
    let ready = talk(addr, |open, bytes| {
        while server.open() < open || server.tally().bytes < bytes {
            let turn = server.turn(Some(PATIENCE))?;
            some(turn.events + turn.accepted)?;
        }
        Ok(())
    })?;
    let lines = |heard: &[u8]| heard.iter().filter(|&&byte| byte == b'\n').count();
    println!("완료: 손님 {GUESTS}명에게 {}줄 답함", lines(&completed));
    println!("준비: 손님 {GUESTS}명에게 {}줄 답함", lines(&ready));
    println!("손님: 두 서버의 답이 같음, {}", completed == ready);
    echo.close()
}

/// 아무 일도 없었으면 한도까지 기다린 것이다.
fn some(count: usize) -> io::Result<()> {
    match count {
        0 => Err(ErrorKind::TimedOut.into()),
        _ => Ok(()),
    }
}

// ANCHOR: lent
fn lent(mut driver: Driven) -> io::Result<()> {
    let (stream, mut guest) = pair()?;
    let buf = vec![0; 16];
    let place = buf.as_ptr();
    let _ticket = driver.submit(Op::Recv(stream, buf))?;
    println!("서버: 16바이트 버퍼를 맡김");
    let early = driver.turn(Some(Duration::ZERO))?;
    println!(
        "커널: 끝난 일 {}개, 맡은 버퍼 {}개",
        early.len(),
        driver.in_flight()
    );

    guest.write_all("안녕".as_bytes())?;
    println!("손님: '안녕'을 보냄");
    let Done::Recv(_, buf, count) = one(&mut driver)?.1 else {
        unreachable!("맡긴 일은 받기이다");
    };
    println!("커널: 끝난 일 1개, 맡은 버퍼 {}개", driver.in_flight());
    println!("서버: 버퍼를 돌려받음, '{}'", text(&buf[..count?]));
    println!("서버: 맡긴 그 버퍼임, {}", place == buf.as_ptr());
    Ok(())
}
// ANCHOR_END: lent

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("글이 아님")
}

// ANCHOR: abandoned
fn abandoned(mut driver: Driven) -> io::Result<()> {
    let (stream, mut guest) = pair()?;
    let ticket = driver.submit(Op::Recv(stream, vec![0; 16]))?;
    driver.turn(Some(Duration::ZERO))?;
    println!("서버: 받기를 맡김, 맡은 버퍼 {}개", driver.in_flight());
    drop(ticket);
    println!("서버: 번호표를 버림, 맡은 버퍼 {}개", driver.in_flight());
    let mut heard = 0;
    while driver.in_flight() > 0 {
        heard += driver.turn(Some(PATIENCE))?.len();
    }
    println!("커널: 일을 끝냄, 맡은 버퍼 {}개", driver.in_flight());
    println!("서버: 들은 결과 {heard}개");
    println!("손님: 끊긴 연결에서 {}바이트 받음", guest.read(&mut [0])?);
    Ok(())
}
// ANCHOR_END: abandoned

// ANCHOR: order
/// 받기를 맡긴 뒤 마음을 바꾼다. 손님의 말은 이미 와 있다.
fn order(
    mut driver: Driven,
    change_mind: fn(&mut Driven, Op) -> io::Result<Vec<u8>>,
) -> io::Result<String> {
    let (mut stream, mut guest) = pair()?;
    guest.write_all(b"[1]")?;
    // 나중에 다시 읽으려고 복제한 소켓을 맡긴다.
    let recv = Op::Recv(stream.try_clone()?, vec![0; 16]);
    let mut heard = change_mind(&mut driver, recv)?;
    guest.write_all(b"[2]")?;
    guest.shutdown(Shutdown::Write)?;
    stream.set_nonblocking(false)?; // 흉내 내는 드라이버가 바꿔 두었을 수 있다.
    stream.read_to_end(&mut heard)?;
    Ok(format!("[1], [2]를 보냈고 {}를 받음", text(&heard)))
}
// ANCHOR_END: order

// ANCHOR: minds
/// 번호표를 버려 취소한다.
fn give_up(driver: &mut Driven, recv: Op) -> io::Result<Vec<u8>> {
    drop(driver.submit(recv)?);
    while driver.in_flight() > 0 {
        driver.turn(Some(PATIENCE))?;
    }
    Ok(Vec::new())
}

/// 취소를 부탁하고 결과를 끝까지 듣는다.
fn cancel(driver: &mut Driven, recv: Op) -> io::Result<Vec<u8>> {
    let ticket = driver.submit(recv)?;
    driver.cancel(ticket.key());
    match one(driver)?.1 {
        Done::Recv(_, buf, Ok(count)) => Ok(buf[..count].to_vec()),
        Done::Recv(_, _, Err(error)) if is_cancelled(&error) => Ok(Vec::new()),
        done => Err(io::Error::other(format!("{done:?}"))),
    }
}
// ANCHOR_END: minds

fn number(key: Key) -> usize {
    key.0 & 0xffff_ffff
}

// ANCHOR: late
/// 가온의 일이 끝난 줄 모르고 취소한다. 그 칸에는 이미 나래의 일이 있다.
fn late_cancel(mut driver: Driven, same: fn(Key, Key) -> bool) -> io::Result<()> {
    let ((gaon, mut gaon_guest), (narae, mut narae_guest)) = (pair()?, pair()?);
    let first = driver.submit(Op::Recv(gaon, vec![0; 16]))?;
    gaon_guest.write_all("안녕".as_bytes())?;
    let (old, _) = one(&mut driver)?;
    println!("가온: 받기가 끝남");
    drop(first);
    let second = driver.submit(Op::Recv(narae, vec![0; 16]))?;
    println!("나래: 받기를 맡김");

    println!("서버: 가온의 받기를 뒤늦게 취소함");
    let found = Some(second.key()).filter(|&key| same(old, key));
    driver.cancel(found.unwrap_or(old));
    let done = driver.turn(Some(Duration::ZERO))?;
    let end = ["취소됨", "기다리는 중"][usize::from(done.is_empty())];
    println!("나래: {end}");
    narae_guest.write_all("반가워".as_bytes())
}
// ANCHOR_END: late

fn short(mut driver: Driven) -> io::Result<()> {
    let (stream, guest) = pair()?;
    let whole: Vec<u8> = (0..LONG).map(|at| (at % 251) as u8).collect();
    let mut next = Op::Send(stream, whole.clone(), 0);
    let mut sends = 0;
    let heard = thread::scope(|scope| {
        let mut reading = None;
        loop {
            let _ticket = driver.submit(next)?;
            let Done::Send(stream, buf, from, count) = one(&mut driver)?.1 else {
                unreachable!("맡긴 일은 보내기이다");
            };
            let sent = from + count?;
            sends += 1;
            // 첫 결과를 보고 나서야 손님이 받기 시작하므로 다 갔을 리가 없다.
            let guest = &guest;
            reading.get_or_insert_with(|| {
                println!("서버: 부탁한 만큼 보냄, {}", sent == LONG);
                scope.spawn(move || hear_all(guest))
            });
            if sent == LONG {
                break;
            }
            next = Op::Send(stream, buf, sent);
        }
        reading
            .expect("한 번은 보냈다")
            .join()
            .expect("패닉하지 않는다")
    })?;
    println!("서버: 나머지를 이어 보냄, {}", sends > 1);
    println!("손님: 보낸 그대로 받음, {}", heard == whole);
    Ok(())
}

// ANCHOR: long
/// 한 번에 보낼 수 없을 만큼 긴 답. 단위는 바이트이다.
const LONG: usize = 16 * 1024 * 1024;
// ANCHOR_END: long

fn hear_all(mut guest: &TcpStream) -> io::Result<Vec<u8>> {
    let mut heard = vec![0; LONG];
    guest.read_exact(&mut heard)?;
    Ok(heard)
}
