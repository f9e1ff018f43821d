//! 답을 기다리는 퓨처와, 그 퓨처를 돌려주는 가게.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

// ANCHOR: slot
#[derive(Default)]
pub(crate) struct Slot {
    pub(crate) value: Option<String>,
    pub(crate) waker: Option<Waker>,
}

/// 답 하나를 기다리는 퓨처. 버리면 답을 받지 않는다.
pub struct Reply {
    pub(crate) slot: Rc<RefCell<Slot>>,
}
// ANCHOR_END: slot

// ANCHOR: reply
impl Future for Reply {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        let mut slot = self.slot.borrow_mut();
        if let Some(value) = slot.value.take() {
            return Poll::Ready(value);
        }
        // 물을 때마다 새로 맡긴다. 지난번에 물은 쪽과 다를 수 있다.
        slot.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
// ANCHOR_END: reply

/// 답을 기다리는 요청을 쌓아 두는 가게. 답은 `answer`를 부를 때만 나간다.
#[derive(Default)]
pub struct Shop {
    waiting: RefCell<VecDeque<(String, Rc<RefCell<Slot>>)>>,
}

impl Shop {
    // ANCHOR: shop
    pub fn find_user(&self, user_id: u32) -> Reply {
        self.request(format!("사용자 {user_id}"))
    }

    pub fn charge(&self, name: &str) -> Reply {
        self.request(format!("결제 {name}"))
    }

    fn request(&self, what: String) -> Reply {
        let slot = Rc::default();
        let reply = Reply {
            slot: Rc::clone(&slot),
        };
        self.waiting.borrow_mut().push_back((what, slot));
        reply
    }
    // ANCHOR_END: shop

    // ANCHOR: answer
    /// 가장 오래 기다린 요청에 답하고 깨운다.
    pub fn answer(&self, value: &str) {
        let oldest = self.waiting.borrow_mut().pop_front();
        let (_, slot) = oldest.expect("기다리는 요청이 있다");
        slot.borrow_mut().value = Some(String::from(value));
        // 깨우는 일은 대여가 끝난 다음에 한다. 깨어난 쪽이 그 자리에서 poll을 부를 수도 있다.
        let waker = slot.borrow_mut().waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
    // ANCHOR_END: answer

    /// 답을 기다리는 요청의 이름들.
    pub fn waiting(&self) -> String {
        let waiting = self.waiting.borrow();
        let names: Vec<&str> = waiting.iter().map(|(what, _)| what.as_str()).collect();
        if names.is_empty() {
            return String::from("없음");
        }
        names.join(", ")
    }
}
