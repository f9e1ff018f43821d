//! 어긋난 짝. 기다리는 일을 rayon에 맡기거나, 계산하는 일을 태스크에서 한다.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use rayon::ThreadPool;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::kitchen::{Kitchen, Order, ask, ask_later};
use crate::places::rayon_pool;
use crate::primes::count_primes;

/// 오지 않을 것을 기다려 보는 시간. 길게 잡아도 결과는 같다.
pub const GIVE_UP: Duration = Duration::from_millis(50);
/// 올 것을 기다리는 한도. 오면 곧바로 지나간다.
pub const LONG: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce() + Send>;

/// 기다리는 일을 rayon에 맡긴다.
pub fn wait_on_rayon() -> io::Result<Vec<String>> {
    let pool = rayon_pool(2);
    starve(&pool, |job| pool.spawn(job), GIVE_UP)
}

/// 기다리는 일은 스레드에서 한다.
pub fn wait_on_threads() -> io::Result<Vec<String>> {
    let start = |job| drop(thread::spawn(job));
    starve(&rayon_pool(2), start, LONG)
}

// ANCHOR: starve
/// 요청 둘이 `start`로 시작해 답을 기다릴 때, 스레드 둘짜리 `pool`에 계산을 하나 맡긴다.
fn starve(pool: &ThreadPool, start: impl Fn(Job), patience: Duration) -> io::Result<Vec<String>> {
    let (kitchen, mut log) = (Kitchen::open()?, Vec::new());
    let (tell, told) = mpsc::channel();
    let mut orders = Vec::new();
    for number in [1, 2] {
        start(request(&kitchen, number, tell.clone()));
        orders.push(kitchen.take()?);
        log.push(format!("요청{number}: 답을 기다린다"));
    }
    log.push("계산: rayon에 맡겼다".to_owned());
    pool.spawn(move || drop(tell.send(calculation())));
    let early = told.recv_timeout(patience).ok();
    log.extend(early.clone());
    // 답 하나마다 들을 소식의 수. 아직 시작하지 못한 계산은 요청1을 뒤따라온다.
    let news = [2 - usize::from(early.is_some()), 1];
    for (order, news) in orders.into_iter().zip(news) {
        log.push("주방: 답한다".to_owned());
        order.answer()?;
        log.extend(told.iter().take(news));
    }
    Ok(log)
}
// ANCHOR_END: starve

fn calculation() -> String {
    format!("계산: 소수 {}개", count_primes(0..1000))
}

fn request(kitchen: &Kitchen, number: usize, tell: mpsc::Sender<String>) -> Job {
    let address = kitchen.address();
    Box::new(move || {
        ask(address, number).expect("주방이 답한다");
        drop(tell.send(format!("요청{number}: 답을 들었다")));
    })
}

/// 계산을 요청과 같은 스레드에서 한다.
pub fn calculate_on_task() -> Vec<String> {
    hold_up(async |calculation| calculation(GIVE_UP))
}

// ANCHOR: send_away
/// 계산을 rayon에 보내고, 결과가 올 때까지 `.await`로 기다린다.
pub fn calculate_on_rayon() -> Vec<String> {
    let pool = rayon_pool(1);
    hold_up(async |calculation| {
        let (finish, finished) = oneshot::channel();
        pool.spawn(move || {
            calculation(LONG);
            finish.send(()).expect("결과를 기다린다");
        });
        finished.await.expect("계산이 끝난다");
    })
}
// ANCHOR_END: send_away

type Calculation = Box<dyn FnOnce(Duration) + Send>;

// ANCHOR: hold_up
/// 스레드 하나짜리 런타임에서 요청이 답을 기다린다. 그때 `run`이 계산한다.
fn hold_up(run: impl AsyncFnOnce(Calculation)) -> Vec<String> {
    let log = Log::default();
    let (heard_by, heard) = mpsc::channel();
    let runtime = Builder::new_current_thread().enable_io().build();
    runtime.expect("런타임이 선다").block_on(async {
        let (address, order) = kitchen_on_thread();
        let request_log = log.clone();
        let request = tokio::spawn(async move {
            ask_later(address, 1).await.expect("주방이 답한다");
            request_log.add("요청: 답을 들었다");
            let _ = heard_by.send(()); // 계산이 이미 끝났으면 듣는 쪽이 없다.
        });
        let order = order.await.expect("주문이 온다");
        log.add("요청: 답을 기다린다");
        run(calculation_with(order, heard, log.clone())).await;
        request.await.expect("패닉하지 않는다");
    });
    log.lines()
}
// ANCHOR_END: hold_up

/// 주문을 하나 받아 넘겨주는 주방.
fn kitchen_on_thread() -> (SocketAddr, oneshot::Receiver<Order>) {
    let kitchen = Kitchen::open().expect("문을 연다");
    let (address, (give, order)) = (kitchen.address(), oneshot::channel());
    thread::spawn(move || give.send(kitchen.take().expect("주문이 온다")).ok());
    (address, order)
}

// ANCHOR: calculation
/// 계산 도중에 주방이 답한다. 요청이 그 답을 들었다는 소식을 `patience`까지 기다려 본다.
fn calculation_with(order: Order, heard: mpsc::Receiver<()>, log: Log) -> Calculation {
    Box::new(move |patience| {
        log.add("계산: 시작한다");
        let first = count_primes(0..500);
        log.add("주방: 답한다");
        order.answer().expect("요청이 기다린다");
        let answers = usize::from(heard.recv_timeout(patience).is_ok());
        let primes = first + count_primes(500..1000);
        log.add(format!("계산: 소수 {primes}개, 그동안 들은 답 {answers}개"));
    })
}
// ANCHOR_END: calculation

/// 일어난 일을 차례로 적는다.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().expect("오염되지 않는다").push(line.into());
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().expect("오염되지 않는다").clone()
    }
}
