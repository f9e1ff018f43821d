//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{self, Receiver as Answers};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use ex03_06_latest_value::{Closed, Receiver, channel};

fn ask<T>(receiver: &mut Receiver<T>) -> Poll<Result<T, Closed>> {
    receiver.poll_changed(&mut Context::from_waker(Waker::noop()))
}

/// 깨운 횟수를 세는 `Waker`.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// `count`를 깨워 달라고 하며 폴링한다. 값이 없어야 한다.
fn wait(receiver: &mut Receiver<u32>, count: &Arc<Count>) {
    let waker = Waker::from(Arc::clone(count));
    assert_eq!(
        receiver.poll_changed(&mut Context::from_waker(&waker)),
        Poll::Pending,
        "꺼낼 값이 없고 송신자가 살아 있으니 Pending이어야 합니다"
    );
}

/// 보낸 값이 한 번 온다
#[test]
fn basic_a_sent_value_comes() {
    let (sender, mut receiver) = channel();
    sender.send(7);
    assert_eq!(
        ask(&mut receiver),
        Poll::Ready(Ok(7)),
        "기다리기 전에 보낸 값도 꺼낼 수 있어야 합니다"
    );
    assert_eq!(
        ask(&mut receiver),
        Poll::Pending,
        "이미 꺼낸 값을 다시 주면 안 됩니다"
    );
}

/// 꺼내지 않은 값은 덮어쓴다
#[test]
fn only_the_last_value_comes() {
    let (sender, mut receiver) = channel();
    for percent in [10, 40, 80] {
        sender.send(percent);
    }
    assert_eq!(
        ask(&mut receiver),
        Poll::Ready(Ok(80)),
        "셋을 보내는 동안 꺼내지 않았으니 마지막 값만 있어야 합니다"
    );
    assert_eq!(
        ask(&mut receiver),
        Poll::Pending,
        "덮어쓴 값이 남아 있으면 안 됩니다"
    );
}

/// 기다리던 쪽은 값이 올 때마다 깨어난다
#[test]
fn a_value_wakes_the_one_who_waits() {
    let (sender, mut receiver) = channel();
    let count = Arc::new(Count::default());
    for turn in 1..=3 {
        wait(&mut receiver, &count);
        sender.send(turn);
        assert_eq!(
            count.0.load(SeqCst),
            turn as usize,
            "Pending을 돌려받고 기다리는데 값이 왔으니 깨워야 합니다"
        );
        assert_eq!(
            ask(&mut receiver),
            Poll::Ready(Ok(turn)),
            "깨어나서 물으면 방금 온 값이 있어야 합니다"
        );
    }
}

/// 마지막으로 물은 쪽이 깨어난다
#[test]
fn the_last_waker_is_woken() {
    let (sender, mut receiver) = channel();
    let wakers = [(); 2].map(|()| Arc::new(Count::default()));
    for count in &wakers {
        wait(&mut receiver, count);
    }
    sender.send(1);
    assert_eq!(
        wakers.map(|count| count.0.load(SeqCst)),
        [0, 1],
        "수신자가 다른 태스크로 옮겨 갔으면 나중에 온 Waker만 깨워야 합니다"
    );
}

/// 송신자가 버려지면 기다리던 쪽이 깨어난다
#[test]
fn a_dropped_sender_wakes() {
    let (sender, mut receiver) = channel();
    let count = Arc::new(Count::default());
    wait(&mut receiver, &count);
    drop(sender);
    assert_eq!(
        count.0.load(SeqCst),
        1,
        "더 올 값이 없으니 깨워서 알려야 합니다. 깨우지 않으면 영영 기다립니다"
    );
    for _ in 0..2 {
        assert_eq!(
            ask(&mut receiver),
            Poll::Ready(Err(Closed)),
            "송신자가 버려졌으면 물을 때마다 Err(Closed)여야 합니다"
        );
    }
}

/// 마지막 값은 송신자가 버려진 다음에도 온다
#[test]
fn the_last_value_comes_before_the_end() {
    let (sender, mut receiver) = channel();
    sender.send(99);
    sender.send(100);
    drop(sender);
    assert_eq!(
        ask(&mut receiver),
        Poll::Ready(Ok(100)),
        "버려지기 전에 보낸 마지막 값을 먼저 꺼내 주어야 합니다"
    );
    assert_eq!(
        ask(&mut receiver),
        Poll::Ready(Err(Closed)),
        "마지막 값까지 꺼냈으니 이제 Err(Closed)여야 합니다"
    );
}

/// 다른 스레드에서 채널을 써 보고 그 답을 기다린다. 락이 잡혀 있으면 `None`이다.
///
/// 락이 풀려 있으면 곧바로 끝난다. 기다리는 시간은 답이 오지 않을 때에만 쓰인다.
fn used_elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, told): (_, Answers<T>) = mpsc::channel();
    thread::spawn(move || {
        let _ = tell.send(work());
    });
    told.recv_timeout(Duration::from_secs(3)).ok()
}

type Shared = Arc<Mutex<Receiver<u32>>>;
type Seen = Option<Poll<Result<u32, Closed>>>;

/// 깨우는 동안 다른 스레드에서 수신자를 폴링하는 `Waker`.
struct Nosy {
    receiver: Shared,
    seen: Mutex<Vec<Seen>>,
}

impl Wake for Nosy {
    fn wake(self: Arc<Self>) {
        let receiver = Arc::clone(&self.receiver);
        let look = move || ask(&mut receiver.lock().expect("오염되지 않는다"));
        let seen = used_elsewhere(look);
        self.seen.lock().expect("오염되지 않는다").push(seen);
    }
}

/// 락을 쥔 채 깨우지 않는다
#[test]
fn nobody_is_woken_inside_the_lock() {
    let (sender, receiver) = channel();
    let receiver = Arc::new(Mutex::new(receiver));
    let nosy = Arc::new(Nosy {
        receiver: Arc::clone(&receiver),
        seen: Mutex::default(),
    });
    let waker = Waker::from(Arc::clone(&nosy));
    let wait = || {
        let mut receiver = receiver.lock().expect("오염되지 않는다");
        let poll = receiver.poll_changed(&mut Context::from_waker(&waker));
        assert_eq!(
            poll,
            Poll::Pending,
            "꺼낼 값이 없고 송신자가 살아 있으니 Pending이어야 합니다"
        );
    };
    let seen = || std::mem::take(&mut *nosy.seen.lock().expect("오염되지 않는다"));
    wait();
    sender.send(7);
    assert_eq!(
        seen(),
        [Some(Poll::Ready(Ok(7)))],
        "값이 왔다고 깨우는 동안 수신자를 폴링하면 그 값이 나와야 합니다. None이면 락을 쥔 채 깨운 것입니다"
    );
    wait();
    drop(sender);
    assert_eq!(
        seen(),
        [Some(Poll::Ready(Err(Closed)))],
        "송신자가 버려졌다고 깨우는 동안 수신자를 폴링하면 Err(Closed)가 나와야 합니다. None이면 락을 쥔 채 깨운 것입니다"
    );
}

/// 버려질 때 `work`를 하는 값이자 `Waker`.
struct OnDrop(Option<Box<dyn FnOnce() + Send + Sync>>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.take().into_iter().for_each(|work| work());
    }
}

impl Wake for OnDrop {
    fn wake(self: Arc<Self>) {}
}

/// 락을 쥔 채 버리지 않는다
#[test]
fn nothing_is_dropped_inside_the_lock() {
    let (sender, mut receiver) = channel();
    let sender = Arc::new(sender);
    let (tell, told) = mpsc::channel();
    let sends_on_drop = || {
        let (sender, tell) = (Arc::clone(&sender), tell.clone());
        OnDrop(Some(Box::new(move || {
            let sent = used_elsewhere(move || sender.send(OnDrop(None)));
            tell.send(sent.is_some()).expect("테스트가 듣는다");
        })))
    };
    sender.send(sends_on_drop());
    sender.send(OnDrop(None));
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [true],
        "덮어쓴 값이 버려지며 이 채널로 보내도 멈추지 않아야 합니다. 옛 값은 락을 푼 다음에 버려야 합니다"
    );
    assert!(
        matches!(ask(&mut receiver), Poll::Ready(Ok(OnDrop(None)))),
        "나중에 보낸 값이 있어야 합니다"
    );
    for waker in [
        Waker::from(Arc::new(sends_on_drop())),
        Waker::noop().clone(),
    ] {
        assert!(
            receiver
                .poll_changed(&mut Context::from_waker(&waker))
                .is_pending(),
            "꺼낼 값이 없고 송신자가 살아 있으니 Pending이어야 합니다"
        );
    }
    assert_eq!(
        told.try_iter().collect::<Vec<_>>(),
        [true],
        "새 Waker로 갈려 버려지는 옛 Waker가 이 채널로 보내도 멈추지 않아야 합니다. 옛 Waker는 락을 푼 다음에 버려야 합니다"
    );
}

/// 이 스레드를 깨우는 `Waker`.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// 깨어날 때마다 폴링하며 끝나기를 기다린다.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// 다른 스레드가 빠르게 보내도 마지막 값을 놓치지 않는다
#[test]
fn the_last_value_is_never_missed() {
    let (sender, mut receiver) = channel();
    let work = thread::spawn(move || (1..=1000).for_each(|value| sender.send(value)));
    let mut seen = vec![0];
    while let Ok(value) = block_on(receiver.changed()) {
        seen.push(value);
    }
    work.join().expect("보내는 스레드는 패닉하지 않는다");
    assert!(
        seen.is_sorted_by(|a, b| a < b),
        "건너뛴 값은 있어도 되지만 보낸 차례대로 한 번씩만 와야 합니다"
    );
    assert_eq!(
        seen.last(),
        Some(&1000),
        "송신자가 버려지기 전에 보낸 마지막 값이 와야 합니다"
    );
}
