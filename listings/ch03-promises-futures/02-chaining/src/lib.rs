//! 콜백 지옥의 네 서비스를 프로미스로 바꾼 가게.

use std::cell::RefCell;
use std::rc::Rc;

pub use ch02_02_callback_hell::{OrderError, Step};
use ch03_01_promise::{Microtasks, Promise};

// ANCHOR: types
/// 서비스 하나의 대답.
pub type Answer<T> = Promise<T, OrderError>;

/// 주문에 필요한 네 서비스. 복제해도 같은 가게이다.
#[derive(Clone)]
pub struct Shop {
    queue: Microtasks,
    fails_at: Option<Step>,
    asked: Rc<RefCell<Vec<Step>>>,
}
// ANCHOR_END: types

/// 사용자 단계의 결과.
#[derive(Clone)]
pub struct User {
    /// 사용자 번호.
    pub id: u32,
    /// 영수증에 적을 이름.
    pub name: String,
}

/// 장바구니 단계의 결과.
#[derive(Clone)]
pub struct Cart {
    /// 담긴 물건.
    pub item: String,
}

/// 재고 단계의 결과.
#[derive(Clone)]
pub struct Stock {
    /// 잡아 둔 물건.
    pub item: String,
    /// 물건의 값(원).
    pub price: u32,
}

/// 결제 단계의 결과.
#[derive(Clone)]
pub struct Payment {
    /// 승인 번호.
    pub approval: String,
}

impl Shop {
    /// 가게를 연다. `fails_at`을 주면 그 단계는 늘 실패한다.
    pub fn new(queue: &Microtasks, fails_at: Option<Step>) -> Shop {
        let (queue, asked) = (queue.clone(), Rc::default());
        Shop {
            queue,
            fails_at,
            asked,
        }
    }

    // ANCHOR: answer
    /// 대답은 늘 나중에 온다. 실패하기로 한 단계라면 그 단계의 오류로 거부한다.
    fn answer<T: Clone + 'static>(&self, step: Step, value: T) -> Answer<T> {
        self.asked.borrow_mut().push(step);
        let answers = self.fails_at != Some(step);
        let (promise, resolver) = Promise::pending(&self.queue);
        let result = answers.then_some(value).ok_or(OrderError(step));
        self.queue.defer(move || resolver.resolve(result));
        promise
    }

    /// 사용자를 찾는다.
    pub fn find_user(&self, id: u32) -> Answer<User> {
        let name = String::from("하나");
        self.answer(Step::User, User { id, name })
    }
    // ANCHOR_END: answer

    /// 사용자의 장바구니를 읽는다.
    pub fn load_cart(&self, user_id: u32) -> Answer<Cart> {
        let item = format!("장바구니 {user_id}의 책");
        self.answer(Step::Cart, Cart { item })
    }

    /// 물건을 잡아 두고 값을 알아낸다.
    pub fn reserve_stock(&self, item: String) -> Answer<Stock> {
        let price = 12_000;
        self.answer(Step::Stock, Stock { item, price })
    }

    /// 사용자에게 `price`원을 청구한다.
    pub fn charge(&self, user_id: u32, price: u32) -> Answer<Payment> {
        let approval = format!("{user_id}-{price}");
        self.answer(Step::Payment, Payment { approval })
    }

    /// 지금까지 부른 서비스를 차례대로.
    pub fn asked(&self) -> Vec<Step> {
        self.asked.borrow().clone()
    }
}
