//! 이 스레드가 힙에 쥐고 있는 바이트를 세는 할당자.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static LIVE: Cell<isize> = const { Cell::new(0) };
}

/// 운영체제의 할당자에 맡기고 크기만 센다. `#[global_allocator]`로 쓴다.
pub struct Counting;

// SAFETY: 모든 요청을 그대로 System에 넘기고, 세는 동안에는 할당하지도 패닉하지도 않는다.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.set(LIVE.get() + layout.size() as isize);
        // SAFETY: 부른 쪽이 지키기로 한 조건을 그대로 물려준다.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get() - layout.size() as isize);
        // SAFETY: 부른 쪽이 지키기로 한 조건을 그대로 물려준다.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// 이 스레드가 할당하고 아직 돌려주지 않은 바이트. [`Counting`]이 할당자일 때만 센다.
pub fn live_bytes() -> isize {
    LIVE.get()
}
