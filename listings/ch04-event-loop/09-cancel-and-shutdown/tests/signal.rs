//! 진짜 신호를 들어 종료를 알린다.
#![cfg(all(unix, not(feature = "loom")))]

use std::future::poll_fn;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::task::Context;

use ch04_06_reactor::{Registered, block_on};
use ch04_09_cancel_and_shutdown::{Phase, Shutdown, spawn};
use signal_hook::consts::SIGINT;
use signal_hook::low_level::{pipe, raise};

// ANCHOR: listen
/// 신호가 올 때마다 운영체제가 `pipe`에 한 바이트를 쓴다. 첫째는 종료를 알리고 둘째는 그만두게 한다.
async fn listen(pipe: Registered<mio::net::UnixStream>, stop: Shutdown) -> io::Result<()> {
    for hear in [Shutdown::request, Shutdown::force] {
        let mut byte = [0];
        let read = |cx: &mut Context<'_>| {
            let readable = &pipe.readiness.read;
            readable.poll(cx, || (&pipe.socket).read(&mut byte))
        };
        poll_fn(read).await?;
        hear(&stop);
    }
    Ok(())
}
// ANCHOR_END: listen

// ANCHOR: raise
#[test]
fn a_signal_requests_the_shutdown() -> io::Result<()> {
    let (heard, write) = UnixStream::pair()?;
    heard.set_nonblocking(true)?;
    pipe::register(SIGINT, write)?;
    block_on(async {
        let stop = Shutdown::new();
        let heard = Registered::new(mio::net::UnixStream::from_std(heard))?;
        let listening = spawn(listen(heard, stop.clone()));
        raise(SIGINT)?;
        stop.requested().await;
        assert_eq!(stop.phase(), Phase::Draining);
        raise(SIGINT)?;
        stop.forced().await;
        listening.await.expect("패닉하지 않는다")
    })?
}
// ANCHOR_END: raise
