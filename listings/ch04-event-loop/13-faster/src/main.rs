//! 10절과 13절의 런타임이 태스크 하나에 할당을 몇 번 하는지, 언제 돌려주는지 센다.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// 이 스레드의 할당을 센다.
struct Counting;

thread_local! {
    /// 할당한 횟수, 돌려주지 않은 것의 수, 그 바이트.
    static COUNTS: Cell<[isize; 3]> = const { Cell::new([0; 3]) };
}

fn add(times: isize, live: isize, bytes: usize) {
    // 스레드가 끝나며 하는 할당은 세지 않는다.
    _ = COUNTS.try_with(|counts| {
        let [all, now, size] = counts.get();
        counts.set([all + times, now + live, size + live * bytes as isize]);
    });
}

// SAFETY: 세는 것 말고는 모두 `System`에 맡긴다.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(1, 1, layout.size());
        // SAFETY: 부르는 쪽의 약속을 그대로 넘긴다.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        add(0, -1, layout.size());
        // SAFETY: 위와 같다.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// `work`를 하는 동안 늘어난 것.
fn counted<R>(work: impl FnOnce() -> R) -> (R, [isize; 3]) {
    let before = COUNTS.get();
    let result = work();
    let after = COUNTS.get();
    (result, [0, 1, 2].map(|i| after[i] - before[i]))
}

const TASKS: usize = 1000;

/// 두 런타임에 같은 이야기를 시킨다.
macro_rules! stories {
    ($name:ident, $runtime:ident) => {
        mod $name {
            use super::*;
            use $runtime::{block_on, spawn, yield_now};

            // ANCHOR: allocations
            pub(crate) fn allocations() -> [isize; 3] {
                block_on(async {
                    let mut tasks = Vec::with_capacity(TASKS);
                    let mut launch = || tasks.extend((0..TASKS).map(|i| spawn(async move { i })));
                    launch(); // 줄과 목록은 첫 번에 다 자란다.
                    for task in tasks.drain(..) {
                        _ = task.await;
                    }
                    let mut launch = || tasks.extend((0..TASKS).map(|i| spawn(async move { i })));
                    counted(&mut launch).1
                })
            }
            // ANCHOR_END: allocations

            pub(crate) fn turns() -> String {
                let log = Rc::new(RefCell::new(String::new()));
                block_on(async {
                    let walk = |name| {
                        let log = Rc::clone(&log);
                        spawn(async move {
                            for _ in 0..3 {
                                log.borrow_mut().push(name);
                                yield_now().await;
                            }
                        })
                    };
                    let tasks = ['가', '나', '다'].map(walk);
                    tasks[1].abort();
                    for task in tasks {
                        let done = task.await.is_ok();
                        log.borrow_mut().push_str(if done { " 끝" } else { " 취소" });
                    }
                });
                log.take()
            }

            // ANCHOR: late
            pub(crate) fn late() -> [isize; 3] {
                let slot = Rc::<RefCell<Option<Waker>>>::default();
                let before = COUNTS.get()[1];
                let live = || COUNTS.get()[1] - before;
                let give = Rc::clone(&slot);
                block_on(async {
                    drop(spawn(poll_fn(move |cx| {
                        *give.borrow_mut() = Some(cx.waker().clone());
                        Poll::<()>::Pending
                    })));
                    yield_now().await;
                });
                let waker = slot.take().unwrap();
                let closed = live();
                waker.wake_by_ref();
                let woken = live();
                drop(waker);
                [closed, woken, live()]
            }
            // ANCHOR_END: late
        }
    };
}

stories!(ten, ch04_10_mini_runtime);
stories!(thirteen, ch04_13_faster);

fn main() {
    println!("== 할당 ==");
    for (name, [times, _, bytes]) in
        [("10절", ten::allocations()), ("13절", thirteen::allocations())]
    {
        let tasks = TASKS as isize;
        println!("{name}: 태스크 하나에 할당 {}번, {}바이트", times / tasks, bytes / tasks);
    }
    println!("== 같은 차례 ==");
    println!("10절: {}", ten::turns());
    println!("13절: {}", thirteen::turns());
    println!("== 남은 Waker ==");
    for (name, [closed, woken, last]) in [("10절", ten::late()), ("13절", thirteen::late())] {
        println!("{name}: 닫은 뒤 {closed}개, 깨운 뒤 {woken}개, 버린 뒤 {last}개");
    }
}
