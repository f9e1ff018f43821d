//! 손님을 한 명씩 맞는 서버. 다음 절의 서버도 여기 있는 `talk`와 손님을 그대로 쓴다.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::Sender;
use std::time::Duration;

mod cast;

pub use cast::{Guest, Server};

// ANCHOR: talk
/// 손님이 연결을 닫을 때까지 주문마다 답하고, 답한 수를 돌려준다.
///
/// # Errors
///
/// 읽거나 쓰지 못하면 그 오류를 돌려준다.
pub fn talk(stream: &TcpStream) -> io::Result<usize> {
    let mut reply = stream;
    let mut answered = 0;
    for line in BufReader::new(stream).lines() {
        let answer = match line?.strip_prefix("주문 ") {
            Some(number) => format!("확인 {number}\n"),
            None => "모르는 말\n".to_owned(),
        };
        reply.write_all(answer.as_bytes())?;
        answered += 1;
    }
    Ok(answered)
}
// ANCHOR_END: talk

// ANCHOR: serve
/// 손님을 온 차례대로 `guests`명까지 한 명씩 상대한다.
///
/// # Errors
///
/// 연결을 받지 못하면 그 오류를 돌려준다.
pub fn serve(listener: &TcpListener, guests: usize, log: &Sender<String>) -> io::Result<()> {
    for guest in 1..=guests {
        let (stream, _) = listener.accept()?;
        tell(log, format!("손님{guest} 맞음"));
        match talk(&stream) {
            Ok(_) => tell(log, format!("손님{guest} 보냄")),
            Err(_) => tell(log, format!("손님{guest} 끊김")),
        }
    }
    Ok(())
}
// ANCHOR_END: serve

// ANCHOR: patience
/// `serve`와 같지만, `patience`가 지나도록 읽을 것이 없는 손님은 포기한다.
///
/// # Errors
///
/// 연결을 받지 못하거나 타임아웃을 걸지 못하면 그 오류를 돌려준다.
pub fn serve_with_patience(
    listener: &TcpListener,
    guests: usize,
    patience: Duration,
    log: &Sender<String>,
) -> io::Result<()> {
    for guest in 1..=guests {
        let (stream, _) = listener.accept()?;
        stream.set_read_timeout(Some(patience))?;
        tell(log, format!("손님{guest} 맞음"));
        match talk(&stream) {
            Ok(_) => tell(log, format!("손님{guest} 보냄")),
            Err(_) => tell(log, format!("손님{guest} 포기")),
        }
    }
    Ok(())
}
// ANCHOR_END: patience

/// 서버가 겪은 일을 알린다. 듣는 쪽이 떠났으면 알리지 않는다.
pub fn tell(log: &Sender<String>, what: String) {
    let _ = log.send(what);
}
