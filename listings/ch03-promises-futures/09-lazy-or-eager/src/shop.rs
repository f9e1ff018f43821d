//! 답이 30밀리초 뒤에 오는 가게. 프로미스로도 퓨처로도 물을 수 있다. 시간은 가상 시간이다.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use ch03_01_promise::{Microtasks, Promise};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{Instant, sleep};

/// 답이 올 때까지 걸리는 시간.
pub const TRIP: Duration = Duration::from_millis(30);

/// 가격이나 실패한 까닭.
pub type Price = Result<u32, &'static str>;

/// 가게. 복제해도 같은 가게이다.
#[derive(Clone)]
pub struct Shop {
    start: Instant,
    log: Rc<RefCell<Vec<String>>>,
    sent: Rc<Cell<u32>>,
    queue: Microtasks,
}

impl Shop {
    /// 때와 함께 적는다.
    pub fn say(&self, who: &str, what: &str) {
        let at = self.start.elapsed().as_millis();
        self.log
            .borrow_mut()
            .push(format!("[{at}ms] {who}: {what}"));
    }

    /// 지금까지 보낸 요청의 수.
    pub fn sent(&self) -> u32 {
        self.sent.get()
    }

    /// 시작한 뒤로 흐른 시간.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    // ANCHOR: answer
    fn send(&self, item: &str) {
        self.sent.set(self.sent.get() + 1);
        self.say(item, "요청을 보낸다");
    }

    /// 첫 요청에는 오류를, 다음부터는 가격을 답한다.
    fn answer(&self, item: &str, nth: u32) -> Price {
        self.say(item, "답이 온다");
        match (item, nth) {
            ("붐비는 가게", 1) => Err("붐빈다"),
            _ => Ok(30_000),
        }
    }
    // ANCHOR_END: answer

    // ANCHOR: lazy
    /// 게으른 쪽. 폴링되기 전에는 아무것도 하지 않는다.
    pub async fn ask(&self, item: &str) -> Price {
        self.send(item);
        let nth = self.sent();
        sleep(TRIP).await;
        self.answer(item, nth)
    }
    // ANCHOR_END: lazy

    // ANCHOR: eager
    /// 성급한 쪽. 돌아오기 전에 요청을 보낸다.
    pub fn order(&self, item: &'static str) -> Promise<u32, &'static str> {
        let (promise, resolver) = Promise::pending(&self.queue);
        self.send(item);
        let (shop, nth) = (self.clone(), self.sent());
        spawn_local(async move {
            sleep(TRIP).await;
            resolver.resolve(shop.answer(item, nth));
            shop.queue.run();
        });
        promise
    }
    // ANCHOR_END: eager

    // ANCHOR: heard
    /// 프로미스가 정해지기를 기다린다. JavaScript의 `await`이다.
    pub async fn heard(&self, promise: &Promise<u32, &'static str>) -> Price {
        let (tell, heard) = oneshot::channel();
        promise.done(|price| {
            let _ = tell.send(price); // 듣던 쪽이 떠났을 수 있다.
        });
        self.queue.run();
        heard.await.expect("가게는 늘 답한다")
    }
    // ANCHOR_END: heard
}

// ANCHOR: run
/// 새 가게로 `story`를 돌린다. 시간은 모두가 자고 있을 때만, 다음에 깰 때까지 흐른다.
pub fn run<R>(story: impl AsyncFnOnce(&Shop) -> R) -> (R, Vec<String>) {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("런타임을 만들 수 있다");
    LocalSet::new().block_on(&runtime, async {
        let shop = Shop {
            start: Instant::now(),
            log: Rc::default(),
            sent: Rc::default(),
            queue: Microtasks::default(),
        };
        let told = story(&shop).await;
        sleep(2 * TRIP).await; // 아무도 기다리지 않는 일도 끝까지 간다.
        (told, shop.log.take())
    })
}
// ANCHOR_END: run
