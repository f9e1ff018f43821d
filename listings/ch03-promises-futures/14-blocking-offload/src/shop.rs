//! 요청에 답하는 서버, 요청하는 손님, 그리고 오래 걸리는 계산.

use std::ops::Range;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// 일어난 일을 차례로 적는다.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub fn add(&self, line: String) {
        self.0.lock().expect("오염되지 않는다").push(line);
    }

    pub fn lines(&self) -> Vec<String> {
        self.0.lock().expect("오염되지 않는다").clone()
    }
}

// ANCHOR: serve
pub struct Request {
    number: u32,
    answered: mpsc::Sender<()>,
}

/// 요청이 올 때마다 답한다. 손님이 모두 떠나면 끝난다.
async fn serve(mut requests: UnboundedReceiver<Request>, log: Log) {
    while let Some(request) = requests.recv().await {
        log.add(format!("서버: 답 {}", request.number));
        // 답을 기다리지 않고 떠난 손님도 있다.
        let _ = request.answered.send(());
    }
}
// ANCHOR_END: serve

/// 계산과 함께 다니며 조각이 끝날 때마다 요청을 보내는 손님.
pub struct Customer {
    requests: UnboundedSender<Request>,
    asked: u32,
    server: ThreadId,
    log: Log,
}

impl Customer {
    // ANCHOR: ask
    /// 요청을 보내고 곧바로 돌아온다. 답이 나가면 돌려준 수신자로 알린다.
    pub fn ask(&mut self) -> mpsc::Receiver<()> {
        self.asked += 1;
        let number = self.asked;
        self.log.add(format!("손님: 요청 {number}"));
        let (answered, answer) = mpsc::channel();
        let request = Request { number, answered };
        self.requests
            .send(request)
            .expect("서버가 요청을 받고 있다");
        answer
    }
    // ANCHOR_END: ask

    /// 계산한 조각을 적는다.
    pub fn note(&self, slice: &Range<u32>) {
        self.log.add(format!("계산: {}까지 세었다", slice.end));
    }

    /// 계산의 결과. 어느 스레드에서 계산했는지도 적는다.
    pub fn total(&self, primes: usize) -> String {
        let here = thread::current().id() == self.server;
        let place = if here {
            "서버와 같은 스레드"
        } else {
            "다른 스레드"
        };
        format!("소수 {primes}개, {place}")
    }
}

// ANCHOR: primes
pub const SLICES: [Range<u32>; 3] = [2..1000, 1000..2000, 2000..3000];

/// 범위 안의 소수를 센다. 답을 기다리는 곳이 없는 순수한 계산이다.
pub fn count_primes(range: &Range<u32>) -> usize {
    let has_no_divisor = |n: &u32| {
        !(2..*n)
            .take_while(|d| d * d <= *n)
            .any(|d| n.is_multiple_of(d))
    };
    range.clone().filter(has_no_divisor).count()
}
// ANCHOR_END: primes

// ANCHOR: day
/// 스레드 하나짜리 런타임에서 서버를 띄우고 `work`를 돌린다. 일어난 일을 차례로 돌려준다.
pub fn day<F: Future<Output = String>>(work: impl FnOnce(Customer) -> F) -> Vec<String> {
    let runtime = Builder::new_current_thread().build();
    let log = Log::default();
    runtime.expect("런타임이 선다").block_on(async {
        let (requests, queue) = unbounded_channel();
        let server = tokio::spawn(serve(queue, log.clone()));
        let customer = Customer {
            requests,
            asked: 0,
            server: thread::current().id(),
            log: log.clone(),
        };
        let result = work(customer).await;
        log.add(format!("계산: {result}"));
        server.await.expect("서버는 패닉하지 않는다");
    });
    log.lines()
}
// ANCHOR_END: day

/// 계산이 결과를 내기 전에 나간 답의 수.
pub fn answered_meanwhile(lines: &[String]) -> usize {
    let end = lines.iter().rposition(|line| line.starts_with("계산"));
    let before = &lines[..end.expect("계산이 있었다")];
    before
        .iter()
        .filter(|line| line.starts_with("서버"))
        .count()
}
