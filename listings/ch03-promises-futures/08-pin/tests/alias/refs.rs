//! 필드가 같은 두 타입을 `&mut`로 받는 함수. LLVM IR에서 인수의 속성을 본다.
#![crate_type = "lib"]

use std::marker::PhantomPinned;

pub struct Movable {
    value: u64,
    target: *mut u64,
}

pub struct Pinned {
    value: u64,
    target: *mut u64,
    _pinned: PhantomPinned,
}

#[unsafe(no_mangle)]
pub fn movable(reference: &mut Movable) {
    reference.value = 1;
}

#[unsafe(no_mangle)]
pub fn pinned(reference: &mut Pinned) {
    reference.value = 1;
}
