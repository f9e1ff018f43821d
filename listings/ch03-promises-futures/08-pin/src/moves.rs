//! 값을 옮기는 안전한 방법들. 옮긴 뒤에 제 버퍼를 가리키는지 본다.

use std::mem;

use crate::faulty::Loose;
use crate::source::Source;

// ANCHOR: moves
fn swapped<'a>(from: &mut Loose<'a>, mut to: Loose<'a>) -> bool {
    mem::swap(from, &mut to);
    to.is_home()
}

fn replaced<'a>(from: &mut Loose<'a>, other: Loose<'a>) -> bool {
    mem::replace(from, other).is_home()
}

#[expect(clippy::boxed_local, reason = "꺼내는 것이 이 함수의 일이다")]
fn unboxed(from: Box<Loose<'_>>) -> bool {
    let to = *from;
    to.is_home()
}

fn pushed_back<'a>(mut list: Vec<Loose<'a>>, other: Loose<'a>) -> bool {
    list[0].start();
    list.insert(0, other);
    list[1].is_home()
}

fn moved_with_box(from: Box<Loose<'_>>) -> bool {
    let list = [from];
    list[0].is_home()
}
// ANCHOR_END: moves

/// 옮기는 방법의 이름과, 옮긴 뒤에도 제 버퍼를 가리키는지.
pub fn table(source: &Source) -> [(&'static str, bool); 5] {
    let fresh = || Loose::new(source);
    let started = || {
        let mut reading = Box::new(fresh());
        reading.start();
        reading
    };
    [
        ("mem::swap", swapped(&mut started(), fresh())),
        ("mem::replace", replaced(&mut started(), fresh())),
        ("Box에서 꺼내기", unboxed(started())),
        ("Vec::insert", pushed_back(vec![fresh()], fresh())),
        ("Box째 옮기기", moved_with_box(started())),
    ]
}
