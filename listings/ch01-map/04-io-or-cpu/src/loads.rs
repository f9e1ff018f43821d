//! 두 가지 일. 주방의 답을 기다리는 일과, 소수를 세는 일.

use std::sync::{Arc, Barrier};
use std::thread;

use crate::gauge::Gauge;
use crate::kitchen::{Kitchen, ask, ask_later};
use crate::places::{on_rayon, on_tasks, on_threads, rayon_pool};
use crate::primes::{count_primes, piece};

pub const JOBS: usize = 8;
/// rayon이 쓸 스레드. 코어가 몇 개인 기계에서나 같은 이야기가 되도록 정해 둔다.
pub const WORKERS: usize = 2;
/// 계산 한 조각의 폭.
const WIDTH: u32 = 1000;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Threads,
    Tasks,
    Rayon,
}

/// 무엇을 얻었고, 몇 개의 스레드에서, 가장 많을 때 몇이 함께 있었는가.
pub struct Report<T> {
    pub results: Vec<T>,
    pub gauge: Arc<Gauge>,
}

// ANCHOR: wait
/// 요청 여덟을 맡긴다. 주방은 주문이 `batch`개 모여야 답한다.
pub fn wait(place: Place, batch: usize) -> Report<String> {
    let kitchen = Kitchen::open().expect("문을 연다");
    let (address, gauge) = (kitchen.address(), Arc::<Gauge>::default());
    let job = |number| {
        let _waiting = gauge.enter();
        ask(address, number).expect("주방이 답한다")
    };
    let later = |number| {
        let gauge = Arc::clone(&gauge);
        async move {
            let _waiting = gauge.enter();
            ask_later(address, number).await.expect("주방이 답한다")
        }
    };
    let cook = thread::spawn(move || kitchen.serve(JOBS, batch));
    let results = match place {
        Place::Threads => on_threads(JOBS, job),
        Place::Tasks => on_tasks(JOBS, later),
        Place::Rayon => on_rayon(&rayon_pool(WORKERS), JOBS, job),
    };
    cook.join().expect("패닉하지 않는다").expect("모두 답했다");
    Report { results, gauge }
}
// ANCHOR_END: wait

// ANCHOR: calculate
/// 소수 세기 여덟 조각을 맡긴다. 계산은 `batch`개가 모여야 돌기 시작한다.
pub fn calculate(place: Place, batch: usize) -> Report<usize> {
    let (gauge, start) = (Arc::<Gauge>::default(), Arc::new(Barrier::new(batch)));
    let shared = (Arc::clone(&gauge), start);
    let job = Arc::new(move |number| {
        let _running = shared.0.enter();
        shared.1.wait();
        count_primes(piece(number, WIDTH))
    });
    let results = match place {
        Place::Threads => on_threads(JOBS, &*job),
        Place::Tasks => on_tasks(JOBS, |number| {
            let job = Arc::clone(&job);
            async move { job(number) }
        }),
        Place::Rayon => on_rayon(&rayon_pool(WORKERS), JOBS, &*job),
    };
    Report { results, gauge }
}
// ANCHOR_END: calculate
