//! 주문을 받아 요리하는 가게. 종료를 알리면 받은 주문을 마저 낸다.

use std::future::ready;
use std::rc::Rc;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::sleep;

use crate::abort::spawn;
use crate::channel::Receiver;
use crate::select::{Either, select};
use crate::shutdown::{Guard, Shutdown};

/// 한 일을 알리는 함수.
pub type Tell = Rc<dyn Fn(String)>;

/// 주문 하나.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// 주문 번호.
    pub number: usize,
    /// 요리하는 데 걸리는 시간.
    pub cook: Duration,
}

// ANCHOR: dish
/// 하고 있는 요리. 내지 못하고 버려지면 알린다.
struct Dish {
    number: usize,
    served: bool,
    tell: Tell,
}

impl Drop for Dish {
    fn drop(&mut self) {
        let what = if self.served { "냄" } else { "버림" };
        (self.tell)(format!("주방: {}번 요리를 {what}", self.number));
    }
}

/// 주문 하나를 요리한다.
pub async fn cook(order: Order, tell: Tell) {
    let Order { number, cook } = order;
    let served = false;
    let mut dish = Dish {
        number,
        served,
        tell,
    };
    sleep(cook).await;
    dish.served = true;
}
// ANCHOR_END: dish

// ANCHOR: serve
/// 종료를 알릴 때까지 주문을 받는다. 받은 주문은 저마다 가드를 쥔 태스크가 요리한다.
///
/// `door`에 이미 들어온 주문은 종료를 알린 뒤에도 모두 받는다. 부르기 전에 알렸으면 하나도 받지 않는다.
pub fn serve(mut door: Receiver<Order>, stop: Shutdown, tell: Tell) -> impl Future<Output = ()> {
    let guard = stop.enter(); // 처음 폴링되기 전에 얻는다.
    async move {
        let Some(guard) = guard else { return };
        while let Either::Right(Some(order)) = select(stop.requested(), door.recv()).await {
            start(order, guard.clone(), &stop, &tell);
        }
        // 기다리지 않고 꺼낼 수 있는 것만 마저 꺼낸다.
        while let Either::Left(Some(order)) = select(door.recv(), ready(())).await {
            start(order, guard.clone(), &stop, &tell);
        }
        tell("가게: 문을 닫음".into());
    }
}
// ANCHOR_END: serve

// ANCHOR: start
fn start(order: Order, guard: Guard, stop: &Shutdown, tell: &Tell) {
    tell(format!("가게: {}번 주문을 받음", order.number));
    let (forced, cooking) = (stop.forced(), cook(order, Rc::clone(tell)));
    spawn(async move {
        let _guard = guard; // 시작한 요리라면 요리를 버린 다음에 버려진다.
        select(cooking, forced).await;
    });
}
// ANCHOR_END: start
