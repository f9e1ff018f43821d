//! 주문 하나가 거치는 네 서비스와, 주문 처리 함수가 `done`을 어떻게 부르는지 모으는 검사.
//!
//! 서비스는 모두 풀 위의 콜백 API이다. 맡기면 곧바로 돌아오고, 결과는 작업 스레드가 콜백에 건넨다.

use std::fmt;
use std::sync::{Arc, mpsc};

use ch02_01_completion_callback::Pool;

/// 주문이 거치는 네 단계.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 사용자를 찾는다.
    User,
    /// 장바구니를 읽는다.
    Cart,
    /// 재고를 잡아 둔다.
    Stock,
    /// 결제한다.
    Payment,
}

impl Step {
    /// 네 단계를 차례대로.
    pub const ALL: [Step; 4] = [Step::User, Step::Cart, Step::Stock, Step::Payment];
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::User => "사용자",
            Step::Cart => "장바구니",
            Step::Stock => "재고",
            Step::Payment => "결제",
        })
    }
}

// ANCHOR: types
/// 어느 단계가 실패했는지 말하는 오류.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderError(pub Step);

/// 서비스 하나의 결과.
pub type Outcome<T> = Result<T, OrderError>;

/// 주문이 끝나면 불릴 콜백. 성공이든 실패든 정확히 한 번 불려야 한다.
pub type Done = Box<dyn FnOnce(Outcome<Receipt>) + Send>;

/// 주문 처리 함수의 모양. 가게, 사용자 번호, 콜백을 받고 곧바로 돌아온다.
pub type PlaceOrder = fn(Arc<Shop>, u32, Done);
// ANCHOR_END: types

/// 사용자 단계의 결과.
pub struct User {
    /// 사용자 번호.
    pub id: u32,
    /// 영수증에 적을 이름.
    pub name: String,
}

/// 장바구니 단계의 결과.
pub struct Cart {
    /// 담긴 물건.
    pub item: String,
}

/// 재고 단계의 결과.
pub struct Stock {
    /// 잡아 둔 물건.
    pub item: String,
    /// 물건의 값(원).
    pub price: u32,
}

/// 결제 단계의 결과.
pub struct Payment {
    /// 승인 번호.
    pub approval: String,
}

/// 주문의 결과. 세 단계의 결과에서 하나씩 모은다.
#[derive(Debug, PartialEq, Eq)]
pub struct Receipt {
    /// 사용자의 이름.
    pub name: String,
    /// 산 물건.
    pub item: String,
    /// 승인 번호.
    pub approval: String,
}

/// 세 단계의 결과로 영수증을 쓴다.
pub fn receipt(user: User, stock: Stock, payment: Payment) -> Receipt {
    Receipt {
        name: user.name,
        item: stock.item,
        approval: payment.approval,
    }
}

// ANCHOR: shop
/// 주문에 필요한 네 서비스. 고른 단계 하나를 실패하게 만들 수 있다.
pub struct Shop {
    pool: Pool,
    fails_at: Option<Step>,
}

impl Shop {
    /// `work`를 풀에 맡긴다. 실패하기로 한 단계라면 `done`은 결과 대신 오류를 받는다.
    fn answer<T>(
        &self,
        step: Step,
        work: impl FnOnce() -> T + Send + 'static,
        done: impl FnOnce(Outcome<T>) + Send + 'static,
    ) {
        let succeeds = self.fails_at != Some(step);
        let work = move || succeeds.then(work).ok_or(OrderError(step));
        self.pool.run(work, done);
    }
}
// ANCHOR_END: shop

impl Shop {
    /// 작업 스레드가 하나인 가게를 연다. `fails_at`을 주면 그 단계는 늘 실패한다.
    pub fn new(fails_at: Option<Step>) -> Shop {
        let pool = Pool::new(1);
        Shop { pool, fails_at }
    }

    // ANCHOR: services
    /// 사용자를 찾는다.
    pub fn find_user(&self, id: u32, done: impl FnOnce(Outcome<User>) + Send + 'static) {
        let name = String::from("하나");
        self.answer(Step::User, move || User { id, name }, done);
    }

    /// 사용자의 장바구니를 읽는다.
    pub fn load_cart(&self, user_id: u32, done: impl FnOnce(Outcome<Cart>) + Send + 'static) {
        let item = format!("장바구니 {user_id}의 책");
        self.answer(Step::Cart, move || Cart { item }, done);
    }
    // ANCHOR_END: services

    /// 물건을 잡아 두고 값을 알아낸다.
    pub fn reserve_stock(&self, item: String, done: impl FnOnce(Outcome<Stock>) + Send + 'static) {
        let price = 12_000;
        self.answer(Step::Stock, move || Stock { item, price }, done);
    }

    /// 사용자에게 `price`원을 청구한다.
    pub fn charge(
        &self,
        user_id: u32,
        price: u32,
        done: impl FnOnce(Outcome<Payment>) + Send + 'static,
    ) {
        let approval = format!("{user_id}-{price}");
        self.answer(Step::Payment, move || Payment { approval }, done);
    }

    /// 이미 끝난 주문의 콜백이 모두 버려질 때까지 막는다.
    fn wait_idle(&self) {
        let (last, idle) = mpsc::channel::<()>();
        // 작업 스레드가 하나이므로 맨 뒤에 선 이 일은 앞선 콜백이 모두 끝난 뒤에 돈다.
        self.pool
            .run(|| Ok::<(), OrderError>(()), move |_| drop(last));
        let _ = idle.recv();
    }
}

// ANCHOR: outcomes
/// 7번 사용자로 주문을 넣고, 주문이 끝날 때까지 `done`이 받은 결과를 모두 모은다.
///
/// 벡터의 길이가 `done`이 불린 횟수이다. 불리지 않은 채 버려졌다면 빈 벡터이다.
pub fn outcomes(place_order: PlaceOrder, fails_at: Option<Step>) -> Vec<Outcome<Receipt>> {
    let shop = Arc::new(Shop::new(fails_at));
    let (report, inbox) = mpsc::channel();
    let done = move |result| report.send(result).expect("inbox는 아래에서 끝까지 읽는다");
    place_order(Arc::clone(&shop), 7, Box::new(done));
    // 송신자는 done 안에만 있다. done이 불렸든 그냥 버려졌든 그때 이 반복이 끝난다.
    let calls = inbox.iter().collect();
    // 콜백이 쥔 shop까지 버려져야 풀의 마지막 주인이 이 스레드가 된다.
    shop.wait_idle();
    drop(Arc::into_inner(shop).expect("shop을 쥔 콜백이 남지 않았다"));
    calls
}
// ANCHOR_END: outcomes
