//! 결과를 기다리던 쪽이 떠난 다음에 계산이 어디까지 가는지 본다.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use ch02_01_completion_callback::Pool;

use crate::shop::{SLICES, count_primes};

/// 그만둘지 물어볼 함수를 받아 도는 계산.
pub type Work = Box<dyn FnOnce(&dyn Fn() -> bool) + Send>;

// ANCHOR: leave
/// `start`가 돌려준 손잡이를 첫 조각이 끝난 뒤에 버린다. 그때까지 합쳐 끝난 조각의 수를 돌려준다.
pub fn leave<H>(start: impl FnOnce(&Pool, Work) -> H) -> usize {
    let finished = Arc::new(AtomicUsize::new(0));
    let (first_done, on_first) = mpsc::channel();
    let (go_on, wait) = mpsc::channel();
    let counter = Arc::clone(&finished);
    let work = move |is_left: &dyn Fn() -> bool| {
        for slice in SLICES.iter().take_while(|_| !is_left()) {
            count_primes(slice);
            if counter.fetch_add(1, Ordering::Relaxed) == 0 {
                first_done.send(()).expect("떠나는 쪽이 기다린다");
                wait.recv().expect("떠나고 나서 알려 준다");
            }
        }
    };
    let pool = Pool::new(1);
    let handle = start(&pool, Box::new(work));
    on_first.recv().expect("첫 조각이 끝난다");
    drop(handle);
    go_on.send(()).expect("계산이 기다린다");
    drop(pool); // 맡은 일이 끝나기를 기다린다.
    finished.load(Ordering::Relaxed)
}
// ANCHOR_END: leave
