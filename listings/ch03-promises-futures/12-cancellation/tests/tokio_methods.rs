//! tokio의 메서드를 멈추는 자리마다 취소해 보고, 쪽의 표와 견준다.

mod common;

use std::pin::pin;
use std::time::Duration;

use ch03_12_cancellation::{for_each_cancellation, poll_times};
use common::Drip;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::runtime::Builder;
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, MissedTickBehavior, advance, interval, sleep};

const TEXT: &[u8] = "주문 하나\n주문 둘\n".as_bytes();

// ANCHOR: row
/// 메서드, 취소해도 잃는 것이 없는지, 취소하면 어떻게 되는지, 재는 함수.
type Row = (&'static str, bool, &'static str, fn() -> bool);
// ANCHOR_END: row

const ROWS: [Row; 14] = [
    (
        "`read`, `read_buf`",
        true,
        "읽지 않은 것은 연결에 남습니다",
        read,
    ),
    (
        "`read_exact`",
        false,
        "몇 바이트를 읽었는지 모릅니다",
        read_exact,
    ),
    ("`read_line`", false, "읽은 데까지 사라집니다", read_line),
    (
        "`read_until`",
        true,
        "읽은 데까지 버퍼에 남고, 이어 부르면 됩니다",
        read_until,
    ),
    (
        "`Lines::next_line`",
        true,
        "읽은 데까지 `Lines`에 남습니다",
        next_line,
    ),
    ("`write`", true, "쓰지 않은 것입니다", write),
    ("`write_all`", false, "어디까지 썼는지 모릅니다", write_all),
    (
        "`write_all_buf`",
        true,
        "쓴 만큼 버퍼에서 빠져 있습니다",
        write_all_buf,
    ),
    (
        "mpsc `recv`, `&mut` oneshot",
        true,
        "메시지는 채널에 남습니다",
        receive,
    ),
    ("mpsc `send`", false, "보내려던 값도 버려집니다", send),
    ("mpsc `reserve`", true, "값은 우리가 쥐고 있습니다", reserve),
    (
        "`Semaphore::acquire`, `Mutex::lock`",
        true,
        "새는 것은 없지만 줄을 다시 섭니다",
        acquire,
    ),
    (
        "`JoinSet::join_next`, `Interval::tick`",
        true,
        "태스크와 다음 시각은 남습니다",
        kept_by_self,
    ),
    (
        "매번 새로 만든 `sleep`",
        false,
        "처음부터 다시 잽니다",
        fresh_sleep,
    ),
];

// ANCHOR: table
#[test]
fn every_row_holds_and_stands_on_the_page() {
    let page = include_str!("../../../../src/ch03-promises-futures/12-cancellation.md");
    for (method, safe, then, measure) in ROWS {
        assert_eq!(measure(), safe, "{method}");
        let mark = if safe { "안전" } else { "잃음" };
        let row = format!("| {method} | {mark} | {then} |");
        assert!(page.contains(&row), "쪽에 없는 줄: {row}");
    }
}
// ANCHOR_END: table

// ANCHOR: whole
/// 어디에서 취소하든 `whole`인가.
fn safe<S, T>(
    setup: impl Fn() -> S,
    run: impl AsyncFn(&mut S) -> T,
    whole: impl Fn(Option<T>, S) -> bool,
) -> bool {
    let mut safe = true;
    for_each_cancellation(setup, run, |_, output, state| safe &= whole(output, state));
    safe
}

fn read_exact() -> bool {
    let run = async |io: &mut Drip| {
        let mut buffer = [0; 5];
        io.read_exact(&mut buffer).await.unwrap();
        buffer.to_vec()
    };
    let whole =
        |read: Option<Vec<u8>>, io: Drip| [read.unwrap_or_default(), io.input].concat() == TEXT;
    safe(|| Drip::new(TEXT), run, whole)
}
// ANCHOR_END: whole

fn read() -> bool {
    let read = async |io: &mut Drip| {
        let mut buffer = [0; 5];
        let count = io.read(&mut buffer).await.unwrap();
        buffer[..count].to_vec()
    };
    let read_buf = async |io: &mut Drip| {
        let mut buffer = Vec::new();
        io.read_buf(&mut buffer).await.unwrap();
        buffer
    };
    let whole =
        |read: Option<Vec<u8>>, io: Drip| [read.unwrap_or_default(), io.input].concat() == TEXT;
    safe(|| Drip::new(TEXT), read, whole) && safe(|| Drip::new(TEXT), read_buf, whole)
}

/// `BufReader`에 남은 것과 그 밑에 남은 것.
fn rest(reader: BufReader<Drip>) -> Vec<u8> {
    [reader.buffer(), &reader.get_ref().input].concat()
}

fn read_line() -> bool {
    safe(
        || (BufReader::new(Drip::new(TEXT)), String::new()),
        async |(io, line)| io.read_line(line).await.unwrap(),
        |_, (io, line)| [line.into_bytes(), rest(io)].concat() == TEXT,
    )
}

fn read_until() -> bool {
    safe(
        || (BufReader::new(Drip::new(TEXT)), Vec::new()),
        async |(io, line)| io.read_until(b'\n', line).await.unwrap(),
        |_, (io, line)| [line, rest(io)].concat() == TEXT,
    )
}

fn next_line() -> bool {
    safe(
        || BufReader::new(Drip::new(TEXT)).lines(),
        async |lines| lines.next_line().await.unwrap().unwrap(),
        |first, mut lines| {
            let mut all: Vec<_> = first.into_iter().collect();
            let to_end = async {
                while let Some(line) = lines.next_line().await.unwrap() {
                    all.push(line);
                }
            };
            poll_times(to_end, 1_000).unwrap();
            all == ["주문 하나", "주문 둘"]
        },
    )
}

fn write() -> bool {
    safe(
        || Drip::new(&[]),
        async |io| io.write(TEXT).await.unwrap(),
        |written, io| io.output.len() == written.unwrap_or(0),
    )
}

/// 취소했는데 무언가 쓰였다면, 부른 쪽은 얼마나 쓰였는지 알 수 없다.
fn write_all() -> bool {
    safe(
        || Drip::new(&[]),
        async |io| io.write_all(TEXT).await.unwrap(),
        |done, io| done.is_some() || io.output.is_empty(),
    )
}

fn write_all_buf() -> bool {
    safe(
        || (Drip::new(&[]), TEXT),
        async |(io, left)| io.write_all_buf(left).await.unwrap(),
        |_, (io, left)| [&io.output, left].concat() == TEXT,
    )
}

fn receive() -> bool {
    let recv = safe(
        || (mpsc::channel(1), 0),
        async |((sender, receiver), sent)| {
            let late = async {
                yield_now().await;
                sender.send(()).await.unwrap();
                *sent += 1;
            };
            tokio::join!(biased; receiver.recv(), late);
        },
        |received, ((_, mut receiver), sent)| {
            let left = u32::from(receiver.try_recv().is_ok());
            sent == left + u32::from(received.is_some())
        },
    );
    let oneshot = safe(
        || {
            let (sender, receiver) = oneshot::channel();
            (Some(sender), receiver)
        },
        async |(sender, receiver)| {
            let late = async {
                yield_now().await;
                sender.take().unwrap().send(()).unwrap();
            };
            let (received, ()) = tokio::join!(biased; &mut *receiver, late);
            received.unwrap();
        },
        |received, (sender, mut receiver)| {
            sender.is_some() || received.is_some() || receiver.try_recv().is_ok()
        },
    );
    recv && oneshot
}

type Full = (mpsc::Sender<u32>, mpsc::Receiver<u32>);

/// 1이 들어 있어 가득 찬 채널.
fn full() -> Full {
    let (sender, receiver) = mpsc::channel(1);
    sender.try_send(1).unwrap();
    (sender, receiver)
}

fn left(receiver: &mut mpsc::Receiver<u32>) -> Vec<u32> {
    std::iter::from_fn(|| receiver.try_recv().ok()).collect()
}

/// 2를 보내다 취소하면 2는 채널에 있어야 한다.
fn send() -> bool {
    safe(
        full,
        async |(sender, receiver)| {
            let make_room = async {
                yield_now().await;
                receiver.recv().await;
            };
            let (sent, ()) = tokio::join!(biased; sender.send(2), make_room);
            sent.unwrap();
        },
        |_, (_, mut receiver)| left(&mut receiver).contains(&2),
    )
}

/// 2는 우리 손이나 채널에 있고, 예약한 자리는 돌아온다.
fn reserve() -> bool {
    safe(
        || (full(), Some(2)),
        async |((sender, receiver), value)| {
            let make_room = async {
                yield_now().await;
                receiver.recv().await;
            };
            let send = async {
                let permit = sender.reserve().await.unwrap();
                permit.send(value.take().unwrap());
            };
            tokio::join!(biased; send, make_room);
        },
        |_, ((sender, mut receiver), value)| {
            let arrived = left(&mut receiver).contains(&2);
            (value.is_some() != arrived) && sender.capacity() == 1
        },
    )
}

fn acquire() -> bool {
    let semaphore = safe(
        || (Semaphore::new(1), 0),
        async |(semaphore, _)| {
            let first = async {
                let _permit = semaphore.acquire().await.unwrap();
                yield_now().await;
            };
            let second = async {
                let _permit = semaphore.acquire().await.unwrap();
                yield_now().await;
            };
            tokio::join!(biased; first, second);
        },
        |_, (semaphore, _)| semaphore.available_permits() == 1,
    );
    let mutex = safe(
        || Mutex::new(()),
        async |mutex| {
            let hold = async || {
                let _guard = mutex.lock().await;
                yield_now().await;
            };
            tokio::join!(biased; hold(), hold());
        },
        |_, mutex| mutex.try_lock().is_ok(),
    );
    semaphore && mutex
}

/// 기다리던 쪽을 버리고 다시 기다리면 뒤에 섰던 쪽이 먼저 얻는다.
#[test]
fn a_cancelled_acquire_goes_to_the_back_of_the_line() {
    let semaphore = Semaphore::new(0);
    for again in [false, true] {
        let mut first = Box::pin(semaphore.acquire());
        let mut second = Box::pin(semaphore.acquire());
        assert!(poll_times(first.as_mut(), 1).is_none());
        assert!(poll_times(second.as_mut(), 1).is_none());
        if again {
            first.set(semaphore.acquire());
            assert!(poll_times(first.as_mut(), 1).is_none());
        }
        semaphore.add_permits(1);
        assert_eq!(poll_times(first, 1).is_some(), !again);
        if let Some(permit) = poll_times(second, 1) {
            permit.unwrap().forget();
        }
        semaphore.forget_permits(1);
    }
}

const PERIOD: Duration = Duration::from_millis(10);

/// 시계를 멈춘 런타임에서 돌린다.
fn in_virtual_time<T>(future: impl Future<Output = T>) -> T {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(future)
}

fn kept_by_self() -> bool {
    in_virtual_time(async {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { 7 });
        assert!(poll_times(tasks.join_next(), 1).is_none());
        let joined = tasks
            .join_next()
            .await
            .is_some_and(|task| task.unwrap() == 7);

        let start = Instant::now();
        let mut ticks = interval(PERIOD);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.tick().await; // 처음은 바로 온다.
        assert!(poll_times(ticks.tick(), 1).is_none());
        advance(PERIOD / 2).await;
        assert!(poll_times(ticks.tick(), 1).is_none());
        ticks.tick().await;
        joined && start.elapsed() == PERIOD
    })
}

fn fresh_sleep() -> bool {
    in_virtual_time(async {
        let start = Instant::now();
        assert!(poll_times(sleep(PERIOD), 1).is_none());
        advance(PERIOD / 2).await;
        sleep(PERIOD).await;
        start.elapsed() == PERIOD
    })
}

/// 6밀리초마다 메시지가 오는 동안 10밀리초의 타임아웃이 울린 횟수.
async fn alarms(pinned: bool) -> u32 {
    let (sender, mut receiver) = mpsc::channel(1);
    let send = async {
        for message in 0..9 {
            sleep(PERIOD * 6 / 10).await;
            sender.send(message).await.unwrap();
        }
        drop(sender);
    };
    let receive = async {
        let mut alarms = 0;
        let mut kept = pin!(sleep(PERIOD));
        loop {
            let fresh = sleep(PERIOD);
            tokio::select! {
                message = receiver.recv() => if message.is_none() { return alarms },
                () = fresh, if !pinned => alarms += 1,
                () = &mut kept, if pinned => {
                    alarms += 1;
                    kept.as_mut().reset(Instant::now() + PERIOD);
                }
            }
        }
    };
    tokio::join!(send, receive).1
}

/// 매번 새로 만든 타임아웃은 메시지가 올 때마다 처음부터 재서 한 번도 울리지 않는다.
#[test]
fn a_sleep_made_anew_on_every_turn_never_rings() {
    assert_eq!(in_virtual_time(alarms(false)), 0);
    assert_eq!(in_virtual_time(alarms(true)), 5);
}
