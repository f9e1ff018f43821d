//! 태스크 하나를 한 덩어리로. 머리와 퓨처와 결과와 참조의 수가 할당 하나에 있다.
//!
//! 이 책의 런타임에서 `unsafe`는 이 파일에만 있다. 지켜야 할 것은 다음 넷이다.
//!
//! 1. `stage`의 퓨처는 런타임의 스레드만 만진다. 결과는 `COMPLETE`를 세우기 전에는 런타임이, 세운 뒤에는
//!    `JOIN`이 서 있으면 핸들이, 아니면 런타임이 만진다.
//! 2. `join_waker`는 `WAITING`이 꺼져 있는 동안 핸들만 쓰고, 켜져 있는 동안에는 아무도 쓰지 않는다.
//! 3. 줄과 우편함에 든 것은 참조를 쥐지 않는다. 거기에 있는 태스크는 끝나도 꺼낼 때까지 런타임이 제 참조를 놓지 않는다.
//!    줄에 있는지는 `place`에, 우편함에 있는지는 `MAILED`에 적는다. `place`는 런타임의 스레드만 만진다.
//! 4. 마지막 참조를 놓는 쪽이 덩어리를 돌려준다.

use std::any::Any;
use std::cell::{self, UnsafeCell};
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::mem::{self, ManuallyDrop};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::process::abort;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use crate::mailbox::Mailbox;
use crate::runtime;
use crate::sync::{AtomicU32, Watched};
use crate::tuning;

// ANCHOR: flags
/// 다른 스레드가 깨워 우편함에 들었거나 들어가는 중이다.
const MAILED: u32 = 1;
/// 끝났다. 결과가 `stage`에 있거나 이미 나갔다.
const COMPLETE: u32 = 1 << 1;
/// 다음 차례에 버린다.
const ABORTED: u32 = 1 << 2;
/// 핸들이 살아 있다.
const JOIN: u32 = 1 << 3;
/// `join_waker`에 핸들을 기다리는 쪽이 적혀 있다.
const WAITING: u32 = 1 << 4;
/// `tuning::ATOMIC_WAKES`를 켰을 때만 쓴다.
const QUEUED: u32 = 1 << 5;
/// 나머지 비트는 참조의 수이다.
const REF: u32 = 1 << 6;
// ANCHOR_END: flags

// ANCHOR: header
#[repr(C)]
struct Header {
    state: AtomicU32,
    place: Place,
    vtable: &'static VTable,
    mailbox: ManuallyDrop<Arc<Mailbox>>,
    join_waker: UnsafeCell<Option<Waker>>,
    watched: [Watched; 3],
}
// ANCHOR_END: header

/// `Header::watched`의 자리. 덩어리가 살아 있는가, `stage`, `join_waker`.
const ALIVE: usize = 0;
const STAGE: usize = 1;
const JOIN_WAKER: usize = 2;

/// 런타임의 목록에서 앉은 칸의 번호와, 줄에 서 있는지를 적는 비트. 런타임의 스레드만 만진다.
struct Place(cell::Cell<u32>, Watched);

impl Place {
    const QUEUED: u32 = 1 << 31;

    fn index(&self) -> u32 {
        self.0.get() & !Place::QUEUED
    }

    fn is_queued(&self) -> bool {
        self.1.alone();
        self.0.get() & Place::QUEUED != 0
    }

    fn set_queued(&self, queued: bool) {
        self.1.alone();
        self.0.set(self.index() | if queued { Place::QUEUED } else { 0 });
    }
}

// ANCHOR: cell
#[repr(C)]
struct Cell<F: Future> {
    header: Header,
    stage: UnsafeCell<Stage<F>>,
}

enum Stage<F: Future> {
    Running(F),
    Finished(F::Output),
    /// 한 겹 더 싸서 8바이트로 줄인다. 패닉은 드물고, 자리는 태스크마다 든다.
    Panicked(Box<Box<dyn Any + Send>>),
    Cancelled,
    Consumed,
}
// ANCHOR_END: cell

// ANCHOR: vtable
/// 퓨처의 타입마다 하나씩 있는 함수의 표.
struct VTable {
    poll: unsafe fn(NonNull<Header>, cancelled: bool) -> Poll<()>,
    drop_output: unsafe fn(NonNull<Header>),
    take_output: unsafe fn(NonNull<Header>, out: *mut ()),
    free: unsafe fn(NonNull<Header>),
}
// ANCHOR_END: vtable

// ANCHOR: refs
/// 런타임이 쥔 태스크. 참조 하나를 쥔다. 런타임의 스레드를 떠나지 않는다.
pub(crate) struct Owner(NonNull<Header>);

/// 줄이나 우편함에 든 태스크. 참조를 쥐지 않는다.
pub(crate) struct Queued(NonNull<Header>);
// ANCHOR_END: refs

// SAFETY: 퓨처를 만지는 `step`은 런타임의 스레드에서만 부르고, 나머지 필드는 원자적이거나 스레드를 넘을 수 있다.
unsafe impl Send for Queued {}

fn header<'a>(task: NonNull<Header>) -> &'a Header {
    // SAFETY: 부르는 쪽은 참조를 쥐었거나 규칙 3에 따라 덩어리가 살아 있는 동안이다. `Header`는 공유해서만 빌린다.
    let header: &Header = unsafe { task.as_ref() };
    header.watched[ALIVE].shared();
    header
}

fn retain(task: NonNull<Header>) {
    let before = header(task).state.fetch_add(REF, Relaxed);
    if before > u32::MAX / 2 {
        abort(); // 넘쳐서 0이 되면 쓰는 중에 돌려준다. 패닉은 잡고 되풀이할 수 있어 모자란다.
    }
}

// ANCHOR: release
fn release(task: NonNull<Header>, bits: u32) {
    let state = &header(task).state;
    // 참조가 하나뿐이면 내 것이고, 아무도 늘리지 못한다. 뺄 것도 없다.
    if state.load(Acquire) / REF == 1 || state.fetch_sub(REF + bits, AcqRel) / REF == 1 {
        // SAFETY: 마지막 참조를 놓았으므로 아무도 다시 보지 않는다.
        unsafe { (header(task).vtable.free)(task) };
    }
}
// ANCHOR_END: release

// ANCHOR: wake
/// 깨운다. 제 런타임의 스레드이면 원자 연산 없이 줄에 세우고, 아니면 우편함에 넣는다.
fn wake(task: NonNull<Header>) {
    let Header { state, mailbox, place, .. } = header(task);
    let push = |ready: &mut VecDeque<Option<Queued>>| {
        // 여기는 런타임의 스레드이므로 `place`를 만져도 된다. 끝난 태스크는 세우지 않는다.
        if !place.is_queued() && state.load(Relaxed) & COMPLETE == 0 {
            place.set_queued(true);
            if tuning::ATOMIC_WAKES {
                state.fetch_or(QUEUED, AcqRel);
            }
            ready.push_back(Some(Queued::new(task)));
        }
    };
    if runtime::with_ready_of(mailbox, push) {
        return;
    }
    // 끝났으면 건드리지 않는다. 이미 `MAILED`여도 고쳐 써서, 깨우기 전에 적은 것이 폴링하는 쪽에 보이게 한다.
    let mail = |state| (state & COMPLETE == 0).then_some(state | MAILED);
    let before = state.fetch_update(AcqRel, Acquire, mail);
    if before.is_ok_and(|before| before & MAILED == 0)
        && mailbox.send(Some(Queued::new(task))).is_err()
    {
        release(task, 0); // 런타임이 이미 닫혔다. 우편함이 지키던 참조를 대신 놓는다.
    }
}
// ANCHOR_END: wake

/// 퓨처를 태스크로 싼다. `index`는 런타임의 목록에서 이 태스크가 앉을 칸이다.
pub(crate) fn new<F: Future<Output: Send> + 'static>(
    future: F,
    index: u32,
    mailbox: Arc<Mailbox>,
) -> (Owner, Queued, JoinHandle<F::Output>) {
    match tuning::BOXED_FUTURE {
        true => in_one_piece(Box::pin(future), index, mailbox),
        false => in_one_piece(future, index, mailbox),
    }
}

fn in_one_piece<F: Future<Output: Send> + 'static>(
    future: F,
    index: u32,
    mailbox: Arc<Mailbox>,
) -> (Owner, Queued, JoinHandle<F::Output>) {
    let header = Header {
        // 참조는 런타임과 핸들의 둘이다.
        state: AtomicU32::new(JOIN | (2 * REF)),
        place: Place(cell::Cell::new(index | Place::QUEUED), Watched::default()),
        vtable: &Cell::<F>::VTABLE,
        mailbox: ManuallyDrop::new(mailbox),
        join_waker: UnsafeCell::new(None),
        watched: Default::default(),
    };
    let stage = UnsafeCell::new(Stage::Running(future));
    let task = NonNull::from(Box::leak(Box::new(Cell { header, stage }))).cast();
    (Owner(task), Queued::new(task), JoinHandle { task: Some(task), output: PhantomData })
}

impl Queued {
    fn new(task: NonNull<Header>) -> Queued {
        if tuning::COUNTED_QUEUE {
            retain(task);
        }
        Queued(task)
    }

    // ANCHOR: unmail
    /// 우편함에서 꺼냈다. 줄에 세울 것이면 돌려준다.
    pub(crate) fn unmail(self) -> Option<Queued> {
        let Header { state, place, .. } = header(self.0);
        let before = state.fetch_and(!MAILED, AcqRel);
        if before & COMPLETE != 0 {
            if !place.is_queued() {
                release(self.0, 0); // 우편함에 든 채로 끝났다. 미뤄 둔 참조를 이제 놓는다.
            }
            return None;
        }
        if place.is_queued() {
            return None;
        }
        place.set_queued(true);
        Some(self)
    }
    // ANCHOR_END: unmail

    /// 줄에서 꺼내 한 번 폴링한다. 끝났으면 런타임의 목록에서 뺄 칸의 번호를 돌려준다.
    pub(crate) fn step(self) -> Option<u32> {
        let Header { state, place, vtable, .. } = header(self.0);
        // 폴링하기 전에 지운다. 폴링하는 사이에 온 깨움은 다시 줄을 세운다.
        place.set_queued(false);
        let seen = match tuning::ATOMIC_WAKES {
            true => state.fetch_and(!QUEUED, AcqRel),
            false => state.load(Acquire),
        };
        if seen & COMPLETE != 0 {
            if seen & MAILED == 0 {
                release(self.0, 0); // 줄에 선 채로 끝났다.
            }
            return None;
        }
        let index = place.index();
        // SAFETY: 런타임의 스레드이고, 끝나지 않았으므로 `stage`에는 퓨처가 있다.
        match unsafe { (vtable.poll)(self.0, seen & ABORTED != 0) } {
            Poll::Pending => None,
            Poll::Ready(()) => {
                complete(self.0);
                Some(index)
            }
        }
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        if tuning::COUNTED_QUEUE {
            release(self.0, 0);
        }
    }
}

impl Owner {
    /// 런타임이 닫히며 퓨처를 버린다.
    pub(crate) fn cancel(self) {
        if header(self.0).state.load(Acquire) & COMPLETE != 0 {
            return;
        }
        // SAFETY: 런타임의 스레드이고, 끝나지 않았으므로 `stage`에는 퓨처가 있다.
        let Poll::Ready(()) = (unsafe { (header(self.0).vtable.poll)(self.0, true) }) else {
            unreachable!("취소하면 폴링하지 않는다")
        };
        complete(self.0);
    }
}

/// 남의 코드를 부른다. 패닉해도 하던 일을 마저 한다.
fn quietly(work: impl FnOnce()) {
    let Err(panic) = catch_unwind(AssertUnwindSafe(work)) else { return };
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
        mem::forget(again); // 패닉의 값을 버리다가 또 패닉했다.
    }
}

/// 핸들을 기다리는 쪽. 읽기만 한다.
fn join_waker(task: NonNull<Header>) -> *const Option<Waker> {
    header(task).watched[JOIN_WAKER].shared();
    header(task).join_waker.get()
}

// ANCHOR: complete
/// 결과를 핸들에 넘기고 런타임의 참조를 놓는다.
fn complete(task: NonNull<Header>) {
    let Header { state, place, .. } = header(task);
    let seen = state.load(Acquire);
    // 핸들이 있고 아직 아무도 기다리지 않으면, 알리는 것과 놓는 것을 한 번에 한다. 핸들의 참조가 남는다.
    if seen & (JOIN | WAITING | MAILED) == JOIN && !place.is_queued() {
        let ended = (seen | COMPLETE) - REF;
        if state.compare_exchange(seen, ended, AcqRel, Relaxed).is_ok() {
            return;
        }
    }
    let before = state.fetch_or(COMPLETE, AcqRel);
    if before & JOIN == 0 {
        // SAFETY: 핸들이 `COMPLETE`보다 먼저 사라졌으므로 결과는 런타임의 것이다.
        unsafe { (header(task).vtable.drop_output)(task) };
    } else if before & WAITING != 0 {
        // SAFETY: `WAITING`이 켜져 있으면 핸들도 더는 쓰지 않는다. 여기에서는 읽기만 한다.
        if let Some(waker) = unsafe { &*join_waker(task) } {
            quietly(|| waker.wake_by_ref());
        }
    }
    if before & MAILED == 0 && !place.is_queued() {
        release(task, 0);
    }
}
// ANCHOR_END: complete

impl<F: Future> Cell<F> {
    const VTABLE: VTable = VTable {
        poll: Self::poll,
        drop_output: Self::drop_output,
        take_output: Self::take_output,
        free: Self::free,
    };

    fn stage(task: NonNull<Header>) -> *mut Stage<F> {
        // SAFETY: `Header`는 `Cell<F>`의 첫 필드이고, 이 표는 `Cell<F>`로 만든 태스크에만 걸린다.
        let stage = unsafe { task.cast::<Cell<F>>().as_ref() }.stage.get();
        header(task).watched[STAGE].alone();
        stage
    }

    /// 폴링하거나 버린다. `Ready`이면 결과를 `stage`에 남겼다.
    ///
    /// # Safety
    ///
    /// 런타임의 스레드이고 `stage`가 `Running`이어야 한다.
    unsafe fn poll(task: NonNull<Header>, cancelled: bool) -> Poll<()> {
        let stage = Self::stage(task);
        let mut outcome = Stage::Cancelled;
        if !cancelled {
            // ANCHOR: poll
            // SAFETY: `stage`는 지금 이 스레드만 만진다. 퓨처는 버릴 때까지 덩어리 안에서 움직이지 않는다.
            let Stage::Running(future) = (unsafe { &mut *stage }) else {
                unreachable!("끝난 태스크를 폴링하지 않는다")
            };
            // SAFETY: 위와 같다.
            let future = unsafe { Pin::new_unchecked(future) };
            // SAFETY: 폴링하는 동안 런타임이 참조를 쥐고 있으므로, 참조를 더하지 않은 `Waker`를 빌려줄 수 있다.
            let waker = ManuallyDrop::new(unsafe { Waker::from_raw(raw_waker(task)) });
            let copy = tuning::CLONED_WAKER.then(|| Waker::clone(&waker));
            let mut cx = Context::from_waker(copy.as_ref().unwrap_or(&waker));
            outcome = match catch_unwind(AssertUnwindSafe(|| future.poll(&mut cx))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(output)) => Stage::Finished(output),
                Err(panic) => Stage::Panicked(Box::new(panic)),
            };
            // ANCHOR_END: poll
        }
        // ANCHOR: drop_in_place
        // 결과를 알리기 전에 제자리에서 버린다.
        // SAFETY: 위와 같다. 버린 자리는 바로 아래에서 덮어쓴다.
        let dropped = catch_unwind(AssertUnwindSafe(|| unsafe { stage.drop_in_place() }));
        if let Err(panic) = dropped {
            // 잃는 결과도 남의 코드이다. 여기에서 되감기면 이미 버린 자리를 나중에 또 버린다.
            let lost = mem::replace(&mut outcome, Stage::Panicked(Box::new(panic)));
            quietly(|| drop(lost));
        }
        // SAFETY: 버려진 자리에 새 값을 쓴다.
        unsafe { stage.write(outcome) };
        // ANCHOR_END: drop_in_place
        Poll::Ready(())
    }

    /// # Safety
    ///
    /// 끝난 태스크이고, 결과가 부르는 쪽의 것이어야 한다.
    unsafe fn drop_output(task: NonNull<Header>) {
        // SAFETY: 부르는 쪽의 약속.
        let unclaimed = mem::replace(unsafe { &mut *Self::stage(task) }, Stage::Consumed);
        // 버리는 값의 Drop이 패닉해도 런타임은 계속 돈다.
        quietly(|| drop(unclaimed));
    }

    /// # Safety
    ///
    /// `drop_output`과 같고, `out`은 `Option<Result<F::Output, JoinError>>`를 가리켜야 한다.
    unsafe fn take_output(task: NonNull<Header>, out: *mut ()) {
        // SAFETY: 부르는 쪽의 약속.
        let stage = mem::replace(unsafe { &mut *Self::stage(task) }, Stage::Consumed);
        let output = match stage {
            Stage::Finished(output) => Ok(output),
            Stage::Panicked(panic) => Err(JoinError::Panicked(*panic)),
            _ => Err(JoinError::Cancelled),
        };
        // SAFETY: 부르는 쪽의 약속.
        unsafe { *out.cast::<Option<Result<F::Output, JoinError>>>() = Some(output) };
    }

    /// # Safety
    ///
    /// 참조가 더 없어야 한다.
    unsafe fn free(task: NonNull<Header>) {
        let cell = task.cast::<Cell<F>>();
        // SAFETY: 참조가 더 없으므로 나만 본다. 꺼낸 것은 `ManuallyDrop`이라 다시 버려지지 않는다.
        let mailbox = unsafe { ManuallyDrop::take(&mut (*cell.as_ptr()).header.mailbox) };
        #[cfg(feature = "loom")]
        {
            header(task).watched[ALIVE].freed();
            // 모델에서는 속만 버리고 자리를 남겨, 돌려준 뒤에 만지면 `header`가 알아본다.
            // SAFETY: 위와 같다.
            unsafe { cell.drop_in_place() };
        }
        // SAFETY: `new`에서 이 타입의 상자로 만들었다.
        #[cfg(not(feature = "loom"))]
        drop(unsafe { Box::from_raw(cell.as_ptr()) });
        runtime::give_back(mailbox);
    }
}

/// 참조를 더하지 않은 `Waker`의 재료.
fn raw_waker(task: NonNull<Header>) -> RawWaker {
    static TABLE: RawWakerVTable = RawWakerVTable::new(
        |data| {
            retain(from_data(data));
            raw_waker(from_data(data))
        },
        |data| {
            wake(from_data(data));
            release(from_data(data), 0);
        },
        |data| wake(from_data(data)),
        |data| release(from_data(data), 0),
    );
    RawWaker::new(task.as_ptr().cast_const().cast(), &TABLE)
}

fn from_data(data: *const ()) -> NonNull<Header> {
    NonNull::new(data.cast_mut().cast()).expect("raw_waker가 준 주소이다")
}

/// 태스크의 결과를 기다리는 퓨처. 다른 스레드에서, 다른 런타임 위에서 기다려도 된다.
///
/// 버리면 결과를 포기할 뿐 태스크는 계속 돈다. 결과를 돌려준 뒤에 다시 폴링하면 패닉한다.
pub struct JoinHandle<T> {
    /// 결과를 꺼냈으면 `None`이다. 참조도 그때 놓는다.
    task: Option<NonNull<Header>>,
    output: PhantomData<T>,
}

// SAFETY: 핸들이 만지는 것은 원자적인 상태와, 규칙 1과 2에 따라 제 것인 `T`와 `join_waker`뿐이다.
unsafe impl<T: Send> Send for JoinHandle<T> {}
// SAFETY: `&JoinHandle`로는 원자적인 상태만 만진다.
unsafe impl<T: Send> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// 다음에 돌 차례에 퓨처를 버리게 한다. 이미 끝났으면 아무 일도 하지 않는다.
    pub fn abort(&self) {
        if let Some(task) = self.task {
            header(task).state.fetch_or(ABORTED, AcqRel);
            wake(task);
        }
    }

    /// 결과가 나왔는가.
    pub fn is_finished(&self) -> bool {
        self.task.is_none_or(|task| header(task).state.load(Acquire) & COMPLETE != 0)
    }
}

// ANCHOR: join
/// 끝났으면 참이다. 아니면 `waker`를 맡긴다.
fn join(task: NonNull<Header>, waker: &Waker) -> bool {
    let Header { state, watched, .. } = header(task);
    let mut seen = state.load(Acquire);
    if seen & (COMPLETE | WAITING) == WAITING {
        // SAFETY: `WAITING`인 동안에는 모두가 읽기만 한다.
        if unsafe { &*join_waker(task) }.as_ref().is_some_and(|old| old.will_wake(waker)) {
            return false;
        }
        seen = state.fetch_and(!WAITING, AcqRel);
    }
    if seen & COMPLETE == 0 {
        let waker = waker.clone();
        watched[JOIN_WAKER].alone();
        // SAFETY: `WAITING`이 꺼져 있으므로 핸들만 쓴다.
        drop(unsafe { (*header(task).join_waker.get()).replace(waker) });
        seen = state.fetch_or(WAITING, AcqRel);
    }
    seen & COMPLETE != 0
}
// ANCHOR_END: join

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let task = self.task.expect("끝난 JoinHandle을 다시 폴링했습니다");
        if !join(task, cx.waker()) {
            return Poll::Pending;
        }
        let mut output = None;
        // SAFETY: `COMPLETE`를 보았고 `JOIN`이 서 있으므로 결과는 핸들의 것이다. `T`는 `new`에서 정한 타입이다.
        unsafe { (header(task).vtable.take_output)(task, (&raw mut output).cast()) };
        self.task = None;
        release(task, JOIN);
        Poll::Ready(output.expect("꺼낸 결과이다"))
    }
}

impl<T> Unpin for JoinHandle<T> {}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        let Some(task) = self.task else { return };
        let before = header(task).state.fetch_and(!JOIN, AcqRel);
        if before & COMPLETE != 0 {
            // SAFETY: `JOIN`을 끄기 전에 끝났으므로 결과는 핸들의 것이다.
            unsafe { (header(task).vtable.drop_output)(task) };
        }
        release(task, 0);
    }
}

/// 태스크가 결과를 내지 못한 까닭.
#[derive(Debug)]
pub enum JoinError {
    /// `abort`했거나 런타임이 닫혔다.
    Cancelled,
    /// 패닉했다. 든 것은 패닉의 값이다.
    Panicked(Box<dyn Any + Send>),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            JoinError::Cancelled => "태스크가 취소되었습니다",
            JoinError::Panicked(_) => "태스크가 패닉했습니다",
        })
    }
}

impl std::error::Error for JoinError {}
