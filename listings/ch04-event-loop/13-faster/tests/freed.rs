//! 할당한 것을 모두 꼭 한 번 돌려주는가. 할당을 세는 할당기와, 버려진 횟수를 세는 값으로 본다.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use ch04_13_faster::{JoinError, JoinHandle, Runtime, block_on, spawn, yield_now};

/// 돌려주지 않은 할당의 수를 센다. 돌려줄 때 칸을 더럽혀, 돌려준 것을 만지면 탈이 나게 한다.
struct Counting;

static LIVE: AtomicIsize = AtomicIsize::new(0);

// SAFETY: 세는 것 말고는 모두 `System`에 맡긴다.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::Relaxed);
        // SAFETY: 부르는 쪽의 약속을 그대로 넘긴다.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        // SAFETY: 부르는 쪽이 돌려주는 칸이므로 더는 아무도 보지 않는다.
        unsafe {
            pointer.write_bytes(0xa5, layout.size());
            System.dealloc(pointer, layout);
        }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// 테스트를 하나씩 돌린다. 할당은 프로세스 전체를 센다.
static ALONE: Mutex<()> = Mutex::new(());

/// `work`를 두 번 해서, 둘째에 할당이 늘지 않았는지 본다. 첫 번째는 한 번만 만드는 것들을 만든다.
fn leaves_nothing(work: impl Fn()) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    std::panic::set_hook(Box::new(|_| ()));
    work();
    let mut grown = Vec::with_capacity(5);
    // 테스트 도구의 스레드도 할당하므로, 한 번이라도 그대로이면 된다. 새면 매번 는다.
    for _ in 0..5 {
        let before = LIVE.load(Ordering::Relaxed);
        work();
        grown.push(LIVE.load(Ordering::Relaxed) - before);
    }
    drop(std::panic::take_hook());
    assert!(grown.contains(&0), "늘어난 할당: {grown:?}");
}

/// 버려지면 세고, 시키면 패닉한다.
struct Part {
    drops: Arc<AtomicUsize>,
    panics: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Ordering::Relaxed);
        if self.panics {
            panic_any("버리다가");
        }
    }
}

/// 한 번 기다렸다가 끝난다.
struct Work {
    turns: u32,
    panics: bool,
    /// 결과를 만든 횟수와 버린 횟수, 결과가 버려지며 패닉하는가.
    output: ([Arc<AtomicUsize>; 2], bool),
    _held: Part,
}

impl Future for Work {
    type Output = Part;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Part> {
        if self.turns > 0 {
            self.turns -= 1;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.panics {
            panic_any("폴링하다가");
        }
        let ([made, drops], panics) = &self.output;
        made.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Part { drops: Arc::clone(drops), panics: *panics })
    }
}

/// 깨우거나 버려지면 패닉하는 `Waker`.
struct Rude;

impl Wake for Rude {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        panic_any("깨우다가");
    }
}

/// 핸들로 하는 일.
#[derive(Clone, Copy, Debug)]
enum Handle {
    Joined,
    DroppedFirst,
    DroppedLast,
    Aborted,
    AbortedAndDropped,
    LeftToClose,
    RudelyWaited,
}

const HANDLES: [Handle; 7] = [
    Handle::Joined,
    Handle::DroppedFirst,
    Handle::DroppedLast,
    Handle::Aborted,
    Handle::AbortedAndDropped,
    Handle::LeftToClose,
    Handle::RudelyWaited,
];

async fn settle() {
    for _ in 0..4 {
        yield_now().await;
    }
}

/// 패닉해도 된다. 새거나 두 번 버리지만 않으면 된다.
fn quietly(work: impl FnOnce()) {
    _ = catch_unwind(AssertUnwindSafe(work));
}

fn one_case(handle: Handle, [polls, drops_future, drops_output]: [bool; 3]) {
    let [held, made, lost] = [(); 3].map(|()| Arc::<AtomicUsize>::default());
    let work = Work {
        turns: 1,
        panics: polls,
        output: ([Arc::clone(&made), Arc::clone(&lost)], drops_output),
        _held: Part { drops: Arc::clone(&held), panics: drops_future },
    };
    let left = block_on(async move {
        let mut task = spawn(work);
        match handle {
            Handle::Joined => quietly_joined(task.await),
            Handle::DroppedFirst => drop(task),
            Handle::DroppedLast => {
                settle().await;
                quietly(|| drop(task));
            }
            Handle::Aborted => {
                task.abort();
                quietly_joined(task.await);
            }
            Handle::AbortedAndDropped => {
                yield_now().await;
                task.abort();
                drop(task);
            }
            Handle::LeftToClose => return Some(task),
            Handle::RudelyWaited => {
                let rude = Waker::from(Arc::new(Rude));
                _ = Pin::new(&mut task).poll(&mut Context::from_waker(&rude));
                settle().await;
                quietly(|| drop(task));
            }
        }
        settle().await;
        None
    });
    quietly(|| drop(left));
    let [held, made, lost] = [held, made, lost].map(|count| count.load(Ordering::Relaxed));
    let case = format!("{handle:?}, 패닉 {:?}", [polls, drops_future, drops_output]);
    assert_eq!((held, made), (1, lost), "{case}");
}

fn quietly_joined(result: Result<Part, JoinError>) {
    quietly(|| drop(result));
}

// ANCHOR: matrix
/// 폴링, 퓨처의 Drop, 결과의 Drop이 패닉하는 여덟 가지와 핸들을 다루는 일곱 가지를 모두 엮는다.
#[test]
fn every_part_is_dropped_once_whatever_panics() {
    let all = || {
        for handle in HANDLES {
            for bits in 0..8 {
                one_case(handle, [bits & 1 != 0, bits & 2 != 0, bits & 4 != 0]);
            }
        }
    };
    leaves_nothing(all);
}
// ANCHOR_END: matrix

type Slot = Rc<RefCell<Option<Waker>>>;

/// 첫 폴링에 `Waker`를 내놓고, 두 번째에 끝난다.
fn leaves_its_waker(slot: &Slot) -> impl Future<Output = u32> + use<> {
    let slot = Rc::clone(slot);
    std::future::poll_fn(move |cx| match slot.borrow_mut().replace(cx.waker().clone()) {
        None => Poll::Pending,
        Some(_) => Poll::Ready(7),
    })
}

#[test]
fn ten_thousand_tasks_leave_nothing() {
    leaves_nothing(|| {
        block_on(async {
            let tasks: Vec<_> = (0..10_000).map(|n| spawn(async move { vec![n] })).collect();
            for (n, task) in tasks.into_iter().enumerate() {
                match n % 3 {
                    0 => assert_eq!(task.await.unwrap(), [n]),
                    1 => drop(task),
                    _ => task.abort(),
                }
            }
            drop((0..100).map(|_| spawn(pending::<()>())).collect::<Vec<_>>());
        });
    });
}

#[test]
fn wakers_outlive_the_runtime() {
    leaves_nothing(|| {
        let slot = Slot::default();
        let handle = block_on(async {
            let handle = spawn(leaves_its_waker(&slot));
            yield_now().await;
            Some(handle)
        });
        let waker = slot.take().unwrap();
        let (one, two) = (waker.clone(), waker.clone());
        thread::spawn(move || one.wake()).join().unwrap();
        two.wake_by_ref();
        drop(handle);
        waker.wake();
        drop(two);
    });
}

// ANCHOR: mailed
/// 우편함에 든 채로 끝난 태스크는 우편함에서 꺼낼 때 돌려준다.
#[test]
fn a_task_that_ends_while_mailed_is_freed_once() {
    leaves_nothing(|| {
        block_on(async {
            let task = spawn(std::future::poll_fn(|cx| {
                let waker = cx.waker().clone();
                thread::spawn(move || waker.wake()).join().unwrap();
                Poll::Ready(())
            }));
            drop(task);
            settle().await;
        });
    });
}
// ANCHOR_END: mailed

/// 줄과 우편함에 함께 든 채로 닫는다.
#[test]
fn a_task_queued_and_mailed_at_the_close_is_freed_once() {
    leaves_nothing(|| {
        let slot = Slot::default();
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let task = spawn(leaves_its_waker(&slot));
            yield_now().await;
            let waker = slot.take().unwrap();
            waker.wake_by_ref();
            thread::spawn(move || waker.wake()).join().unwrap();
            drop(task);
        });
        drop(runtime);
    });
}

/// 우편함에서 꺼내다 돌려주는 태스크가, 버려지면 남을 깨우는 `Waker`를 쥐고 있다.
#[test]
fn a_waker_that_wakes_when_dropped_finds_no_lock_held() {
    struct Chain(Waker);
    impl Wake for Chain {
        fn wake(self: Arc<Self>) {}
    }
    impl Drop for Chain {
        fn drop(&mut self) {
            self.0.wake_by_ref();
            let waker = self.0.clone();
            thread::spawn(move || waker.wake()).join().unwrap();
        }
    }
    leaves_nothing(|| {
        block_on(async {
            let (slot, mail) = (Slot::default(), Rc::new(Cell::new(true)));
            let other = spawn(leaves_its_waker(&slot));
            yield_now().await;
            let chain = Waker::from(Arc::new(Chain(slot.take().unwrap())));
            let mut task: JoinHandle<()> = spawn(std::future::poll_fn(move |cx| {
                mail.take().then(|| {
                    let waker = cx.waker().clone();
                    thread::spawn(move || waker.wake()).join().unwrap();
                });
                Poll::Ready(())
            }));
            _ = Pin::new(&mut task).poll(&mut Context::from_waker(&chain));
            drop((task, chain));
            other.abort();
            _ = other.await;
            settle().await;
        });
    });
}
