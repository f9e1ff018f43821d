//! 프로그램이 찍는 이야기.

use std::any::Any;
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use ch03_10_oneshot::oneshot;
use ch04_05_task_queue::faulty::{ClearsLast, Unmarked, keeps_finished};
use ch04_05_task_queue::steps::{ClearsFirst, Job, Mark, only_woken, round_robin};
use ch04_05_task_queue::{Executor, JoinError, Park, ThreadPark, block_on, spawn, yield_now};

pub fn tell() {
    println!("== 돌아가며 묻기 ==");
    println!("[Rust] {}", told(guests(round_robin)));
    println!("== 깨운 것만 묻기 ==");
    println!(
        "[Rust] {}",
        told(guests(|jobs| _ = only_woken::<ClearsFirst>(jobs)))
    );
    println!("== 차례 ==");
    turns();
    println!("== 핸들 ==");
    handles();
    println!("== 닫기 ==");
    closed();
    println!("== 다른 스레드 ==");
    across();
    println!("== 두 번 선 줄 ==");
    println!("[Rust] Unmarked: {}번 물음", woken_thrice::<Unmarked>());
    println!(
        "[Rust] ClearsFirst: {}번 물음",
        woken_thrice::<ClearsFirst>()
    );
    println!("== 끝난 퓨처 ==");
    println!("[Rust] {}", finished_again());
    println!("== 잃은 깨움 ==");
    println!("[Rust] ClearsLast: {}", yields::<ClearsLast>());
    println!("[Rust] ClearsFirst: {}", yields::<ClearsFirst>());
    println!("== 옛 열쇠 ==");
    println!("[Rust] 둘째 태스크: {}번 물음", stale_wake());
    println!("== 묶음 ==");
    println!("[Rust] 줄이 빌 때까지: {}", heard_after(usize::MAX));
    println!("[Rust] 64개씩: {}", heard_after(64));
}

// ANCHOR: counted
/// 폴링한 수를 센다.
fn counted<'a>(job: impl Future<Output = ()> + 'a, polls: &'a Cell<u32>) -> Job<'a> {
    Box::pin(async move {
        let mut job = pin!(job);
        let count = poll_fn(|cx| {
            polls.set(polls.get() + 1);
            job.as_mut().poll(cx)
        });
        count.await;
    })
}
// ANCHOR_END: counted

// ANCHOR: guests
/// 주방이 1,000번 양보하는 동안 손님 둘이 음식을 기다린다. 셋을 폴링한 수를 돌려준다.
fn guests(run: impl for<'a> FnOnce(Vec<Job<'a>>)) -> [u32; 3] {
    let polls: [Cell<u32>; 3] = Default::default();
    let (first, food) = oneshot::channel();
    let (second, drink) = oneshot::channel();
    let kitchen = async {
        for _ in 0..1000 {
            yield_now().await;
        }
        first.send("파스타").expect("손님이 기다린다");
        second.send("물").expect("손님이 기다린다");
    };
    run(vec![
        counted(kitchen, &polls[0]),
        counted(async { _ = food.await }, &polls[1]),
        counted(async { _ = drink.await }, &polls[2]),
    ]);
    polls.map(|polls| polls.get())
}
// ANCHOR_END: guests

fn told([kitchen, first, second]: [u32; 3]) -> String {
    format!("주방 {kitchen}번, 손님 {first}번과 {second}번 물음")
}

// ANCHOR: turns
async fn walk(name: &'static str) -> &'static str {
    for step in 1..=2 {
        println!("{name}: {step}걸음");
        yield_now().await;
    }
    println!("{name}: 도착");
    name
}

fn turns() {
    block_on(async {
        let (kim, lee) = (spawn(walk("김")), spawn(walk("이")));
        println!("main: 둘을 띄우고 기다림");
        for walker in [kim, lee] {
            let name = walker.await.expect("패닉하지 않는다");
            println!("main: {name}의 결과를 받음");
        }
    });
}
// ANCHOR_END: turns

// ANCHOR: handles
fn handles() {
    block_on(async {
        let sum = spawn(async { 3 + 4 });
        println!("main: {}", sum.await.expect("패닉하지 않는다"));
        let fallen = spawn(async { panic!("넘어짐") });
        match fallen.await {
            Err(JoinError::Panicked(why)) => println!("main: 패닉 {}", text(&*why)),
            Err(JoinError::Cancelled) | Ok(()) => unreachable!("패닉한다"),
        }
        drop(spawn(walk("박")));
        println!("main: 핸들을 버림");
        for _ in 0..3 {
            yield_now().await;
        }
    });
}
// ANCHOR_END: handles

fn text(why: &dyn Any) -> &str {
    let text = why.downcast_ref::<&str>().copied();
    text.or_else(|| why.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?")
}

// ANCHOR: closed
fn closed() {
    let file = Rc::new("파일");
    let executor = Executor::new(ThreadPark::new());
    let mut waiting = None;
    executor.block_on(async {
        let file = Rc::clone(&file);
        waiting = Some(spawn(async move {
            let _file = file;
            pending::<()>().await;
        }));
        yield_now().await;
    });
    println!("[Rust] 닫기 전: 파일을 쥔 곳 {}", Rc::strong_count(&file));
    drop(executor);
    println!("[Rust] 닫은 뒤: 파일을 쥔 곳 {}", Rc::strong_count(&file));
    let waiting = waiting.expect("띄웠다");
    let error = block_on(waiting).expect_err("끝나지 않았다");
    println!("[Rust] 결과: {error}");
}
// ANCHOR_END: closed

// ANCHOR: across
/// 실행기는 다른 스레드에서 돌고, main은 그 태스크에 값을 보내고 결과를 기다린다.
fn across() {
    let (post, mail) = mpsc::channel();
    let running = thread::spawn(move || {
        block_on(async {
            let (sender, receiver) = oneshot::channel();
            let (leave, left) = oneshot::channel::<()>();
            let doubled = spawn(async move { receiver.await.map(|value| value * 2) });
            post.send((sender, doubled, leave)).expect("main이 받는다");
            _ = left.await; // main이 결과를 받을 때까지 돈다.
        });
    });
    let (sender, doubled, leave) = mail.recv().expect("실행기가 보낸다");
    sender.send(7).expect("태스크가 기다린다");
    let doubled = block_on(doubled).expect("패닉하지 않는다");
    println!("[Rust] main이 받은 결과: {}", doubled.expect("보냈다"));
    drop(leave);
    running.join().expect("패닉하지 않는다");
}
// ANCHOR_END: across

// ANCHOR: thrice
/// 첫 물음에 스스로를 세 번 깨우고, 그 뒤로는 잠만 잔다.
fn woken_thrice<M: Mark>() -> u32 {
    let mut polls = 0;
    let sleeper = poll_fn(|cx| {
        polls += 1;
        if polls == 1 {
            (0..3).for_each(|_| cx.waker().wake_by_ref());
        }
        Poll::Pending
    });
    only_woken::<M>(vec![Box::pin(sleeper)]);
    polls
}
// ANCHOR_END: thrice

// ANCHOR: again
/// 두 번 선 줄 그대로 두 번 폴링한다. 첫 번째에 이미 끝난다.
fn finished_again() -> String {
    let twice = || keeps_finished(vec![Box::pin(async {})], &[0, 0]);
    let panic = catch_unwind(AssertUnwindSafe(twice)).expect_err("패닉한다");
    text(&*panic).to_owned()
}
// ANCHOR_END: again

// ANCHOR: yields
fn yields<M: Mark>() -> String {
    match only_woken::<M>(vec![Box::pin(yield_now())])[..] {
        [] => String::from("모두 끝남"),
        ref left => format!("멈춘 태스크 {left:?}"),
    }
}
// ANCHOR_END: yields

// ANCHOR: stale
/// 첫째 태스크가 끝나고 둘째가 그 칸에 든 다음에, 남은 `Waker`로 첫째를 깨운다.
fn stale_wake() -> u32 {
    let polls = Rc::new(Cell::new(0));
    block_on(async {
        let first = spawn(poll_fn(|cx| Poll::Ready(cx.waker().clone())));
        let left = first.await.expect("패닉하지 않는다");
        let counted = Rc::clone(&polls);
        let _second = spawn(poll_fn(move |_| {
            counted.set(counted.get() + 1);
            Poll::<()>::Pending
        }));
        yield_now().await;
        left.wake();
        yield_now().await;
    });
    polls.get()
}
// ANCHOR_END: stale

// ANCHOR: news
/// 실행기가 밖을 볼 때마다 소식이 와 있다.
struct News(Rc<Cell<bool>>);

impl Park for News {
    fn park(&self, _: Option<Duration>) {
        self.0.set(true);
    }

    fn unparker(&self) -> Box<dyn Fn() + Send + Sync> {
        Box::new(|| {})
    }
}
// ANCHOR_END: news

// ANCHOR: heard
/// 소식을 들을 때까지 많아야 10,000번 양보한다.
fn heard_after(batch: usize) -> String {
    let heard = Rc::new(Cell::new(false));
    let executor = Executor::with_batch(News(Rc::clone(&heard)), batch);
    executor.block_on(async {
        for yields in 0..10_000 {
            if heard.get() {
                return format!("{yields}번 양보하고 들음");
            }
            yield_now().await;
        }
        String::from("10000번 양보해도 듣지 못함")
    })
}
// ANCHOR_END: heard
