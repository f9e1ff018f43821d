//! 런타임 없이 mio의 이벤트 루프로 바로 쓴 에코 서버. 런타임이 닿을 수 있는 끝이다.

use std::io::{ErrorKind, Read, Write};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

const LISTENER: Token = Token(usize::MAX);

pub fn call(work: &str, _: u64) -> Option<u64> {
    (work == "serve").then(serve)
}

fn serve() -> u64 {
    let mut poll = Poll::new().expect("만든다");
    let mut listener = TcpListener::bind(([127, 0, 0, 1], 0).into()).expect("묶는다");
    let registry = poll.registry().try_clone().expect("나눈다");
    let register = registry.register(&mut listener, LISTENER, Interest::READABLE);
    register.expect("등록한다");
    super::tell(listener.local_addr().expect("주소가 있다").port().into());
    let mut streams: Vec<Option<TcpStream>> = Vec::new();
    let mut events = Events::with_capacity(1024);
    loop {
        poll.poll(&mut events, None).expect("기다린다");
        for event in &events {
            let Token(at) = event.token();
            if event.token() == LISTENER {
                while let Ok((mut stream, _)) = listener.accept() {
                    _ = stream.set_nodelay(true);
                    let token = Token(streams.len());
                    let register = registry.register(&mut stream, token, Interest::READABLE);
                    register.expect("등록한다");
                    streams.push(Some(stream));
                }
            } else if let Some(stream) = &mut streams[at]
                && !echo(stream)
            {
                streams[at] = None;
            }
        }
    }
}

/// 온 것을 돌려보낸다. 끝난 연결이면 거짓이다. 덜 찬 읽기는 비운 것이므로 한 번 더 읽지 않는다.
fn echo(stream: &mut TcpStream) -> bool {
    let mut buf = [0; 1024];
    loop {
        match stream.read(&mut buf) {
            Ok(0) => return false,
            // 주고받는 것이 64바이트씩이므로 보낼 자리는 늘 있다.
            Ok(count) if stream.write_all(&buf[..count]).is_err() => return false,
            Ok(count) if count < buf.len() => return true,
            Ok(_) => {}
            Err(error) => return error.kind() == ErrorKind::WouldBlock,
        }
    }
}
