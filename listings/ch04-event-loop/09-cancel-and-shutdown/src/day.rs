//! 가게의 하루. 주문과 신호가 가상 시간의 정해진 때에 온다.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::{block_on_virtual, now, sleep};

use crate::abort::spawn;
use crate::channel::{Receiver, SendError, Sender, channel};
use crate::shop::{Order, Tell};
use crate::shutdown::{Closed, Shutdown, close};

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

// ANCHOR: day
/// 하루에 일어날 일. 시각과 길이는 밀리초이다.
#[derive(Clone, Debug)]
pub struct Day {
    /// 주문이 오는 시각과 요리하는 시간. 번호는 1부터 붙는다.
    pub orders: Vec<(u64, u64)>,
    /// 첫 신호가 오는 시각. 종료를 알린다.
    pub signal: u64,
    /// 둘째 신호가 오기까지 더 지나는 시간. 하던 일도 그만두게 한다.
    pub second: Option<u64>,
    /// 종료를 알리고 기다리는 시간.
    pub patience: u64,
}

/// 하루가 끝난 모양.
#[derive(Debug)]
pub struct Outcome {
    /// 어떻게 닫았는가.
    pub closed: Closed,
    /// 닫은 시각.
    pub at: u64,
    /// 문 안에 들어온 주문의 번호.
    pub sent: Vec<usize>,
}
// ANCHOR_END: day

// ANCHOR: signals
/// 첫 신호는 종료를 알리고, 둘째 신호는 하던 일도 그만두게 한다.
async fn listen(signal: u64, second: Option<u64>, stop: Shutdown, tell: Tell) {
    sleep(ms(signal)).await;
    tell("신호: 종료를 알림".into());
    stop.request();
    let Some(second) = second else { return };
    sleep(ms(second)).await;
    tell("신호: 그만두라고 함".into());
    stop.force();
}
// ANCHOR_END: signals

type Sent = Rc<RefCell<Vec<usize>>>;

async fn guest(after: u64, order: Order, door: Sender<Order>, sent: Sent, tell: Tell) {
    sleep(ms(after)).await;
    match door.send(order).await {
        Ok(()) => sent.borrow_mut().push(order.number),
        Err(SendError(Order { number, .. })) => tell(format!("손님: {number}번 주문을 돌려받음")),
    }
}

// ANCHOR: run
/// 하루를 보낸다. `serve`가 주문을 받는다.
///
/// # Panics
///
/// `serve`가 패닉하면 패닉한다.
pub fn run<S>(day: Day, serve: fn(Receiver<Order>, Shutdown, Tell) -> S, tell: Tell) -> Outcome
where
    S: Future<Output = ()> + 'static,
{
    block_on_virtual(async {
        let (start, stop, sent) = (now(), Shutdown::new(), Sent::default());
        let (door, orders) = channel(2);
        let serving = spawn(serve(orders, stop.clone(), Rc::clone(&tell)));
        for (number, (at, cook)) in (1..).zip(day.orders) {
            let (cook, sent) = (ms(cook), Rc::clone(&sent));
            let order = Order { number, cook };
            spawn(guest(at, order, door.clone(), sent, Rc::clone(&tell)));
        }
        spawn(listen(day.signal, day.second, stop.clone(), tell));
        stop.requested().await;
        let closed = close(&stop, ms(day.patience)).await;
        serving.await.expect("패닉하지 않는다");
        let at = (now() - start).as_millis() as u64;
        let sent = sent.take();
        Outcome { closed, at, sent }
    })
}
// ANCHOR_END: run
