//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use ex04_07_readiness_cell::Readiness;

/// 이보다 많이 읽으면 끝없이 도는 것으로 본다.
const READS: usize = 20;

/// 깨운 수를 센다.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Count {
    fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// 깨운 수를 세는 `Waker`.
fn counted() -> (Arc<Count>, Waker) {
    let count = Arc::new(Count::default());
    (Arc::clone(&count), Waker::from(count))
}

/// 정해 둔 결과를 차례로 내는 소켓. 다 내면 막힌다.
struct Socket {
    results: Vec<io::Result<usize>>,
    reads: usize,
}

impl Socket {
    fn new(results: impl IntoIterator<Item = Result<usize, ErrorKind>>) -> Socket {
        let results = results
            .into_iter()
            .map(|result| result.map_err(io::Error::from));
        let mut results: Vec<_> = results.collect();
        results.reverse();
        Socket { results, reads: 0 }
    }

    fn read(&mut self) -> io::Result<usize> {
        self.reads += 1;
        assert!(self.reads <= READS, "막힌 소켓을 끝없이 읽고 있습니다");
        self.results
            .pop()
            .unwrap_or(Err(ErrorKind::WouldBlock.into()))
    }
}

/// 4바이트 버퍼로 한 번 폴링한다. 오류는 종류만 본다.
fn poll(
    readiness: &Readiness,
    waker: &Waker,
    socket: &mut Socket,
) -> Poll<Result<usize, ErrorKind>> {
    let mut cx = Context::from_waker(waker);
    let polled = readiness.poll_read(&mut cx, &mut [0; 4], |_| socket.read());
    polled.map(|result| result.map_err(|error| error.kind()))
}

/// 먼저 해 보고, 막히면 기다렸다가 깨어나 읽는다
#[test]
fn basic_it_waits_and_reads() {
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Err(ErrorKind::WouldBlock), Ok(4)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Pending,
        "소켓이 막혔으니 기다려야 합니다"
    );
    assert_eq!(socket.reads, 1, "갓 만든 것은 한 번 읽어 보아야 합니다");
    readiness.set_ready();
    assert_eq!(count.get(), 1, "이벤트가 왔으니 맡긴 Waker를 깨워야 합니다");
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(4)),
        "준비되었으니 읽어야 합니다"
    );
}

/// 이벤트가 오기 전에는 소켓을 건드리지 않는다
#[test]
fn a_blocked_socket_is_left_alone() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([]);
    for _ in 0..3 {
        assert_eq!(
            poll(&readiness, &waker, &mut socket),
            Poll::Pending,
            "읽을 것이 없습니다"
        );
    }
    assert_eq!(
        socket.reads, 1,
        "한 번 막혔으면 이벤트가 올 때까지 read를 부르지 않습니다"
    );
}

/// 한 번 맡긴 Waker는 한 번만 깨운다
#[test]
fn a_waker_is_woken_once() {
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([]);
    let _ = poll(&readiness, &waker, &mut socket);
    readiness.set_ready();
    readiness.set_ready();
    readiness.set_closed();
    assert_eq!(
        count.get(),
        1,
        "깨운 다음에는 다시 맡길 때까지 깨우지 않습니다"
    );
}

/// 아무도 기다리지 않을 때 온 이벤트도 남는다
#[test]
fn an_early_event_is_kept() {
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Ok(2), Ok(3)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(2)),
        "읽을 것이 있습니다"
    );
    readiness.set_ready();
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(3)),
        "덜 찬 읽기 다음에 온 이벤트를 적어 두었다가 읽어야 합니다"
    );
    assert_eq!(count.get(), 0, "기다린 적이 없으니 깨울 것도 없습니다");
}

/// 마지막으로 폴링한 태스크를 깨운다
#[test]
fn the_last_waker_is_woken() {
    let readiness = Readiness::new();
    let ((first, main), (second, task)) = (counted(), counted());
    let mut socket = Socket::new([]);
    let _ = poll(&readiness, &main, &mut socket);
    let _ = poll(&readiness, &task, &mut socket);
    readiness.set_ready();
    assert_eq!(
        (first.get(), second.get()),
        (0, 1),
        "다른 태스크로 옮겨 폴링했으면 그 태스크의 Waker를 깨워야 합니다"
    );
}

/// 같은 태스크의 Waker는 다시 복제하지 않는다
#[test]
fn the_same_waker_is_not_cloned_again() {
    // 복제한 수는 `Waker`가 쥔 `Arc`의 수로 안다.
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([]);
    let _ = poll(&readiness, &waker, &mut socket);
    let held = Arc::strong_count(&count);
    for _ in 0..3 {
        let _ = poll(&readiness, &waker, &mut socket);
    }
    assert_eq!(
        Arc::strong_count(&count),
        held,
        "Waker는 하나만 맡아 두어야 합니다"
    );
}

/// 신호에 끊긴 읽기는 곧바로 다시 한다
#[test]
fn an_interrupted_read_is_repeated() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let interrupted = Err(ErrorKind::Interrupted);
    let mut socket = Socket::new([interrupted, interrupted, Ok(4)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(4)),
        "Interrupted는 막힌 것도 오류도 아니므로 다시 해야 합니다"
    );
    assert_eq!(socket.reads, 3, "세 번째 읽기에서 성공합니다");
}

/// 다른 오류는 그대로 돌려준다
#[test]
fn other_errors_come_back() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Err(ErrorKind::ConnectionReset)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Err(ErrorKind::ConnectionReset)),
        "기다려서 나아질 오류가 아닙니다"
    );
}

/// 덜 찬 읽기 다음에는 해 보지 않고 기다린다
#[test]
fn a_short_read_means_blocked() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Ok(4), Ok(3)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(4)),
        "읽을 것이 있습니다"
    );
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(3)),
        "버퍼를 다 채웠으면 더 있을 수 있으므로 또 읽어 보아야 합니다"
    );
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Pending,
        "덜 찬 읽기는 더 온 것이 없다는 뜻입니다"
    );
    assert_eq!(socket.reads, 2, "막힐 줄 알면서 read를 부르지 않습니다");
}

/// 말과 함께 온 끝은 덜 찬 읽기 다음에도 읽는다
#[test]
fn the_end_after_a_short_read_is_seen() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Err(ErrorKind::WouldBlock), Ok(3), Ok(0), Ok(0)]);
    let _ = poll(&readiness, &waker, &mut socket);
    readiness.set_closed();
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(3)),
        "마지막 말을 읽습니다"
    );
    for _ in 0..2 {
        assert_eq!(
            poll(&readiness, &waker, &mut socket),
            Poll::Ready(Ok(0)),
            "닫혔으면 다음 이벤트가 오지 않으므로 끝까지 읽어 보아야 합니다"
        );
    }
}

/// 정말로 막히면 닫힘도 잊는다
#[test]
fn a_real_block_clears_closed() {
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Err(ErrorKind::WouldBlock), Ok(3)]);
    readiness.set_closed();
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Pending,
        "소켓이 막혔다고 답했습니다"
    );
    readiness.set_ready();
    assert_eq!(count.get(), 1, "다시 온 이벤트가 깨워야 합니다");
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(3)),
        "읽을 것이 왔습니다"
    );
    let _ = poll(&readiness, &waker, &mut socket);
    assert_eq!(
        socket.reads, 2,
        "WouldBlock을 본 뒤로는 닫히지 않은 소켓이므로, 덜 찬 읽기 다음에 해 보지 않아야 합니다"
    );
}

/// 막힌 것을 보는 사이에 온 이벤트를 지우지 않는다
#[test]
fn an_event_during_a_blocked_read_is_kept() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut cx = Context::from_waker(&waker);
    let mut reads = 0;
    let polled = readiness.poll_read(&mut cx, &mut [0; 4], |_| {
        reads += 1;
        match reads {
            1 => {
                readiness.set_ready(); // 막힌 것을 보고 돌아오기 전에 이벤트가 온다.
                Err(ErrorKind::WouldBlock.into())
            }
            _ => Ok(4),
        }
    });
    assert!(
        matches!(polled, Poll::Ready(Ok(4))),
        "read를 부른 다음에 이벤트가 왔으니 다시 해 보아야 하는데 {polled:?}입니다"
    );
}

/// 덜 찬 읽기를 하는 사이에 온 이벤트도 지우지 않는다
#[test]
fn an_event_during_a_short_read_is_kept() {
    let (readiness, (_count, waker)) = (Readiness::new(), counted());
    let mut cx = Context::from_waker(&waker);
    let polled = readiness.poll_read(&mut cx, &mut [0; 4], |_| {
        readiness.set_ready();
        Ok(2)
    });
    assert!(
        matches!(polled, Poll::Ready(Ok(2))),
        "읽은 것은 돌려주어야 하는데 {polled:?}입니다"
    );
    let mut socket = Socket::new([Ok(1)]);
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(1)),
        "그 사이에 온 이벤트는 아직 보지 않은 바이트의 소식일 수 있습니다"
    );
}

/// 다른 스레드의 이벤트가 깨운다
#[test]
fn another_thread_wakes() {
    let (readiness, (count, waker)) = (Readiness::new(), counted());
    let mut socket = Socket::new([Err(ErrorKind::WouldBlock), Ok(4)]);
    let _ = poll(&readiness, &waker, &mut socket);
    thread::scope(|scope| {
        scope.spawn(|| readiness.set_ready());
    });
    assert_eq!(count.get(), 1, "어느 스레드의 이벤트이든 깨워야 합니다");
    assert_eq!(
        poll(&readiness, &waker, &mut socket),
        Poll::Ready(Ok(4)),
        "준비되었으니 읽어야 합니다"
    );
}

/// 깨우는 동안 락을 쥐지 않는다
#[test]
fn wake_may_use_the_cell() {
    /// 불리자마자 같은 `Readiness`를 쓰는 `Waker`.
    struct Eager(Arc<Readiness>, Count);

    impl Wake for Eager {
        fn wake(self: Arc<Self>) {
            self.1.0.fetch_add(1, Ordering::SeqCst);
            self.0.set_ready();
        }
    }

    let readiness = Arc::new(Readiness::new());
    let eager = Arc::new(Eager(Arc::clone(&readiness), Count::default()));
    let mut socket = Socket::new([]);
    let _ = poll(&readiness, &Waker::from(Arc::clone(&eager)), &mut socket);
    readiness.set_ready();
    assert_eq!(eager.1.get(), 1, "맡긴 Waker는 한 번 깨웁니다");
}
