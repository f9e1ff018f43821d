//! 취소의 이야기와, 하루의 재료.

use std::cell::OnceCell;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use ch04_08_sleep_timeout_interval::{block_on_virtual, timeout, yield_now};
use ch04_09_cancel_and_shutdown::day::Day;
use ch04_09_cancel_and_shutdown::faulty::abort_silently;
use ch04_09_cancel_and_shutdown::shop::Tell;
use ch04_09_cancel_and_shutdown::{AbortHandle, Aborted, abortable, spawn};

/// 들은 것을 찍는다. `only_here`인 줄에는 Rust에만 있다는 표시를 한다.
pub fn print(only_here: fn(&str) -> bool) -> Tell {
    Rc::new(move |line| {
        let mark = if only_here(&line) { "[Rust] " } else { "" };
        println!("{mark}{line}");
    })
}

// ANCHOR: evening
/// 20ms에 신호가 온다. 그때 둘을 요리하고 있고, 셋째 손님은 신호보다 늦게 온다.
pub fn evening() -> Day {
    Day {
        orders: vec![(0, 30), (10, 40), (25, 10)],
        signal: 20,
        second: None,
        patience: 100,
    }
}
// ANCHOR_END: evening

// ANCHOR: rush
/// 신호가 오는 바로 그때 손님 셋도 온다.
pub fn rush() -> Day {
    Day {
        orders: vec![(20, 10), (20, 10), (20, 10)],
        signal: 20,
        second: None,
        patience: 100,
    }
}
// ANCHOR_END: rush

// ANCHOR: borrowed
/// 빌린 것. 버려질 때 알린다.
struct Borrowed(&'static str);

impl Drop for Borrowed {
    fn drop(&mut self) {
        println!("[Rust] 요리사: {} 돌려줌", self.0);
    }
}

pub fn aborted() {
    block_on_virtual(async {
        let cook = spawn(async {
            let _stove = Borrowed("화덕을");
            let _pan = Borrowed("냄비를");
            pending::<()>().await;
            println!("[Rust] 요리사: 요리를 냄");
        });
        yield_now().await;
        cook.abort();
        println!("[Rust] main: 취소함, 끝났는가 {}", cook.is_finished());
        let error = cook.await.expect_err("취소했다");
        println!("[Rust] main: {error}");
    });
}
// ANCHOR_END: borrowed

// ANCHOR: never
/// 도는 동안 취소해도, 양보하지 않으면 취소를 들을 틈이 없다.
pub fn never_waits() {
    block_on_virtual(async {
        let me = Rc::new(OnceCell::<AbortHandle>::new());
        let given = Rc::clone(&me);
        let (washing, handle) = abortable(async move {
            given.get().expect("넣어 두었다").abort();
            println!("[Rust] 요리사: 취소된 채로 접시를 닦음");
            "다 닦음"
        });
        me.set(handle).ok().expect("처음 넣는다");
        println!("[Rust] main: {:?}", washing.await);
    });
}
// ANCHOR_END: never

// ANCHOR: silent
/// 취소를 적기만 하면 잠든 태스크는 듣지 못한다. 1분을 기다려 본다.
pub fn silent() {
    block_on_virtual(async {
        for wakes in [false, true] {
            let (sleeping, handle) = abortable(pending::<()>());
            let task = spawn(sleeping);
            yield_now().await; // 태스크가 잠든다.
            match wakes {
                false => abort_silently(&handle),
                true => handle.abort(),
            }
            let heard = match timeout(Duration::from_secs(60), task).await {
                Ok(Ok(Err(Aborted))) => "들음",
                _ => "60초가 지나도 듣지 못함",
            };
            println!("[Rust] 깨우기 {wakes}: {heard}");
        }
    });
}
// ANCHOR_END: silent
