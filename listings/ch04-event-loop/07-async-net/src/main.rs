//! 요청 하나가 소켓을 지나가는 길을 본다.

mod faulty;
mod frames;
mod stage;
mod story;
mod trace;

use std::io;

fn main() -> io::Result<()> {
    if std::env::args().any(|arg| arg == "--measure") {
        return measure();
    }
    println!("== 쓸 수 있는 연결 ==");
    story::writable()?;
    println!("== 거절 ==");
    story::refused()?;
    println!("== 요청 하나 ==");
    trace::request()?;
    println!("== 메아리 ==");
    story::echoed()?;
    println!("== 받지 않는 손님 ==");
    story::slow_reader(|line| println!("{line}"))?;
    println!("== 버린 기다림 ==");
    story::dropped()?;
    println!("== 데이터그램 ==");
    story::datagrams()?;
    println!("== 한 번만 쓰기 ==");
    story::write_once()?;
    println!("== 다 쓰고 읽기 ==");
    println!("손님: {}", ended(story::writes_only()?));
    println!("== 쓰면서 읽기 ==");
    println!("손님: {}", ended(story::both_ways()?));
    println!("== 버린 read_exact ==");
    story::tell_frames(false)?;
    println!("== 밖에 둔 버퍼 ==");
    story::tell_frames(true)
}

fn ended(whole: bool) -> &'static str {
    match whole {
        true => "보낸 만큼 돌려받음",
        false => "깨워 줄 것이 없어 멈춤",
    }
}

/// 받지 않는 손님에게 얼마나 앞서 쓰는지, 그 뒤로 몇 번 막히는지 재어 가운데 값을 적는다.
fn measure() -> io::Result<()> {
    let mut rounds = (0..11)
        .map(|_| story::slow_reader(|_| {}))
        .collect::<io::Result<Vec<_>>>()?;
    rounds.sort_by_key(|round| round.0);
    println!("[측정] 막힌 횟수 {}", rounds[rounds.len() / 2].0);
    rounds.sort_by_key(|round| round.1);
    println!("[측정] 앞서 쓴 바이트 {}", rounds[rounds.len() / 2].1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_07_async_net::block_on;
    use ch04_07_async_net::net::TcpStream;
    use std::io::ErrorKind;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    /// 고친 `connect`가 까닭을 돌려주는지는 `tests/echo.rs`에서 본다.
    #[test]
    fn writable_is_not_connected() {
        let (_held, address) = story::nobody().unwrap();
        let stream = block_on(faulty::connect_writable(address)).unwrap();
        let peer = stream.unwrap().socket.peer_addr();
        assert_eq!(peer.unwrap_err().kind(), ErrorKind::NotConnected);
    }

    // ANCHOR: in_progress
    /// 받을 줄이 가득한 서버는 연결을 맺지도 거절하지도 않는다.
    #[cfg(target_os = "linux")]
    #[test]
    fn no_error_is_not_connected() {
        let (listener, address) = story::nobody().unwrap();
        listener.listen(0).unwrap();
        let _first = std::net::TcpStream::connect(address).unwrap();
        block_on(async {
            let faulty = faulty::connect_no_error(address);
            let stream = story::poll_once(faulty).await.map(Result::unwrap);
            let std::task::Poll::Ready(stream) = stream else {
                panic!("오류가 없으니 맺어졌다고 한다");
            };
            let peer = stream.socket.peer_addr();
            assert_eq!(peer.unwrap_err().kind(), ErrorKind::NotConnected);
            let cured = TcpStream::connect(address);
            assert!(story::poll_once(cured).await.is_pending());
        })
        .unwrap();
    }
    // ANCHOR_END: in_progress

    /// 거절당한 소켓에는 상대도, 다음 이벤트도 없다.
    #[test]
    fn a_peer_alone_waits_forever() {
        let (_held, address) = story::nobody().unwrap();
        let ended = stage::play(faulty::connect_peer_only(address)).unwrap();
        assert!(ended.is_none());
    }

    #[test]
    fn writing_first_stops_both() {
        assert!(!story::writes_only().unwrap());
        let (done, finished) = channel();
        thread::spawn(move || done.send(story::both_ways().unwrap()));
        assert_eq!(finished.recv_timeout(Duration::from_secs(30)), Ok(true));
    }

    #[test]
    fn a_dropped_read_exact_loses_bytes() {
        let lost = story::framed(faulty::read_frames).unwrap();
        assert_eq!(lost, ["CDEF"]);
        let kept = story::framed(frames::read_frames).unwrap();
        assert_eq!(kept, ["ABCD", "EFGH"]);
    }

    #[test]
    fn a_slow_reader_holds_the_writer() {
        let (pending, ahead) = story::slow_reader(|_| {}).unwrap();
        assert!(pending > 0 && ahead < story::BIG, "{pending} {ahead}");
    }
}
