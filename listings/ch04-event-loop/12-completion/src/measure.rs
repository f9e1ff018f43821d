//! 완료와 준비를 번갈아 재어 중앙값을 찍는다.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use ch04_01_readiness::server::Server;
use ch04_12_completion::driver::{Driver, open};
use ch04_12_completion::echo::Echo;
use ch04_12_completion::emulated::Emulated;

const GUESTS: usize = 64;
const ROUNDS: usize = 3000;
const REPEATS: usize = 9;
const MESSAGES: f64 = (GUESTS * ROUNDS) as f64;

/// 초당 메시지 수와 메시지마다 부른 시스템 콜의 수.
type Sample = (f64, f64);

/// 손님 64명이 64바이트씩 한꺼번에 보내고 한꺼번에 받기를 되풀이한다.
fn guests(addr: SocketAddr) -> JoinHandle<io::Result<f64>> {
    thread::spawn(move || {
        let guests: io::Result<Vec<_>> = (0..GUESTS).map(|_| TcpStream::connect(addr)).collect();
        let mut guests = guests?;
        let mut line = [b'a'; 64];
        line[63] = b'\n';
        let mut start = Instant::now();
        for round in 0..ROUNDS + ROUNDS / 10 {
            if round == ROUNDS / 10 {
                start = Instant::now(); // 앞은 몸풀기이다.
            }
            for guest in &mut guests {
                guest.write_all(&line)?;
            }
            for guest in &mut guests {
                guest.read_exact(&mut line)?;
            }
        }
        Ok(MESSAGES / start.elapsed().as_secs_f64())
    })
}

fn completion(driver: Box<dyn Driver>) -> io::Result<Sample> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let guests = guests(listener.local_addr()?);
    let mut echo = Echo::new(driver, listener)?;
    while echo.open() < GUESTS {
        echo.turn(None)?;
    }
    while echo.open() > 0 {
        echo.turn(None)?;
    }
    let calls = echo.calls() as f64 / (MESSAGES * 1.1);
    echo.close()?;
    Ok((guests.join().expect("패닉하지 않는다")?, calls))
}

fn readiness() -> io::Result<Sample> {
    let mut server = Server::bind(4096)?;
    let guests = guests(server.addr()?);
    let mut turns = 0;
    while server.open() < GUESTS {
        server.turn(None)?;
    }
    while server.open() > 0 {
        server.turn(None)?;
        turns += 1;
    }
    let calls = (server.tally().calls + turns) as f64 / (MESSAGES * 1.1);
    Ok((guests.join().expect("패닉하지 않는다")?, calls))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

pub fn measure() -> io::Result<()> {
    println!("{}", open()?.1);
    let mut rounds = Vec::new();
    for _ in 0..REPEATS {
        let ready = readiness()?;
        let done = completion(open()?.0)?;
        let fake = completion(Box::new(Emulated::new()?))?;
        rounds.push([ready, done, fake]);
    }
    let rate = |which: usize| median(rounds.iter().map(|round| round[which].0).collect());
    let calls = |which: usize| median(rounds.iter().map(|round| round[which].1).collect());
    let ratio = |which: usize| {
        median(
            rounds
                .iter()
                .map(|round| round[which].0 / round[0].0)
                .collect(),
        )
    };
    for (which, name) in ["준비", "완료", "흉내"].into_iter().enumerate() {
        let (rate, calls, ratio) = (rate(which), calls(which), ratio(which));
        println!(
            "{name}: 초당 {rate:.0}번, 메시지마다 시스템 콜 {calls:.2}번, 준비의 {ratio:.2}배"
        );
    }
    Ok(())
}
