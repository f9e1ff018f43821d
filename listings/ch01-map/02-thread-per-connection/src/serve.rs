//! 손님마다 스레드를 띄우는 서버와, 스레드 몇 개가 나눠 맡는 서버.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use ch01_01_one_at_a_time::{talk, tell};

// ANCHOR: threads
/// 손님을 `guests`명까지 받고, 한 명에 스레드 하나씩 붙인다.
pub fn serve(listener: &TcpListener, guests: usize, log: &Sender<String>) -> io::Result<()> {
    thread::scope(|scope| {
        for guest in 1..=guests {
            let (stream, _) = listener.accept()?;
            tell(log, format!("손님{guest} 맞음"));
            scope.spawn(move || match talk(&stream) {
                Ok(_) => tell(log, format!("손님{guest} 보냄")),
                Err(_) => tell(log, format!("손님{guest} 끊김")),
            });
        }
        Ok(())
    })
}
// ANCHOR_END: threads

// ANCHOR: counted
/// `serve`와 같지만, 답한 주문을 모든 스레드가 `total`에 함께 센다.
pub fn serve_counting(
    listener: &TcpListener,
    guests: usize,
    total: &Mutex<usize>,
    log: &Sender<String>,
) -> io::Result<()> {
    thread::scope(|scope| {
        for guest in 1..=guests {
            let (stream, _) = listener.accept()?;
            scope.spawn(move || {
                let answered = talk(&stream).unwrap_or(0);
                let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                *total += answered;
                tell(log, format!("손님{guest} 보냄, 모두 {total}개"));
            });
        }
        Ok(())
    })
}
// ANCHOR_END: counted

// ANCHOR: pool
/// 스레드 `workers`개를 미리 띄워 두고, 받은 손님을 큐에 세운다.
pub fn serve_with_pool(
    listener: &TcpListener,
    workers: usize,
    guests: usize,
    log: &Sender<String>,
) -> io::Result<()> {
    let (queue, line) = mpsc::channel();
    let line = Mutex::new(line);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(&line, log));
        }
        // 이 스코프를 나갈 때 송신자가 버려져야 작업 스레드들이 그만둔다.
        let queue = queue;
        for guest in 1..=guests {
            let (stream, _) = listener.accept()?;
            let _ = queue.send((guest, stream));
        }
        Ok(())
    })
}
// ANCHOR_END: pool

// ANCHOR: worker
/// 큐에서 손님을 하나 꺼내 끝까지 상대하기를 되풀이한다.
fn work(line: &Mutex<Receiver<(usize, TcpStream)>>, log: &Sender<String>) {
    loop {
        // 락은 다음 손님을 기다려 꺼낼 때까지만 쥔다. 상대하는 동안에는 다른 작업 스레드가 꺼낼 수 있다.
        let next = line.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((guest, stream)) = next else { break };
        tell(log, format!("손님{guest} 맞음"));
        let _ = talk(&stream);
        tell(log, format!("손님{guest} 보냄"));
    }
}
// ANCHOR_END: worker
