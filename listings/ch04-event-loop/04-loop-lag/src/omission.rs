//! 답이 오기까지 걸린 시간을 재는 세 가지 방법.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::clock::{Clock, ms};
use crate::event_loop::EventLoop;
use crate::histogram::Histogram;

pub type Seen = Rc<RefCell<Histogram>>;

// ANCHOR: server
const PERIOD: Duration = ms(10);

/// 요청을 받아 1밀리초 걸려 답한다. `inside`에는 처리 함수가 안에서 잰 시간을 적는다.
fn request(on: &mut EventLoop, inside: Seen, answered: impl FnOnce(&mut EventLoop) + 'static) {
    on.post("서버", move |on| {
        let start = on.now();
        on.block(ms(1));
        inside.borrow_mut().record(on.now() - start);
        answered(on);
    });
}
// ANCHOR_END: server

// ANCHOR: waiting
#[derive(Clone, Default)]
pub struct Client {
    pub inside: Seen,
    pub outside: Seen,
}

impl Client {
    /// 답을 받고 나서 다음 요청을 보낸다.
    pub fn waiting(self, on: &mut EventLoop, due: Duration, left: u32) {
        on.at("손님", due, move |on| {
            request(on, self.inside.clone(), move |on| {
                self.outside.borrow_mut().record(on.now() - due);
                if left > 1 {
                    let next = on.now() + PERIOD;
                    self.waiting(on, next, left - 1);
                }
            });
        });
    }
    // ANCHOR_END: waiting

    // ANCHOR: scheduled
    /// 답이 왔든 오지 않았든 정해 둔 때에 보낸다.
    pub fn scheduled(self, on: &mut EventLoop, due: Duration, left: u32) {
        on.at("손님", due, move |on| {
            if left > 1 {
                self.clone().scheduled(on, due + PERIOD, left - 1);
            }
            request(on, self.inside.clone(), move |on| {
                self.outside.borrow_mut().record(on.now() - due);
            });
        });
    }
    // ANCHOR_END: scheduled
}

// ANCHOR: accounts
/// 요청을 백 번 받는 동안 한 번, 300밀리초 걸리는 정산이 끼어든다.
pub fn with_accounts(send: fn(Client, &mut EventLoop, Duration, u32)) -> Client {
    let mut on = EventLoop::new(Clock::Virtual(ms(0)));
    let client = Client::default();
    send(client.clone(), &mut on, ms(0), 100);
    on.at("정산", ms(495), |on| on.block(ms(300)));
    on.run();
    client
}
// ANCHOR_END: accounts
